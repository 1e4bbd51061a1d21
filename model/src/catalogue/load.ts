/** From the texts of a catalogue's files to the catalogue, or to everything that is wrong with it, at once. */
import { z } from 'zod';

import { KpiError } from '../errors';
import { type Formula, parseFormula } from '../formula/parse';
import { TIERS } from '../query/query';

import type { Catalogue, Category, Kpi } from './catalogue';
import { checkFormula } from './check-formulas';
import { checkKpi } from './check-kpi';
import { checkQuality } from './check-quality';
import type { Mistake } from './check-thresholds';
import { mergeDefaults, withDefaults } from './defaults';
import type { Problem } from './problem';
import { catalogueFile, kpiFile } from './schema';
import { type CatalogueText, readYaml, type YamlFile } from './yaml-file';

export interface LoadResult {
  /** null when there is any problem */
  catalogue: Catalogue | null;
  problems: Problem[];
}

/**
 * Loads a catalogue. `_catalogue.yaml` describes the whole; a `_defaults.yaml` lies under all files of its folder and
 * those below; every other file is one KPI or measure, named after its id.
 */
export function loadCatalogue(texts: readonly CatalogueText[], options: { fiscalYearStart?: number } = {}): LoadResult {
  const problems: Problem[] = [];
  const files = texts.map(readYaml);
  files.forEach((file) => problems.push(...file.problems));
  const readable = files.filter((file) => file.problems.length === 0);

  const head = readable.find((file) => baseName(file.path) === '_catalogue');
  const parsedHead = catalogueFile.safeParse(head?.value ?? {});
  if (!parsedHead.success && head) {
    problems.push(...schemaProblems(head, parsedHead.error.issues));
  }
  const { categories: declared = [], ...whole } = parsedHead.success ? parsedHead.data : catalogueFile.parse({});

  const defaults = readable
    .filter((file) => baseName(file.path) === '_defaults')
    .sort((a, b) => a.path.length - b.path.length);
  const byId = new Map<string, Kpi>();
  const origin = new Map<string, YamlFile>();
  for (const file of readable.filter((f) => !baseName(f.path).startsWith('_'))) {
    const under = defaults.filter((d) => file.path.startsWith(folderOf(d.path)));
    const merged = under.reduceRight<unknown>((value, d) => mergeDefaults(d.value, value), file.value);
    const kpi = readKpi(file, dropMutuallyExclusive(merged, file.value), problems);
    if (!kpi) {
      continue;
    }
    const first = byId.get(kpi.id);
    if (first) {
      problems.push(
        at(file, {
          code: 'KPI_ID_DUPLICATE',
          path: ['id'],
          message: `\`${kpi.id}\` is defined in ${first.file} already`,
        })
      );
      continue;
    }
    if (baseName(file.path) !== kpi.id) {
      const message = `the file defines \`${kpi.id}\`; name it ${kpi.id}.yaml`;
      problems.push(at(file, { code: 'KPI_ID_FILE', path: ['id'], message }));
    }
    byId.set(kpi.id, kpi);
    origin.set(kpi.id, file);
  }

  // A formula that reads what is in a broken file has no mistake of its own.
  const broken = new Set(files.map((file) => baseName(file.path)).filter((id) => !byId.has(id)));
  const categories = declared.length > 0 ? declared : impliedCategories(byId);
  for (const kpi of byId.values()) {
    const file = origin.get(kpi.id)!;
    const mistakes = [
      ...checkKpi(kpi, options.fiscalYearStart ?? 1),
      ...checkFormula(kpi, byId, broken),
      ...checkQuality(kpi, byId),
      ...checkCategory(kpi, categories),
    ];
    problems.push(...mistakes.map((mistake) => at(file, mistake)));
  }
  if (byId.size === 0 && problems.length === 0) {
    const message = 'no KPI file (*.yaml) is in the folder';
    problems.push({ code: 'CATALOGUE_EMPTY', file: head?.path ?? '.', line: 1, column: 1, message });
  }
  if (problems.length > 0) {
    return { catalogue: null, problems: problems.sort((a, b) => a.file.localeCompare(b.file) || a.line - b.line) };
  }
  const kpis = [...byId.values()].filter((kpi) => kpi.role === 'kpi').sort(catalogueOrder(categories));
  return { catalogue: { ...whole, byId, kpis, categories, hash: hashOf(texts) }, problems };
}

function readKpi(file: YamlFile, value: unknown, problems: Problem[]): Kpi | null {
  const parsed = kpiFile.safeParse(value);
  if (!parsed.success) {
    problems.push(...schemaProblems(file, parsed.error.issues));
    return null;
  }
  let expression: Formula | null = null;
  if (parsed.data.formula) {
    try {
      expression = parseFormula(parsed.data.formula);
    } catch (error) {
      if (!(error instanceof KpiError)) {
        throw error;
      }
      problems.push(at(file, { code: error.code, path: ['formula'], message: error.message }));
    }
  }
  try {
    return withDefaults(parsed.data, expression, file.path);
  } catch (error) {
    if (!(error instanceof KpiError)) {
      throw error;
    }
    const path = (error.details?.path ?? []) as string[];
    problems.push(at(file, { code: error.code, path, message: error.message }));
    return null;
  }
}

/** A default source does not apply to a KPI that has a formula. */
function dropMutuallyExclusive(merged: unknown, own: unknown): unknown {
  const has = (key: string) => typeof own === 'object' && own !== null && key in own;
  if (has('formula') && !has('source') && typeof merged === 'object' && merged !== null) {
    const rest = { ...(merged as Record<string, unknown>) };
    delete rest.source;
    return rest;
  }
  return merged;
}

function schemaProblems(file: YamlFile, issues: readonly z.core.$ZodIssue[]): Problem[] {
  return issues.flatMap((issue): Problem[] => {
    if (issue.code === 'unrecognized_keys') {
      return issue.keys.map((key) =>
        at(file, {
          code: 'KPI_FILE_SCHEMA',
          path: [...issue.path, key],
          message: `\`${key}\` is not a field that is known here`,
        })
      );
    }
    const where = issue.path.join('.');
    const given = valueAt(file.value, issue.path);
    const value = given === undefined ? '' : ` (it is ${JSON.stringify(given)?.slice(0, 60)})`;
    return [
      at(file, {
        code: 'KPI_FILE_SCHEMA',
        path: issue.path,
        message: `${where ? `\`${where}\`: ` : ''}${issue.message}${value}`,
      }),
    ];
  });
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>((inner, key) => (inner as Record<PropertyKey, unknown> | null | undefined)?.[key], value);
}

function at(file: YamlFile, { code, path, message }: Mistake): Problem {
  return { code, file: file.path, ...file.locate(path), message };
}

function checkCategory(kpi: Kpi, categories: readonly Category[]): Mistake[] {
  if (kpi.role === 'measure' || !kpi.category || categories.some((c) => c.id === kpi.category)) {
    return [];
  }
  const known = categories.map((c) => c.id).join(', ');
  return [
    {
      code: 'KPI_CATEGORY_UNKNOWN',
      path: ['category'],
      message: `\`${kpi.category}\` is no category of _catalogue.yaml (${known})`,
    },
  ];
}

function impliedCategories(byId: ReadonlyMap<string, Kpi>): Category[] {
  const ids = new Set([...byId.values()].map((kpi) => kpi.category).filter(Boolean));
  return [...ids].sort().map((id) => ({ id, name: id.charAt(0).toUpperCase() + id.slice(1).replaceAll('_', ' ') }));
}

function catalogueOrder(categories: readonly Category[]): (a: Kpi, b: Kpi) => number {
  const position = new Map(categories.map((category, i) => [category.id, i]));
  return (a, b) =>
    position.get(a.category)! - position.get(b.category)! ||
    TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) ||
    a.name.localeCompare(b.name);
}

function baseName(path: string): string {
  return path.slice(path.lastIndexOf('/') + 1).replace(/\.ya?ml$/, '');
}

function folderOf(path: string): string {
  return path.slice(0, path.lastIndexOf('/') + 1);
}

/** FNV-1a over all texts: tells two states of a catalogue apart, no more. */
function hashOf(texts: readonly CatalogueText[]): string {
  let hash = 0x811c9dc5;
  for (const { path, text } of [...texts].sort((a, b) => a.path.localeCompare(b.path))) {
    for (const character of `${path}\n${text}\n`) {
      hash = Math.imul(hash ^ character.codePointAt(0)!, 0x01000193) >>> 0;
    }
  }
  return hash.toString(16).padStart(8, '0');
}
