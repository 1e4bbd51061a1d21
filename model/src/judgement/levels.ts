/** The level of a value, and the steps that Grafana colours by; free of libraries, so that panels can use it. */
import { type Boundaries, LOWEST, type ThresholdStep } from '../query/frames';
import type { Level } from '../status';

export const THRESHOLD_LEVELS = ['warning', 'critical', 'emergency'] as const;
type Bound = number | [number, number];

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
