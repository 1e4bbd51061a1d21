/** What was pushed, as records: from JSON, and from line protocol. */
import { KpiError } from '@kpi-monitor/model/errors';

import type { RawRecord } from '../sources/source';

import { readLines } from './line-protocol';

export interface PushRecord extends RawRecord {
  kpi: string;
}

/** Records of one push; more are to come in several. */
export const MOST_RECORDS = 50_000;

/** Nanoseconds of one count of a timestamp. */
const PRECISIONS: Readonly<Record<string, bigint>> = {
  ...{ ns: 1n, us: 1000n, u: 1000n, µ: 1000n, ms: 1_000_000n },
  ...{ s: 1_000_000_000n, m: 60_000_000_000n, h: 3_600_000_000_000n },
};

/**
 * One record, a list, or `{points: […]}`: `{kpi, period, value, weight?, dims?}`, or with dimensions beside the rest.
 * @throws KpiError REQUEST_INVALID, QUERY_TOO_LARGE
 */
export function recordsOfJson(body: unknown): PushRecord[] {
  const list = Array.isArray(body)
    ? body
    : isObject(body) && Array.isArray(body.points)
      ? body.points
      : isObject(body)
        ? [body]
        : null;
  if (list === null || list.length === 0) {
    const message = 'send one record or a list of them: [{"kpi": "orders", "period": "2026-03-31", "value": 12}]';
    throw new KpiError('REQUEST_INVALID', message);
  }
  requireFewer(list.length);
  return list.map((record, index): PushRecord => {
    const where = `record ${index + 1}`;
    if (!isObject(record)) {
      return { kpi: '', period: null, value: null, dims: {}, where, broken: 'it is no JSON object' };
    }
    const { kpi, period, value, weight, dims, ...others } = record;
    const nested = dims === undefined ? {} : dims;
    const isNamed = typeof kpi === 'string' || kpi === undefined || kpi === null;
    const broken = !isNamed
      ? '`kpi` is no text'
      : isObject(nested)
        ? undefined
        : '`dims` is no JSON object of dimension: member';
    return {
      kpi: isNamed ? (kpi ?? '') : '',
      period,
      value,
      weight,
      dims: { ...others, ...(nested as object) },
      where,
      broken,
    };
  });
}

/**
 * Lines whose measurement is the KPI's id, or `kpi` with the id in the tag `kpi`; the field `value`, and `weight` where
 * one is needed; all other tags are dimensions.
 * @param now epoch milliseconds, for lines without a timestamp
 * @throws KpiError REQUEST_INVALID, QUERY_TOO_LARGE
 */
export function recordsOfLines(body: string, precision: string, now: number): PushRecord[] {
  const nanoseconds = Object.hasOwn(PRECISIONS, precision) ? PRECISIONS[precision] : undefined;
  if (nanoseconds === undefined) {
    throw new KpiError('REQUEST_INVALID', `\`${precision}\` is no precision; use ns, us, ms or s`);
  }
  const records: PushRecord[] = [];
  for (const line of readLines(body)) {
    requireFewer(records.length + 1);
    const where = `line ${line.number}`;
    if ('reason' in line) {
      records.push({ kpi: '', period: null, value: line.text, dims: {}, where, broken: line.reason });
      continue;
    }
    const { kpi = line.measurement, ...dims } = line.tags;
    // What this program's own lines carry beside.
    delete dims.v;
    const { value, weight, ...others } = line.fields;
    const unknown = Object.keys(others);
    const broken =
      unknown.length > 0
        ? `it has the field \`${unknown[0]}\`; a KPI has \`value\`, and \`weight\` where it is re-weighted`
        : value === undefined
          ? 'it has no field `value`'
          : undefined;
    const period = new Date(line.timestamp === null ? now : Number((line.timestamp * nanoseconds) / 1_000_000n));
    records.push({ kpi, period, value, weight: weight === 0 ? undefined : weight, dims, where, broken });
  }
  if (records.length === 0) {
    throw new KpiError('REQUEST_INVALID', 'the request holds no line');
  }
  return records;
}

/** @param what that holds them @throws KpiError QUERY_TOO_LARGE */
export function requireFewer(count: number, what = 'a push'): void {
  if (count > MOST_RECORDS) {
    throw new KpiError('QUERY_TOO_LARGE', `${what} holds more than ${MOST_RECORDS} records; send them in several`);
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
