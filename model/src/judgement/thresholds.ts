/** Thresholds in absolute values. */
import type { Kpi } from '../catalogue/catalogue';
import type { ThresholdFile } from '../catalogue/schema';
import type { Boundaries } from '../query/frames';
import type { Calendar } from '../time/calendar';
import { parseIsoDate } from '../time/civil';
import { isCivil } from '../time/grain';
import type { Period } from '../time/period';

import { levelOf, THRESHOLD_LEVELS } from './levels';
import { inScope, type Scope } from './references';

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
  const date = isCivil(period.grain) ? period.start : calendar.toCivil(period.start);
  const candidates = inScope(kpi.thresholds, scope, asOf, calendar)
    .map((threshold) => ({ threshold, from: threshold.from ? parseIsoDate(threshold.from)! : -Infinity }))
    .filter(({ from }) => from <= date)
    .sort((a, b) => b.from - a.from);
  const threshold = candidates[0]?.threshold ?? relativeOfWhole(kpi, scope, target);
  if (!threshold) {
    const isSlice = scope.isPartial || Object.keys(scope.labels).length > 0;
    return { boundaries: null, reason: isSlice ? 'this slice has no thresholds of its own' : 'it has no thresholds' };
  }
  return absolute(threshold, kpi.direction, target);
}

/** Per cent of target means the same for a slice that has its own target. */
function relativeOfWhole(kpi: Kpi, scope: Scope, target: number | null): ThresholdFile | null {
  if (scope.isPartial || target === null) {
    return null;
  }
  return (
    kpi.thresholds.find((threshold) => threshold.as === 'percent_of_target' && !threshold.slice && !threshold.from) ??
    null
  );
}

function absolute(threshold: ThresholdFile, direction: Kpi['direction'], target: number | null): BoundariesFor {
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
