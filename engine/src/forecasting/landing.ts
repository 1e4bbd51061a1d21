/** Where the open judged period lands: what has come in, and what the days to come are expected to bring. */
import { landing, type Landing } from '@kpi-monitor/analysis/forecast/condition';
import type { Slice } from '@kpi-monitor/model/aggregation/evaluate';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Grain } from '@kpi-monitor/model/time/grain';
import type { Period } from '@kpi-monitor/model/time/period';

import type { Context } from '../queries/context';
import { isAskable } from '../queries/grain';

import type { ReadyLine } from './fitted-line';

const PARTS: Partial<Record<Grain, Grain[]>> = {
  week: ['day'],
  month: ['day'],
  quarter: ['day', 'month'],
  fiscal_quarter: ['day', 'month'],
  year: ['month', 'quarter'],
  fiscal_year: ['month', 'fiscal_quarter'],
};

/** The grain whose values a period's value is foretold from; null when it is foretold from periods like it. */
export function partGrain(kpi: Kpi, grain: Grain, { catalogue, calendar }: Context): Grain | null {
  const candidates = howOf(kpi) === null ? [] : (PARTS[grain] ?? []);
  return candidates.find((part) => isAskable(kpi, catalogue, part, calendar)) ?? null;
}

/** How the value of a period comes of those of its parts; null when it is no sum, mean or last of them. */
function howOf(kpi: Kpi): 'sum' | 'mean' | 'last' | null {
  if (kpi.trailing || kpi.to_date) {
    return 'last';
  }
  // A ratio of sums is near the mean of its parts' ratios, more so the less is left of the period.
  if (kpi.formula) {
    return 'mean';
  }
  switch (kpi.aggregate.time) {
    case 'sum':
    case 'last':
      return kpi.aggregate.time;
    case 'mean':
    case 'weighted_mean':
      return 'mean';
    default:
      return null;
  }
}

/**
 * @param parts the fitted line of the parts' grain
 * @param slice evaluated at the parts' grain
 * @returns null when the parts' forecast does not reach the period's end
 */
export function landingOfParts(kpi: Kpi, period: Period, parts: ReadyLine, slice: Slice): Landing | null {
  const how = howOf(kpi);
  const { periods, now } = parts;
  const from = periods.findIndex(({ start }) => start >= period.start);
  const to = periods.findLastIndex(({ end }) => end <= period.end) + 1;
  if (how === null || from < 0 || to <= from || periods[to - 1]!.end < period.end) {
    return null;
  }
  const rest = landing(now, from, to, how === 'mean' ? 'sum' : how);
  if (how === 'last') {
    return rest;
  }
  const before = periods[from]!.start;
  if (how === 'sum') {
    const settled = before > period.start ? (slice.over(period.start, before).value ?? 0) : 0;
    return { expected: settled + rest.expected, deviation: rest.deviation };
  }
  // What is over counts as it is, as a whole: a mean of its parts would forget their weights.
  const over = Math.min(to, Math.max(from, parts.known));
  const until = over < to ? periods[over]!.start : period.end;
  const known = until > period.start ? slice.over(period.start, until).value : null;
  if (known === null) {
    return { expected: rest.expected / (to - from), deviation: rest.deviation / (to - from) };
  }
  const gone = (until - period.start) / (period.end - period.start);
  const open = over < to ? landing(now, over, to, 'mean') : { expected: known, deviation: 0 };
  return { expected: gone * known + (1 - gone) * open.expected, deviation: (1 - gone) * open.deviation };
}

/** Where a period lands by the forecast of its own grain; null when that does not hold it. */
export function ownLanding({ periods, bands, now }: ReadyLine, period: Period): Landing | null {
  const h = periods.findIndex(({ start }) => start === period.start);
  return h < 0 ? null : { expected: bands.point[h]!, deviation: now.deviation[h]! };
}
