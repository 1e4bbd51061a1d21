/** The shapes of edits of thresholds and targets, and of the audit trail. */
import { LEVELS } from '@kpi-monitor/model/status';
import { EDIT_FIELDS, ROLES, THRESHOLD_FORMS } from '@kpi-monitor/model/query/judgement-answer';
import { GRAINS } from '@kpi-monitor/model/time/grain';
import { z } from 'zod';

const bound = z.union([z.number(), z.tuple([z.number(), z.number()])]);
const thresholds = z.strictObject({
  as: z.enum(THRESHOLD_FORMS),
  warning: bound.optional(),
  critical: bound.optional(),
  emergency: bound.optional(),
});
const values = z.object({
  thresholds: thresholds.nullable(),
  target: z.number().nullable().describe('of one judged period; null also when phased'),
  targetText: z.string(),
  phased: z.boolean(),
});
const edit = z.object({
  revision: z.int(),
  time: z.number(),
  user: z.string(),
  client: z.string(),
  action: z.enum(['set', 'reset']),
  from: z.string().describe('holds from this day on'),
  old: values,
  new: values,
  reason: z.string(),
});
const reason = z.string().trim().min(3).max(500);

const change = {
  thresholds: thresholds.nullable().optional().describe('absent: as it is; null: none'),
  target: z.number().nullable().optional().describe('of each judged period; absent: as it is; null: none'),
};
export const judgementChange = z.strictObject(change);
export const judgementPut = z.strictObject({ ...change, from: z.iso.date(), reason });
export const judgementReset = z.strictObject({ from: z.iso.date().optional(), reason });

export const kpiParams = z.object({ id: z.string().max(64) });
export const pageQuery = z.object({
  limit: z.coerce.number().int().min(1).max(100).optional(),
  before: z.coerce.number().int().min(1).optional().describe('only revisions below'),
});
export const ifMatch = z.object({
  'if-match': z.string().optional().describe('`"<revision>"`, from the ETag of the GET'),
});

export const judgementAnswer = z.object({
  kpi: z.string(),
  name: z.string(),
  category: z.string(),
  unit: z.string(),
  decimals: z.int(),
  direction: z.enum(['up', 'down', 'range']),
  grain: z.enum(GRAINS),
  owner: z.string(),
  revision: z.int().describe('of the newest edit; 0 without any'),
  you: z.object({ user: z.string(), role: z.enum(ROLES), mayEdit: z.boolean(), mayReset: z.boolean() }),
  inForce: values.describe('for the running judged period'),
  catalogue: values.describe("what the KPI's file says"),
  isOverridden: z.boolean(),
  planned: z.array(edit),
  starts: z.array(z.object({ is: z.enum(['judged', 'open', 'next']), from: z.string(), periodText: z.string() })),
  edits: z.array(edit).describe('newest first'),
  total: z.int(),
});

export const judgementList = z.object({
  kpis: z.array(
    z.object({
      kpi: z.string(),
      inForce: values,
      isOverridden: z.boolean(),
      edited: z.object({ time: z.number(), user: z.string() }).nullable(),
    })
  ),
});

const counts = z.object({
  normal: z.int(),
  warning: z.int(),
  critical: z.int(),
  emergency: z.int(),
  notJudged: z.int(),
});
const level = z
  .union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)])
  .nullable()
  .describe(LEVELS.join(', '));
const boundaries = z
  .object({
    direction: z.enum(['up', 'down', 'range']),
    warning: bound.optional(),
    critical: bound.optional(),
    emergency: bound.optional(),
  })
  .nullable();

export const previewAnswer = z.object({
  periods: z.int(),
  from: z.number(),
  to: z.number(),
  now: counts,
  then: counts,
  rows: z.array(
    z.object({
      period: z.number(),
      periodText: z.string(),
      value: z.number().nullable(),
      valueText: z.string(),
      level,
      levelThen: level,
      boundaries,
      boundariesThen: boundaries,
    })
  ),
  text: z.string(),
  problems: z.array(z.object({ code: z.string(), message: z.string(), field: z.enum(EDIT_FIELDS) })),
});

export const auditQuery = z.object({
  kpi: z.string().max(64).optional(),
  user: z.string().max(200).optional(),
  limit: z.coerce.number().int().min(1).max(1000).default(50),
  before: z.string().max(64).optional().describe('hash of an entry: only older ones'),
});
export const auditAnswer = z.object({
  entries: z.array(
    z.object({
      time: z.number(),
      user: z.string(),
      client: z.string(),
      role: z.enum(ROLES),
      action: z.string(),
      kpi: z.string(),
      what: z.string(),
      reason: z.string(),
      hash: z.string(),
    })
  ),
  total: z.int(),
  intact: z.boolean().describe('false once a record was changed, removed or put elsewhere'),
});
