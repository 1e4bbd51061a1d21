/** Thresholds in absolute values. */
import type { Kpi } from '../catalogue/catalogue';
import type { Boundaries } from '../query/frames';
import type { Thresholds } from '../query/judgement-answer';
import type { Calendar } from '../time/calendar';
import { parseIsoDate } from '../time/civil';
import type { Period } from '../time/period';

import { levelOf, THRESHOLD_LEVELS } from './levels';
import { firstDay, inScope, isWhole, type Scope } from './references';

/** Boundaries, or why there are none. */
export type BoundariesFor = { boundaries: Boundaries; reason: '' } | { boundaries: null; reason: string };

/**
 * The thresholds of a period at the judged grain, in the KPI's unit. Those are in force whose `from` is the newest one
 * not after the period's start, of what had been recorded by `asOf`.
 */
export function boundariesFor(
  kpi: Kpi,
  period: Period,
  scope: Scope,
  target: number | null,
  calendar: Calendar,
  asOf: number
): BoundariesFor {
  if (period.grain !== kpi.judge.at) {
    return { boundaries: null, reason: `thresholds belong to the ${kpi.judge.at}` };
  }
  const date = firstDay(period, calendar);
  const threshold =
    thresholdsInForce(kpi, date, scope, calendar, asOf) ?? relativeOfWhole(kpi, date, scope, target, calendar, asOf);
  if (!threshold) {
    const isSlice = scope.isPartial || Object.keys(scope.labels).length > 0;
    return { boundaries: null, reason: isSlice ? 'this slice has no thresholds of its own' : 'it has no thresholds' };
  }
  return absolute(threshold, kpi.direction, target);
}

/** The thresholds that hold on a day, as they are written; of the whole, an edit goes before the catalogue. */
export function thresholdsInForce(
  kpi: Kpi,
  date: number,
  scope: Scope,
  calendar: Calendar,
  asOf: number
): Thresholds | null {
  const edited = isWhole(scope) ? kpi.overrides?.thresholds(date, asOf) : undefined;
  if (edited !== undefined) {
    return edited;
  }
  const candidates = inScope(kpi.thresholds, scope, asOf, calendar)
    .map((threshold) => ({ threshold, from: threshold.from ? parseIsoDate(threshold.from)! : -Infinity }))
    .filter(({ from }) => from <= date)
    .sort((a, b) => b.from - a.from);
  return candidates[0]?.threshold ?? null;
}

/** Per cent of target means the same for a slice that has its own target. */
function relativeOfWhole(
  kpi: Kpi,
  date: number,
  scope: Scope,
  target: number | null,
  calendar: Calendar,
  asOf: number
): Thresholds | null {
  if (scope.isPartial || target === null) {
    return null;
  }
  const ofWhole = thresholdsInForce(kpi, date, { labels: {} }, calendar, asOf);
  return ofWhole?.as === 'percent_of_target' ? ofWhole : null;
}

function absolute(threshold: Thresholds, direction: Kpi['direction'], target: number | null): BoundariesFor {
  if (threshold.as !== 'absolute' && target === null) {
    return { boundaries: null, reason: 'no target is in force' };
  }
  if (threshold.as === 'percent_of_target' && target! <= 0) {
    return { boundaries: null, reason: 'per cent of a target that is not above zero has no meaning' };
  }
  const convert = (bound: number): number => {
    switch (threshold.as) {
      case 'absolute':
        return bound;
      case 'difference':
        return target! + bound;
      case 'percent_of_target':
        return (target! * bound) / 100;
    }
  };
  const boundaries: Boundaries = { direction };
  for (const level of THRESHOLD_LEVELS) {
    const bound = threshold[level];
    if (bound !== undefined) {
      boundaries[level] = Array.isArray(bound) ? [convert(bound[0]), convert(bound[1])] : convert(bound);
    }
  }
  return { boundaries, reason: '' };
}

/** Whether the target is met: on its good side, or, for a range, within the mildest pair. */
export function meetsTarget(
  value: number,
  target: number | null,
  boundaries: Boundaries | null,
  kpi: Kpi
): boolean | null {
  if (kpi.direction === 'range') {
    return boundaries ? levelOf(value, boundaries) === 0 : null;
  }
  if (target === null) {
    return null;
  }
  return kpi.direction === 'up' ? value >= target : value <= target;
}
