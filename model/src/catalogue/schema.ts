/** The form of a KPI file. `npm run schema` publishes it as JSON Schema, so that editors complete and check it. */
import { z } from 'zod';

import { TIERS } from '../query/query';
import { GRAINS } from '../time/grain';

import { qualityFile } from './quality-schema';
import { source } from './source-schema';

const grain = z.enum(GRAINS);
const civilDate = z.iso.date().describe('a civil date of the business zone, YYYY-MM-DD');
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
  quality: qualityFile.optional().describe('what its values are held to; every rule has a default'),
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
