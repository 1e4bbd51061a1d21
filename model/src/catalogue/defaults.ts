/** What a KPI file leaves out: defaults by kind, grain and unit, so that a useful KPI is eight lines. */
import { type Formula, formulaInputs } from '../formula/parse';

import type { Kpi } from './catalogue';
import { readQuality } from './quality-schema';
import type { Kind, KpiFile } from './schema';

const AGGREGATE: Record<Kind, Kpi['aggregate']> = {
  flow: { time: 'sum', dimensions: 'sum' },
  stock: { time: 'last', dimensions: 'sum' },
  ratio: { time: 'none', dimensions: 'none' },
  score: { time: 'weighted_mean', dimensions: 'weighted_mean' },
  index: { time: 'last', dimensions: 'weighted_mean' },
};

/** Grains that a stock or index is carried forward over when nothing newer is there. */
export const DEFAULT_CARRY = 3;

/** Fills the defaults in; `expression` is the file's formula, read. @throws KpiError KPI_FORMULA_* of a reconciliation */
export function withDefaults(file: KpiFile, expression: Formula | null, path: string): Kpi {
  const judge = { at: file.grain, settle_after: '0 days', min_complete: 0.98, ...file.judge };
  return {
    ...file,
    category: file.category ?? '',
    decimals: file.decimals ?? defaultDecimals(file),
    aggregate: { ...AGGREGATE[file.kind], ...file.aggregate },
    judge,
    quality: readQuality(file.quality, { valid: file.valid, judge }),
    thresholds: file.thresholds === undefined ? [] : [file.thresholds].flat(),
    expression,
    inputs: expression ? formulaInputs(expression) : [],
    file: path,
  };
}

/** Merges a file over the folder's `_defaults.yaml`: objects key by key, anything else as a whole. */
export function mergeDefaults(defaults: unknown, file: unknown): unknown {
  if (!isObject(defaults) || !isObject(file)) {
    return file === undefined ? defaults : file;
  }
  const merged: Record<string, unknown> = { ...defaults };
  for (const [key, value] of Object.entries(file)) {
    merged[key] = mergeDefaults(defaults[key], value);
  }
  return merged;
}

function defaultDecimals(file: KpiFile): number {
  if (file.unit.startsWith('percent') || file.kind === 'score' || file.kind === 'index') {
    return 1;
  }
  return 0;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
