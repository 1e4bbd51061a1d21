/**
 * The door that queries come in by. It forgives what Grafana does to a query on the way (variables become
 * `{a,b}` or `a,b`, everything becomes `$__all`, properties are added) and refuses the rest with the place named.
 */
import { z } from 'zod';

import { KpiError } from '../errors';
import { GRAINS } from '../time/grain';

import { ALERT_GROUPS, ALERT_SCOPES } from './alert-frames';
import { COMPARED } from './correlation-frames';
import {
  ALERT_SUBJECTS,
  COMPARISONS,
  FORMATS,
  type Measure,
  MEASURE_TEXT,
  MEASURES,
  type Part,
  PARTS,
  QUERY_TYPES,
  QUERY_VERSION,
  type RequestQuery,
  TIERS,
} from './query';

/** What a variable's "All" becomes: no condition. */
const ALL = new Set(['$__all', '__all', 'All', '*']);

/** Words without commas (ids, tiers): every comma separates. */
const words = listOf((text) => text.split(','));
/** Members may hold a comma followed by a space (`Smith, John`), so only a bare one separates. */
const members = listOf((text) => text.split(/,(?! )/));

const nothingIsAbsent = (value: unknown) => (value === '' || value === null ? undefined : value);

export const selection = z.strictObject({
  kpis: words.optional().describe('ids'),
  categories: words.optional(),
  tiers: words.pipe(z.array(z.enum(TIERS))).optional(),
  judgedAt: words
    .pipe(z.array(z.enum(GRAINS)))
    .optional()
    .describe('grains that KPIs are judged at'),
  where: z.record(z.string(), members).optional().describe('dimension: allowed members'),
});

const ALL_PARTS = Object.values(PARTS).flat() as [Part, ...Part[]];
const ALL_MEASURES = Object.keys(MEASURE_TEXT) as [Measure, ...Measure[]];

const moment = z.union([z.string(), z.number().transform(String)]);

export const requestQuery = z.object({
  v: z.literal(QUERY_VERSION).default(QUERY_VERSION),
  refId: z.string().max(64).default('A'),
  type: z.enum(QUERY_TYPES),
  select: z.preprocess((value) => value ?? {}, selection),
  grain: z.preprocess(nothingIsAbsent, z.enum([...GRAINS, 'auto', 'judged']).optional()),
  split: z.preprocess(nothingIsAbsent, z.string().max(64).optional()).describe('a declared dimension'),
  compare: z.preprocess(nothingIsAbsent, z.enum(COMPARISONS).optional()),
  reported: z.boolean().optional().describe('with what was first reported of periods that were restated'),
  basis: z.preprocess(nothingIsAbsent, z.enum(['settled', 'current']).optional()),
  format: z.preprocess(nothingIsAbsent, z.enum(FORMATS).optional()),
  horizon: z.preprocess(nothingIsAbsent, z.coerce.number().int().min(1).max(366).optional()).describe('periods ahead'),
  measure: z.preprocess(nothingIsAbsent, z.enum(ALL_MEASURES).optional()),
  about: z.preprocess(nothingIsAbsent, z.enum(ALERT_SUBJECTS).optional()).describe('of texts for alert messages'),
  alerts: z.preprocess(nothingIsAbsent, z.enum(ALERT_SCOPES).optional()).describe('which alerts'),
  by: z.preprocess(nothingIsAbsent, z.enum(ALERT_GROUPS).optional()).describe('what alerts are counted by'),
  on: z.preprocess(nothingIsAbsent, z.enum(COMPARED).optional()).describe('what a correlation compares'),
  maxLag: z.preprocess(nothingIsAbsent, z.coerce.number().int().min(0).max(366).optional()).describe('periods'),
  part: z
    .preprocess(nothingIsAbsent, z.enum(ALL_PARTS).optional())
    .describe('which part of an answer that has several'),
  asKnownAt: z.preprocess(nothingIsAbsent, moment.optional()).describe('settled values as they were known then'),
  hide: z.boolean().optional(),
  intervalMs: z.number().nonnegative().optional(),
  maxDataPoints: z.number().positive().optional(),
  from: moment.optional(),
  to: moment.optional(),
});

/** The body of `POST /api/ds/query`; its queries are read one by one, so that a broken one spoils no other. */
export const queryRequest = z.object({
  queries: z.array(z.looseObject({ refId: z.string().max(64).default('A') })).min(1),
  from: moment.default('now-30d').describe('epoch milliseconds, an ISO 8601 instant, or now-30d'),
  to: moment.default('now'),
});
export type QueryRequestBody = z.output<typeof queryRequest>;

/**
 * One query of a request, checked and put in order.
 * @throws KpiError QUERY_VERSION, QUERY_TYPE, QUERY_INVALID with the path of what does not fit
 */
export function readQuery(raw: unknown): RequestQuery {
  const parsed = requestQuery.safeParse(raw);
  if (parsed.success) {
    return withItsMeasure(parsed.data);
  }
  const given = (raw ?? {}) as Record<string, unknown>;
  const paths = parsed.error.issues.map((issue) => issue.path.join('.'));
  if (paths.includes('v')) {
    const message = `the query is of version ${String(given.v)}, and this engine knows ${QUERY_VERSION}; update the engine`;
    throw new KpiError('QUERY_VERSION', message, { v: given.v });
  }
  if (paths.includes('type')) {
    const message = `the engine does not answer the type \`${String(given.type)}\`; it knows ${QUERY_TYPES.join(', ')}`;
    throw new KpiError('QUERY_TYPE', message, { type: given.type });
  }
  const message = parsed.error.issues.map((i, n) => `${paths[n] || 'query'}: ${i.message}`).join('; ');
  throw new KpiError('QUERY_INVALID', message, { paths });
}

/** What is not one of the type's numbers or parts would be answered with another one, and an alert rule would never know. */
function withItsMeasure(query: RequestQuery): RequestQuery {
  const { type, measure, part } = query;
  const parts = PARTS[type];
  if (part !== undefined && parts && !parts.includes(part)) {
    const message = `part: \`${type}\` has no part ${part}; it knows ${parts.join(', ')}`;
    throw new KpiError('QUERY_INVALID', message, { paths: ['part'] });
  }
  const known = MEASURES[type];
  if (measure === undefined || !known || known.includes(measure)) {
    return query;
  }
  const message = `measure: \`${type}\` does not answer ${measure}; it knows ${known.join(', ')}`;
  throw new KpiError('QUERY_INVALID', message, { paths: ['measure'] });
}

/** A text or list of texts as a list without repeats; absent when it stands for everything. */
function listOf(split: (text: string) => string[]) {
  return z
    .preprocess((value) => (typeof value === 'string' ? [value] : (value ?? [])), z.array(z.string().max(10_000)))
    .transform((given) => {
      const items = given
        .flatMap((text) => split(text.trim().replace(/^\{(.*)\}$/, '$1')))
        .map((item) => item.trim())
        .filter((item) => item !== '');
      return items.some((item) => ALL.has(item)) ? [] : [...new Set(items)];
    });
}
