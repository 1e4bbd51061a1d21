/** The form of `source:` in a KPI file: one schema a kind. */
import { z } from 'zod';

const duration = z
  .string()
  .regex(/^\d+\s*(ms|s|m|h|d|w)$/)
  .describe('a number and one of ms, s, m, h, d, w');

const sourceCommon = {
  every: duration.default('1h').describe('how often it is read'),
  jitter: duration.optional().describe('random delay before each read; default a tenth of `every`, at most 30 s'),
  timeout: duration.default('30s'),
  reread: duration.default('3d').describe('how far back each read goes'),
  missing: z.enum(['zero', 'gap', 'carry']).optional().describe('what an absent row means'),
  expected_by: z
    .string()
    .regex(/^period_end( \+ \d+ (working )?(hours?|days?))?( \d\d:\d\d)?$/)
    .optional()
    .describe('when a period is expected to be there, e.g. "period_end + 1 working day 06:00"'),
};

const csvSource = z.strictObject({
  kind: z.literal('csv'),
  ...sourceCommon,
  path: z.string().describe('file, relative to the catalogue folder'),
  period: z.string().describe('column with the period'),
  value: z.string().describe('column with the value'),
  weight: z.string().optional(),
  dimensions: z.record(z.string(), z.string()).optional().describe('dimension: column'),
  format: z.string().optional().describe('luxon format of the period; default ISO 8601'),
  delimiter: z.string().max(1).optional(),
  decimal: z.enum(['.', ',']).default('.'),
  scale: z.number().optional().describe('factor that the values are multiplied by'),
});

const httpSource = z.strictObject({
  kind: z.literal('http'),
  ...sourceCommon,
  url: z.string().describe('may contain {from} and {to} (ISO dates of the business zone)'),
  method: z.enum(['GET', 'POST']).default('GET'),
  headers: z.record(z.string(), z.string()).optional().describe('values may refer to ${env:NAME} or ${file:PATH}'),
  body: z.string().optional(),
  map: z.string().describe('JSONata expression giving [{period, value, weight?, <dimension>…}]'),
});

const sqlSource = z.strictObject({
  kind: z.literal('sql'),
  ...sourceCommon,
  connection: z.string().describe('name of a connection in kpi-monitor.yaml'),
  query: z.string().describe('selects period, value, weight?, dimensions; may use :from and :to'),
});

const demoSource = z.strictObject({
  kind: z.literal('demo'),
  ...sourceCommon,
  series: z.string().optional().describe('series of the demo company; default: the id'),
});

/** Kinds of source that are planned: a catalogue that uses one is refused with `KPI_NOT_YET`. */
export const LATER_SOURCES = ['file', 'prometheus', 'influxql', 'webhook', 'module'] as const;

const pushSource = z.strictObject({ kind: z.literal('push'), ...sourceCommon });

export const source = z.discriminatedUnion('kind', [csvSource, httpSource, sqlSource, pushSource, demoSource]);

export type Source = z.output<typeof source>;
export type CsvSource = z.output<typeof csvSource>;
export type HttpSource = z.output<typeof httpSource>;
export type SqlSource = z.output<typeof sqlSource>;
