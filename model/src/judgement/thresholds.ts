/** Thresholds in absolute values, the level of a value, and the steps that Grafana colours by. */
import type { Kpi } from '../catalogue/catalogue';
import type { ThresholdFile } from '../catalogue/schema';
import { type Boundaries, LOWEST, type ThresholdStep } from '../query/frames';
import type { Level } from '../status';
import type { Calendar } from '../time/calendar';
import { parseIsoDate } from '../time/civil';
import { isCivil } from '../time/grain';
import type { Period } from '../time/period';

import { inScope, type Scope } from './references';

export const THRESHOLD_LEVELS = ['warning', 'critical', 'emergency'] as const;
type Bound = number | [number, number];

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

/** The level of a value; a value equal to a threshold is in the worse level. */
export function levelOf(value: number, boundaries: Boundaries): Level {
  for (let level = 3; level > 0; level--) {
    const bound = boundaries[THRESHOLD_LEVELS[level - 1]!];
    if (bound !== undefined && isBeyond(value, bound, boundaries.direction)) {
      return level as Level;
    }
  }
  return 0;
}

function isBeyond(value: number, bound: Bound, direction: Boundaries['direction']): boolean {
  if (Array.isArray(bound)) {
    return value <= bound[0] || value >= bound[1];
  }
  return direction === 'down' ? value >= bound : value <= bound;
}

/** Names of Grafana's theme colours for the levels. */
export const LEVEL_COLORS = ['green', 'orange', 'red', 'purple'] as const;

/**
 * Steps for Grafana, which colours `value >= step`: since equality is the worse level here, a step up to a better level
 * begins at the next double.
 */
export function thresholdSteps(boundaries: Boundaries): ThresholdStep[] {
  const edges = new Set<number>([LOWEST]);
  for (const level of THRESHOLD_LEVELS) {
    const bound = boundaries[level];
    if (Array.isArray(bound)) {
      edges.add(nextUp(bound[0]));
      edges.add(bound[1]);
    } else if (bound !== undefined) {
      edges.add(boundaries.direction === 'down' ? bound : nextUp(bound));
    }
  }
  const steps: ThresholdStep[] = [];
  for (const value of [...edges].sort((a, b) => a - b)) {
    const color = LEVEL_COLORS[levelOf(value, boundaries)];
    if (steps.at(-1)?.color !== color) {
      steps.push({ value, color });
    }
  }
  return steps;
}

const float = new Float64Array(1);
const bits = new BigInt64Array(float.buffer);

/** The next double above a finite one (IEEE 754-2008 nextUp). */
export function nextUp(value: number): number {
  if (value === 0) {
    return Number.MIN_VALUE;
  }
  float[0] = value;
  bits[0]! += value > 0 ? 1n : -1n;
  return float[0];
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
