/** A rule run over history: asked as of each moment at which its answer can have changed, and moved through its states. */
import { type AlertRule } from '@kpi-monitor/model/alerting/rule';
import { conditionOnly, createReplay, type ReplayedInstance } from '@kpi-monitor/model/alerting/replay';
import { type Outcome, readFrames } from '@kpi-monitor/model/alerting/values';
import { type Catalogue, selectKpis } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import { formatDuration } from '@kpi-monitor/model/format/period';
import type { BacktestAnswer, BacktestInstance, Firing } from '@kpi-monitor/model/query/backtest-answer';
import type { QueryResponse } from '@kpi-monitor/model/query/frames';
import { readQuery, type QueryRequestBody } from '@kpi-monitor/model/query/query-schema';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { GRAIN_MS, type Grain, GRAINS } from '@kpi-monitor/model/time/grain';

import type { Range } from '../queries/range';

import { momentsOf } from './moments';

export interface BacktestOptions {
  rule: AlertRule;
  range: Range;
  /** ids; all that the rule asks about when absent */
  kpis?: readonly string[];
  /** judged by its edits */
  catalogue: Catalogue;
  calendar: Calendar;
  /** instants at which thresholds or targets were edited */
  edited: readonly number[];
  answer: (request: QueryRequestBody, signal?: AbortSignal) => Promise<QueryResponse>;
  signal?: AbortSignal;
  onProgress?: (done: number, of: number) => void;
}

/** @throws KpiError of the rule's queries when none can be answered; QUERY_TOO_LARGE, REQUEST_INVALID */
export async function backtest(options: BacktestOptions): Promise<BacktestAnswer> {
  const { range, catalogue, calendar, edited, signal, onProgress } = options;
  const rule = withKpis(conditionOnly(options.rule), options.kpis);
  const asked = rule.steps.filter(({ expression }) => !expression).map(({ query }) => readQuery({ ...query.model }));
  const kpis = [...new Set(asked.flatMap(({ select }) => selectKpis(catalogue, select)))];
  if (asked.length === 0 || kpis.length === 0) {
    throw new KpiError('REQUEST_INVALID', 'the rule asks KPI Monitor about no KPI; check its queries and `kpis`');
  }
  const moments = momentsOf(kpis, edited, range, catalogue, calendar);
  const replay = createReplay(rule);
  let failed = '';
  for (const [i, at] of moments.entries()) {
    signal?.throwIfAborted();
    onProgress?.(i, moments.length);
    const answers = await answersAt(rule, at, options);
    answers.forEach((outcome) => (failed = outcome.kind === 'error' ? outcome.error.message : failed));
    replay.step(at, moments[i + 1] ?? range.asOf, answers);
    // Others get their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  onProgress?.(moments.length, moments.length);
  const all = replay.instances();
  const instances = all
    .filter(({ firings }) => firings.length > 0)
    .map((instance) => instanceOf(instance, options))
    .sort((a, b) => b.firings.length - a.firings.length || b.firingMs - a.firingMs);
  const total = totalOf(instances, range);
  return {
    rule: {
      uid: rule.uid,
      title: rule.title,
      severity: rule.labels['severity'] ?? '',
      type: asked[0]!.type,
    },
    from: range.from,
    to: range.asOf,
    evaluations: moments.length,
    looked: all.length,
    instances,
    total,
    leads: null,
    text: textOf(total, instances.length, all.length),
    notes: [
      'run on final data, which is optimistic: what came late or was corrected is judged here as if it had been there in time',
      'evaluated when an answer can have changed (midnights, ends of periods, when they are final and due, edits), not each minute; waits are kept to the minute',
      'messages are counted one by one, one as an instance fires and one as it recovers, before grouping, mutes and repeats',
      ...(asked.some(({ type }) => type === 'freshness')
        ? ['how late values came in the past is not known: a rule on late feeds cannot be back-tested well']
        : []),
      ...(failed ? [`some questions could not be answered: ${failed}`] : []),
    ],
  };
}

function withKpis(rule: AlertRule, kpis: readonly string[] | undefined): AlertRule {
  if (!kpis?.length) {
    return rule;
  }
  return {
    ...rule,
    steps: rule.steps.map((step) => {
      if (step.expression) {
        return step;
      }
      const select = (step.query.model['select'] ?? {}) as { kpis?: string[] };
      const wanted = select.kpis?.length ? select.kpis.filter((kpi) => kpis.includes(kpi)) : [...kpis];
      return { ...step, query: { ...step.query, model: { ...step.query.model, select: { ...select, kpis: wanted } } } };
    }),
  };
}

async function answersAt(rule: AlertRule, at: number, { answer, signal }: BacktestOptions) {
  const steps = rule.steps.filter(({ expression }) => !expression);
  const { results } = await answer(
    {
      from: String(at - 1000),
      to: String(at),
      queries: steps.map(({ refId, query: { model, relativeTimeRange } }) => ({
        ...{ maxDataPoints: 43_200, intervalMs: 1000 },
        ...model,
        refId,
        from: String(at - relativeTimeRange.from * 1000),
        to: String(at - relativeTimeRange.to * 1000),
      })),
    },
    signal
  );
  return new Map(
    steps.map(({ refId }): [string, Outcome] => {
      const result = results[refId];
      return [
        refId,
        result?.error ? { kind: 'error', error: { message: result.error } } : readFrames(result?.frames ?? []),
      ];
    })
  );
}

function instanceOf({ labels, firings }: ReplayedInstance, { range, catalogue }: BacktestOptions): BacktestInstance {
  const grain = GRAINS.find((known) => known === labels['grain']);
  const shown = firings.map(({ from, to }): Firing => {
    const ms = (to ?? range.asOf) - from;
    return { from, to, durationText: formatDuration(ms), isBrief: to !== null && ms <= briefOf(grain) };
  });
  const firingMs = firings.reduce((sum, { from, to }) => sum + (to ?? range.asOf) - from, 0);
  return {
    labels: { ...labels },
    kpi: labels['kpi'] ?? '',
    name: catalogue.byId.get(labels['kpi'] ?? '')?.name ?? '',
    firings: shown,
    firingShare: firingMs / (range.asOf - range.from),
    firingMs,
    firingText: formatDuration(firingMs),
    brief: shown.filter(({ isBrief }) => isBrief).length,
    messages: messagesOf(shown),
  };
}

/** An hour for what is judged within the day; else one judged period, and a little, since months differ. */
function briefOf(grain: Grain | undefined): number {
  return grain === undefined || grain === 'minute' || grain === 'hour' ? GRAIN_MS.hour : 1.05 * GRAIN_MS[grain];
}

function messagesOf(firings: readonly Firing[]): number {
  return firings.reduce((sum, { to }) => sum + (to === null ? 1 : 2), 0);
}

function totalOf(instances: readonly BacktestInstance[], { from, asOf }: Range): BacktestAnswer['total'] {
  const sum = (of: (instance: BacktestInstance) => number) => instances.reduce((all, one) => all + of(one), 0);
  const [messages, firingMs] = [sum((one) => one.messages), sum((one) => one.firingMs)];
  return {
    firings: sum((one) => one.firings.length),
    brief: sum((one) => one.brief),
    firingMs,
    firingText: firingMs > 0 ? formatDuration(firingMs) : '',
    messages,
    perWeek: Math.round((100 * messages * 7 * DAY_MS) / (asOf - from)) / 100,
  };
}

function textOf({ firings, brief, messages, perWeek }: BacktestAnswer['total'], fired: number, looked: number): string {
  if (firings === 0) {
    return `it would not have fired: ${looked} ${looked === 1 ? 'instance was' : 'instances were'} looked at`;
  }
  const times = firings === 1 ? 'once' : `${firings} times`;
  const short = brief > 0 ? `, ${brief} of them over within an hour or one period` : '';
  return `it would have fired ${times} for ${fired} of ${looked} instances${short}; ${messages} messages, ${perWeek} a week`;
}
