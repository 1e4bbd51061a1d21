/** A folder of KPI files as a catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { loadCatalogue, type LoadResult } from '@kpi-monitor/model/catalogue/load';
import type { CatalogueText } from '@kpi-monitor/model/catalogue/yaml-file';

/** Reads every `*.yaml` of a folder and those below it but `kpi-monitor.yaml`; problems name files from `cwd`. */
export function readCatalogueFolder(folder: string, fiscalYearStart: number, cwd = process.cwd()): LoadResult {
  return loadTexts(catalogueTexts(folder, cwd), fiscalYearStart);
}

export function loadTexts(texts: readonly CatalogueText[], fiscalYearStart: number): LoadResult {
  return loadCatalogue(texts, { fiscalYearStart });
}

/** The files, in the order of their paths. */
export function catalogueTexts(folder: string, cwd = process.cwd()): CatalogueText[] {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.ya?ml$/.test(entry.name) && entry.name !== 'kpi-monitor.yaml')
    .map((entry) => join(entry.parentPath, entry.name))
    .filter(
      (path) =>
        !relative(folder, path)
          .split(sep)
          .some((part) => part === 'node_modules' || part.startsWith('.'))
    )
    .sort();
  return names.map((path) => ({ path: shownPath(path, cwd), text: readFileSync(path, 'utf8') }));
}

/** As messages name a file. */
export function shownPath(path: string, cwd = process.cwd()): string {
  const shown = relative(cwd, path);
  return (shown.startsWith('..') ? path : shown).split(sep).join('/');
}
