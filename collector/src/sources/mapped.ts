/** What a mapping gives, as records. */
import { KpiError } from '@kpi-monitor/model/errors';

import { show } from '../validation/shown';

import type { RawRecord } from './source';

export function recordsOfMapped(mapped: unknown): RawRecord[] {
  return (Array.isArray(mapped) ? mapped : [mapped]).map((item: unknown, i): RawRecord => {
    const where = `item ${i + 1}`;
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      const broken = `the mapping gives ${show(item)}, not {period, value, …}`;
      return { period: null, value: null, dims: {}, where, broken };
    }
    const { period, value, weight, ...dims } = item as Record<string, unknown>;
    return { period, value, weight, dims, where };
  });
}

/** A mapping that finds nothing, not even an empty list. @param shown `the answer of …` */
export function nothingMapped(json: unknown, shown: string): KpiError {
  const message = `the mapping finds nothing in ${shown}, which holds ${shapeOf(json)}; write the mapping in [ ] if no rows are fine`;
  return new KpiError('SOURCE_FORMAT', message, { on: shown });
}

function shapeOf(answer: unknown): string {
  if (Array.isArray(answer)) {
    return `a list of ${answer.length}`;
  }
  return typeof answer === 'object' && answer !== null
    ? `the fields ${Object.keys(answer).slice(0, 20).join(', ') || '(none)'}`
    : `a ${typeof answer}`;
}
