/** How much earlier the rules on forecasts would have said what a rule on status said. */
import { settleTime } from '@kpi-monitor/model/aggregation/life';
import { createReplay } from '@kpi-monitor/model/alerting/replay';
import type { AlertRule } from '@kpi-monitor/model/alerting/rule';
import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { formatDuration, formatPeriod } from '@kpi-monitor/model/format/period';
import type { BacktestAnswer, BacktestInstance, Lead } from '@kpi-monitor/model/query/backtest-answer';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { instantOf, type Period, periodNow, step } from '@kpi-monitor/model/time/period';

import type { Range } from '../queries/range';

import { aboutKpis, type Answer, answersAt } from './questions';

/** A forecast of the past is fitted for each look, so there are not many. */
export const LOOKS = 10;
export const MOST_PERIODS = 40;

interface LeadOptions {
  range: Range;
  catalogue: Catalogue;
  calendar: Calendar;
  /** rules on `forecastRisk`, with nothing but their conditions */
  forecasts: readonly AlertRule[];
  answer: Answer;
  signal?: AbortSignal;
}

/** A period of a KPI that a status rule fired for. */
export interface Missed {
  kpi: Kpi;
  period: Period;
  firedAt: number;
}

/**
 * The periods that the firings were about, the newest first. Slices are left out, since rules on forecasts are about
 * totals; so is what fired from the range's begin on, since it began at an unknown time before.
 */
export function missedPeriods(
  instances: readonly BacktestInstance[],
  { range, catalogue, calendar }: Pick<LeadOptions, 'range' | 'catalogue' | 'calendar'>
): Missed[] {
  const known = instances.flatMap(({ kpi: id, labels, firings }) => {
    const kpi = catalogue.byId.get(id);
    return !kpi || kpi.dimensions.some((dimension) => labels[dimension] !== undefined)
      ? []
      : firings.map(({ from }): Missed => ({
          kpi,
          period: lastSettled(kpi, from, calendar),
          firedAt: from,
        }));
  });
  return known
    .filter(({ kpi, period }) => settleTime(period, kpi.judge.settle_after, calendar) > range.from)
    .sort((a, b) => b.firedAt - a.firedAt)
    .slice(0, MOST_PERIODS);
}

function lastSettled(kpi: Kpi, at: number, calendar: Calendar): Period {
  let period = step(periodNow(at, kpi.judge.at, calendar), -1);
  while (settleTime(period, kpi.judge.settle_after, calendar) > at) {
    period = step(period, -1);
  }
  return period;
}

/** Looks at the forecasts of up to `LOOKS` midnights between the period's begin and the firing. */
export async function leadOf({ kpi, period, firedAt }: Missed, options: LeadOptions): Promise<Lead> {
  const { calendar, answer, signal } = options;
  const moments = looksOf(period, firedAt, calendar);
  const rules = options.forecasts.map((rule) => aboutKpis(rule, [kpi.id]));
  const replays = rules.map(createReplay);
  let forecastAt: number | null = null;
  for (const [i, at] of moments.entries()) {
    signal?.throwIfAborted();
    const until = moments[i + 1] ?? firedAt;
    for (const [r, rule] of rules.entries()) {
      replays[r]!.step(at, until, await answersAt(rule, at, answer, signal));
    }
    const fired = replays.flatMap((replay) => replay.instances().flatMap(({ firings }) => firings));
    if (fired.length > 0) {
      forecastAt = Math.min(...fired.map(({ from }) => from));
      break;
    }
  }
  const leadMs = forecastAt === null ? null : firedAt - forecastAt;
  return {
    kpi: kpi.id,
    name: kpi.name,
    period: period.start,
    periodText: formatPeriod(period.start, period.grain, calendar),
    statusAt: firedAt,
    forecastAt,
    leadMs,
    leadText: leadMs === null ? 'not foreseen' : `${formatDuration(leadMs)} earlier`,
  };
}

/** Midnights of the business zone, evenly spread; of a period within the day, its own begin. */
function looksOf(period: Period, firedAt: number, calendar: Calendar): number[] {
  const begin = instantOf(period.start, period.grain, calendar);
  const days: number[] = [];
  for (let day = calendar.toCivil(begin); calendar.toInstant(day) < firedAt; day += DAY_MS) {
    days.push(Math.max(begin, calendar.toInstant(day)));
  }
  const stride = Math.max(1, Math.ceil(days.length / LOOKS));
  return days.filter((_, i) => i % stride === 0);
}

export function leadsAnswer(rows: readonly Lead[]): NonNullable<BacktestAnswer['leads']> {
  const leads = rows.flatMap(({ leadMs }) => (leadMs === null ? [] : [leadMs])).sort((a, b) => a - b);
  const medianMs = leads.length === 0 ? null : leads[Math.floor((leads.length - 1) / 2)]!;
  const of = rows.length;
  const half = leads.length > 1 ? 'half of them ' : '';
  const text =
    of === 0
      ? ''
      : medianMs === null
        ? 'no forecast would have warned of it earlier'
        : `the forecast would have warned of ${leads.length} of ${of}, ${half}at least ${formatDuration(medianMs)} earlier`;
  return { rows: [...rows], foreseen: leads.length, of, medianMs, text };
}
