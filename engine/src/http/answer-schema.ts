/** The shapes of answers, for the published API description. */
import { FORMATS, QUERY_TYPES, TIERS } from '@kpi-monitor/model/query/query';
import { GRAINS } from '@kpi-monitor/model/time/grain';
import { z } from 'zod';

export const errorBody = z.object({
  code: z.string().describe('one of the codes in docs/errors.md'),
  message: z.string().describe('what was wrong, where, and what to do'),
  details: z.record(z.string(), z.unknown()).optional(),
});

const frame = z.object({
  schema: z.looseObject({
    refId: z.string().optional(),
    name: z.string().optional(),
    meta: z.looseObject({}).optional(),
    fields: z.array(z.looseObject({ name: z.string(), type: z.string() })),
  }),
  data: z.object({ values: z.array(z.array(z.unknown())).describe('one array a field') }),
});

export const queryResponse = z.object({
  results: z.record(
    z.string().describe('refId'),
    z.object({
      status: z.int(),
      frames: z.array(frame).optional().describe("Grafana's data frames"),
      error: z.string().optional().describe('`CODE: message`'),
      errorSource: z.enum(['downstream', 'plugin']).optional(),
      code: z.string().optional(),
      details: z.record(z.string(), z.unknown()).optional(),
    })
  ),
});

export const catalogueAnswer = z.object({
  name: z.string(),
  demo: z.boolean().describe('the values are invented'),
  asOf: z.enum(['clock', 'latest']),
  now: z.number().nullable().describe('instant that plays "now", epoch milliseconds'),
  zone: z.string().describe('IANA time zone of the business calendar'),
  categories: z.array(z.object({ id: z.string(), name: z.string(), description: z.string().optional() })),
  kpis: z.array(
    z.object({
      id: z.string(),
      name: z.string(),
      category: z.string(),
      tier: z.enum(TIERS),
      kind: z.enum(['flow', 'stock', 'ratio', 'score', 'index']),
      unit: z.string().describe('Grafana unit id'),
      decimals: z.int(),
      direction: z.enum(['up', 'down', 'range']),
      definition: z.string(),
      owner: z.string(),
      grain: z.enum(GRAINS).describe('the step at which values arrive'),
      judgedAt: z.enum(GRAINS),
      grains: z.array(z.enum(GRAINS)).describe('what it can be asked at, finest first'),
      dimensions: z.array(z.string()),
      formula: z.string().nullable(),
      hasTarget: z.boolean(),
      source: z.string(),
    })
  ),
});

export const membersAnswer = z.object({ dimension: z.string(), members: z.array(z.string()) });

export const healthAnswer = z.object({
  status: z.enum(['ok', 'error']),
  message: z.string(),
  details: z.record(z.string(), z.unknown()).optional(),
  code: z.string().optional(),
});

/** A query as it is written by hand; what Grafana adds to it is accepted too. */
export const queryBody = z.object({
  from: z.string().optional().describe('epoch milliseconds, an ISO 8601 instant, or now-30d (the default)'),
  to: z.string().optional().describe('likewise; default now'),
  queries: z.array(
    z.looseObject({
      refId: z.string().optional(),
      v: z.literal(1).optional(),
      type: z.enum(QUERY_TYPES),
      select: z
        .object({
          kpis: z.array(z.string()).optional(),
          categories: z.array(z.string()).optional(),
          tiers: z.array(z.enum(TIERS)).optional(),
          where: z.record(z.string(), z.array(z.string())).optional().describe('dimension: allowed members'),
        })
        .optional()
        .describe('KPIs that meet every condition; all without any'),
      grain: z.enum([...GRAINS, 'auto', 'judged']).optional(),
      split: z.string().optional().describe('a declared dimension: one answer a member'),
      compare: z.enum(['none', 'previous', 'lastYear', 'sameWeekday', 'target']).optional(),
      basis: z.enum(['settled', 'current']).optional(),
      format: z.enum(FORMATS).optional(),
      maxDataPoints: z.number().optional(),
      hide: z.boolean().optional(),
    })
  ),
});
