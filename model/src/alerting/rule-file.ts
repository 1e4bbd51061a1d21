/**
 * The form of Grafana's provisioning files for alert rules, as far as rules use it. A scalar may be written as text or as
 * a number. Source: grafana.com/docs/grafana/latest/alerting/set-up/provision-alerting-resources/file-provisioning.
 */
import { z } from 'zod';

import { parseDuration } from './duration';

export const NO_DATA_STATES = ['NoData', 'Alerting', 'OK', 'KeepLast'] as const;
export const ERROR_STATES = ['Error', 'Alerting', 'OK', 'KeepLast'] as const;

/** An evaluation cannot be more frequent in Grafana, and its interval is a multiple of it. */
export const BASE_INTERVAL = 10_000;

/** The data source of expressions. `-100` is how older rules name it. */
const EXPRESSIONS = ['__expr__', '-100'];

export function isExpression({ datasourceUid }: { datasourceUid: string }): boolean {
  return EXPRESSIONS.includes(datasourceUid);
}

const text = z.union([z.string(), z.number(), z.boolean()], 'is a text').transform(String);
const words = text.pipe(z.string().trim().min(1, 'may not be empty'));
const texts = z
  .record(z.string(), text)
  .nullish()
  .transform((value) => value ?? {});

const duration = text.transform((value, context) => {
  const milliseconds = parseDuration(value.trim() || '0');
  if (milliseconds === null) {
    context.addIssue({ code: 'custom', message: 'is no duration; write 30s, 5m, 1h30m or 1d' });
    return z.NEVER;
  }
  return milliseconds;
});

const interval = duration.refine((value) => value > 0 && value % BASE_INTERVAL === 0, {
  message: 'an interval is a multiple of 10s: Grafana evaluates no rule more often',
});

/** An empty word is Grafana's default, which for errors is Alerting in files (and Error in its editor). */
const noDataState = text
  .pipe(z.string().trim())
  .pipe(z.union([z.literal('').transform(() => 'NoData' as const), z.enum(NO_DATA_STATES)], oneOf(NO_DATA_STATES)));
const execErrState = text
  .pipe(z.string().trim())
  .pipe(z.union([z.literal('').transform(() => 'Alerting' as const), z.enum(ERROR_STATES)], oneOf(ERROR_STATES)));

function oneOf(states: readonly string[]): string {
  return `is one of ${states.join(', ')}`;
}

export const querySchema = z
  .strictObject({
    refId: words,
    queryType: text.optional(),
    relativeTimeRange: z
      .strictObject({ from: z.int().default(0), to: z.int().default(0) })
      .prefault({})
      .describe('seconds before the evaluation'),
    datasourceUid: words,
    model: z.record(z.string(), z.unknown()),
  })
  .refine((query) => isExpression(query) || query.relativeTimeRange.from > query.relativeTimeRange.to, {
    message: 'a query needs a time range: `from` seconds before the evaluation, more than `to`',
    path: ['relativeTimeRange'],
  });

const notificationSettings = z.strictObject({
  receiver: words.describe('a contact point'),
  group_by: z.array(text).optional(),
  group_wait: text.optional(),
  group_interval: text.optional(),
  repeat_interval: text.optional(),
  mute_time_intervals: z.array(text).optional(),
  active_time_intervals: z.array(text).optional(),
});

const count = text.transform(Number).pipe(z.int().positive());

export const ruleSchema = z.strictObject({
  uid: words.pipe(
    z
      .string()
      .max(40)
      .regex(/^[\w-]+$/, 'is letters, digits, - and _, at most 40')
  ),
  title: words,
  condition: words.describe('the refId that decides'),
  data: z.array(querySchema).min(1, 'a rule needs a query'),
  dashboardUid: text.optional(),
  dasboardUid: text.optional().describe('how Grafana’s own exports spell it'),
  panelId: count.optional(),
  noDataState: noDataState.default('NoData'),
  execErrState: execErrState.default('Alerting'),
  for: duration.default(0).describe('how long it must hold before it fires, milliseconds'),
  keepFiringFor: duration.default(0).describe('how long it must be gone before it is resolved, milliseconds'),
  missing_series_evals_to_resolve: count.default(2).describe('evaluations without a series until it is resolved'),
  annotations: texts,
  labels: texts,
  isPaused: text
    .transform((value) => value.toLowerCase())
    .pipe(z.enum(['true', 'false'], 'is true or false'))
    .transform((value) => value === 'true')
    .default(false),
  notification_settings: notificationSettings.nullish(),
});

export const groupSchema = z.strictObject({
  orgId: count.default(1),
  name: words,
  folder: words,
  interval,
  rules: z.array(z.unknown()).default([]),
});

/** What else such a file may hold is Grafana's alone. */
const others = [
  'deleteRules',
  'contactPoints',
  'deleteContactPoints',
  'policies',
  'resetPolicies',
  'templates',
  'deleteTemplates',
  'muteTimes',
  'deleteMuteTimes',
] as const;

/** A key that begins with `x-` holds anchors for the rest of the file. */
export const ruleFileSchema = z.strictObject({
  apiVersion: z.literal(1, 'is 1'),
  groups: z.array(z.unknown()).nullish(),
  ...(Object.fromEntries(others.map((name) => [name, z.unknown().optional()])) as Record<
    (typeof others)[number],
    z.ZodOptional<z.ZodUnknown>
  >),
});

export type RuleQuery = z.output<typeof querySchema>;
export type RuleFields = z.output<typeof ruleSchema>;
