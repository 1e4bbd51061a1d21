/** A folder of KPI files as a catalogue. */
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { loadCatalogue, type LoadResult } from '@kpi-monitor/model/catalogue/load';

/** Reads every `*.yaml` of a folder and those below it but `kpi-monitor.yaml`; problems name files from `cwd`. */
export function readCatalogueFolder(folder: string, fiscalYearStart: number, cwd = process.cwd()): LoadResult {
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
  const texts = names.map((path) => {
    const shown = relative(cwd, path);
    return { path: (shown.startsWith('..') ? path : shown).split(sep).join('/'), text: readFileSync(path, 'utf8') };
  });
  return loadCatalogue(texts, { fiscalYearStart });
}
