/** The form of a KPI file. `npm run schema` publishes it as JSON Schema, so that editors complete and check it. */
import { z } from 'zod';

import { TIERS } from '../query/query';
import { GRAINS } from '../time/grain';

const grain = z.enum(GRAINS);
const civilDate = z.iso.date().describe('a civil date of the business zone, YYYY-MM-DD');
const duration = z
  .string()
  .regex(/^\d+\s*(ms|s|m|h|d|w)$/)
  .describe('a number and one of ms, s, m, h, d, w');

export const KINDS = ['flow', 'stock', 'ratio', 'score', 'index'] as const;
export const TIME_AGGREGATES = ['sum', 'mean', 'weighted_mean', 'last', 'min', 'max', 'none'] as const;
export const DIMENSION_AGGREGATES = ['sum', 'mean', 'weighted_mean', 'min', 'max', 'none'] as const;

const aggregate = z.strictObject({
  time: z.enum(TIME_AGGREGATES).describe('how steps become a longer period'),
  dimensions: z.enum(DIMENSION_AGGREGATES).describe('how parts become a whole'),
});

const judge = z.strictObject({
  at: grain.describe('the grain that thresholds and targets belong to'),
  against: z.enum(['target']).default('target'),
  settle_after: z
    .string()
    .regex(/^\d+ (working )?days?$/)
    .default('0 days')
    .describe('how long after its end a period may still change, e.g. "2 working days"'),
  min_complete: z
    .number()
    .min(0)
    .max(1)
    .default(0.98)
    .describe('share of expected values below which it is provisional'),
  min_observations: z.number().positive().optional().describe('weight (answers, cases) below which it is not judged'),
});

const slice = z
  .record(z.string(), z.string())
  .describe('dimension: member, or `*` for each member by itself; the total when absent');

const reference = z
  .strictObject({
    kind: z.enum(['target', 'benchmark']),
    value: z.number().optional().describe('one value for every judged period'),
    year: z
      .int()
      .min(1900)
      .max(2200)
      .optional()
      .describe('the (fiscal) year that `total` is for; every year when absent'),
    total: z.number().optional(),
    phasing: z
      .array(z.number())
      .min(1)
      .max(53)
      .optional()
      .describe('shares of the total by judged period; they add up to 1'),
    at: grain.optional().describe('the grain that the value is for; default: the judged grain'),
    from: civilDate.optional().describe('holds from this day on'),
    recorded: civilDate.optional().describe('when it was entered; default: always known'),
    slice: slice.optional(),
    source: z.string().optional(),
  })
  .refine((r) => (r.value === undefined) !== (r.total === undefined), 'give either `value` or `total`');

const bound = z.union([z.number(), z.tuple([z.number(), z.number()])]);

const threshold = z.strictObject({
  as: z.enum(['percent_of_target', 'absolute', 'difference']).default('absolute'),
  warning: bound.optional(),
  critical: bound.optional(),
  emergency: bound.optional(),
  from: civilDate.optional().describe('holds from this day on'),
  recorded: civilDate.optional(),
  slice: slice.optional(),
});

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

const source = z.discriminatedUnion('kind', [csvSource, httpSource, sqlSource, pushSource, demoSource]);

const id = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,63}$/)
  .describe('lower case letters, digits and underscores; for ever, since it is the key in the store');

const dimensionName = z.string().regex(/^[a-z][a-z0-9_]{0,63}$/);

/** A KPI as its file says it, before defaults. */
export const kpiFile = z.strictObject({
  id,
  version: z.int().min(1).default(1).describe('raised when the meaning changes'),
  role: z.enum(['kpi', 'measure']).default('kpi').describe('a measure feeds formulas and is never shown'),
  name: z.string().min(1).max(80),
  category: id.optional(),
  tier: z.enum(TIERS).default('supporting'),
  kind: z.enum(KINDS),
  unit: z.string().default('none').describe('a Grafana unit id, e.g. currency:financial:$, percent, none'),
  decimals: z.int().min(0).max(10).optional(),
  direction: z.enum(['up', 'down', 'range']).default('up').describe('which way is good'),
  definition: z
    .strictObject({
      text: z.string(),
      excludes: z.array(z.string()).optional(),
      record: z.string().optional().describe('system of record'),
    })
    .optional(),
  owners: z
    .strictObject({
      accountable: z.string().optional(),
      notify: z.string().optional().describe('who is told about the KPI; default: who is accountable'),
      steward: z.string().optional().describe('who is told when its values do not come; default: who is told about it'),
    })
    .optional(),
  dimensions: z.array(dimensionName).max(8).default([]),
  grain: grain.default('day').describe('the step at which values arrive'),
  aggregate: aggregate.partial().optional(),
  judge: judge.partial().optional(),
  references: z.array(reference).default([]),
  thresholds: z.union([threshold, z.array(threshold).min(1)]).optional(),
  valid: z.strictObject({ min: z.number().optional(), max: z.number().optional() }).optional(),
  pace: z.enum(['auto', 'phasing', 'history', 'working_days', 'linear']).default('auto'),
  carry: z.int().min(0).max(400).optional().describe('how many grains a stock carries forward; default 3'),
  formula: z.string().optional().describe('over ids of KPIs and measures, e.g. profit / revenue * 100'),
  trailing: z
    .string()
    .regex(/^\d+ (day|week|month|quarter|year)s?$/)
    .optional()
    .describe('a moving window, e.g. "12 months"'),
  to_date: z.enum(['week', 'month', 'quarter', 'year', 'fiscal_year']).optional(),
  source: source.optional(),
});

export type KpiFile = z.output<typeof kpiFile>;
export type Reference = z.output<typeof reference>;
export type ThresholdFile = z.output<typeof threshold>;
export type Source = z.output<typeof source>;
export type CsvSource = z.output<typeof csvSource>;
export type HttpSource = z.output<typeof httpSource>;
export type SqlSource = z.output<typeof sqlSource>;
export type TimeAggregate = (typeof TIME_AGGREGATES)[number];
export type DimensionAggregate = (typeof DIMENSION_AGGREGATES)[number];
export type Kind = (typeof KINDS)[number];

/** `_catalogue.yaml`: what the folder as a whole is. */
export const catalogueFile = z.strictObject({
  name: z.string().default('KPIs'),
  demo: z.boolean().default(false).describe('the values are invented, and every page says so'),
  as_of: z.enum(['clock', 'latest']).default('clock').describe('`latest`: the newest stored period plays "now"'),
  categories: z
    .array(z.strictObject({ id, name: z.string(), description: z.string().optional() }))
    .default([])
    .describe('in the order in which they are shown'),
});

export type CatalogueFile = z.output<typeof catalogueFile>;
