/** A rule run over history: asked as of each moment at which its answer can have changed, and moved through its states. */
import type { AlertRule, RuleGroup, RuleStep } from '@kpi-monitor/model/alerting/rule';
import { conditionOnly, createReplay, type ReplayedInstance } from '@kpi-monitor/model/alerting/replay';
import { type Catalogue, selectKpis } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import { formatDuration } from '@kpi-monitor/model/format/period';
import type { BacktestAnswer, BacktestInstance, Firing, Lead } from '@kpi-monitor/model/query/backtest-answer';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { GRAIN_MS, type Grain, GRAINS } from '@kpi-monitor/model/time/grain';

import type { Range } from '../queries/range';

import { leadOf, leadsAnswer, LOOKS, missedPeriods } from './leads';
import { momentsOf } from './moments';
import { aboutKpis, type Answer, answersAt, questionsOf } from './questions';

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
  answer: Answer;
  /** the rules in use: those on forecasts are compared with a rule on status */
  provisioned?: readonly RuleGroup[];
  signal?: AbortSignal;
  onProgress?: (done: number, of: number) => void;
}

/** @throws KpiError of the rule's queries when none can be answered; QUERY_TOO_LARGE, REQUEST_INVALID */
export async function backtest(options: BacktestOptions): Promise<BacktestAnswer> {
  const { range, catalogue, calendar, edited, signal, onProgress } = options;
  const rule = aboutKpis(conditionOnly(options.rule), options.kpis);
  const asked = questionsOf(rule);
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
    const answers = await answersAt(rule, at, options.answer, signal);
    answers.forEach((outcome) => (failed = outcome.kind === 'error' ? outcome.error.message : failed));
    replay.step(at, moments[i + 1] ?? range.asOf, answers);
    // Others get their turn.
    await new Promise((resolve) => setImmediate(resolve));
  }
  const all = replay.instances();
  const instances = all
    .filter(({ firings }) => firings.length > 0)
    .map((instance) => instanceOf(instance, options))
    .sort((a, b) => b.firings.length - a.firings.length || b.firingMs - a.firingMs);
  const total = totalOf(instances, range);
  const leads = asked.every(isAboutStatus) ? await leadsOf(instances, moments.length, options) : null;
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
    leads,
    text: textOf(total, instances.length, all.length),
    notes: [
      'run on final data, which is optimistic: what came late is judged here as if it had been there in time; settled values that were corrected are as they were known then',
      'evaluated when an answer can have changed (midnights, ends of periods, when they are final and due, edits), not each minute; waits are kept to the minute',
      'messages are counted one by one, one as an instance fires and one as it recovers, before grouping, mutes and repeats',
      ...(asked.some(({ type }) => type === 'freshness')
        ? ['how late values came in the past is not known: a rule on late feeds cannot be back-tested well']
        : []),
      ...(leads?.rows.length
        ? [`forecasts were looked at on up to ${LOOKS} days of each period, and may have warned a little earlier yet`]
        : []),
      ...(failed ? [`some questions could not be answered: ${failed}`] : []),
    ],
  };
}

function isAboutStatus({ type, measure }: RequestQuery): boolean {
  return type === 'status' && (measure === undefined || measure === 'level');
}

function isAboutForecasts({ expression, query }: RuleStep): boolean {
  return expression !== null || query.model['type'] === 'forecastRisk';
}

/** null when no rule on forecasts is in use */
async function leadsOf(instances: readonly BacktestInstance[], done: number, options: BacktestOptions) {
  const forecasts = (options.provisioned ?? [])
    .flatMap(({ rules }) => rules)
    .map(conditionOnly)
    .filter(({ isPaused, steps }) => !isPaused && steps.every(isAboutForecasts));
  if (forecasts.length === 0) {
    return null;
  }
  const missed = missedPeriods(instances, options);
  const rows: Lead[] = [];
  for (const one of missed) {
    options.onProgress?.(done + rows.length, done + missed.length);
    rows.push(await leadOf(one, { ...options, forecasts }));
  }
  options.onProgress?.(done + missed.length, done + missed.length);
  return leadsAnswer(rows);
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
