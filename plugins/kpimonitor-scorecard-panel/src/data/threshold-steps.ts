import { type Field, getMinMaxAndDelta, type GrafanaTheme2, ThresholdsMode } from '@grafana/data';
import type { Boundaries } from '@kpi-monitor/model/query/frames';
import type { Level } from '@kpi-monitor/model/status';

import { levelOfColor } from './color-level';

export interface LevelStep {
  /** in the field's unit; the step holds from here up */
  from: number;
  level: Level | null;
}

/** The thresholds of a field as levels, lowest first; empty when a single step, which judges nothing, is all there is. */
export function levelSteps(field: Field, theme: GrafanaTheme2): LevelStep[] {
  const { steps = [], mode } = field.config.thresholds ?? {};
  if (steps.length < 2) {
    return [];
  }
  const { min, delta } = mode === ThresholdsMode.Percentage ? getMinMaxAndDelta(field) : {};
  // A share of the range only where it is one: 996 is not 9.96 x 100 to the last digit.
  const scaled = (value: number) =>
    mode === ThresholdsMode.Percentage ? (min ?? 0) + (value / 100) * (delta ?? 100) : value;
  return steps
    .map(({ value, color }) => ({
      // JSON has no minus infinity: it arrives as null.
      from: value === null || value === -Infinity ? -Infinity : scaled(value ?? 0),
      level: levelOfColor(color, theme),
    }))
    .sort((a, b) => a.from - b.from);
}

/** The level of a value by Grafana's rule: the last step that is not above it. */
export function levelAt(value: number, steps: readonly LevelStep[]): Level | null {
  return steps.findLast((step) => step.from <= value)?.level ?? null;
}

const NAMES = ['warning', 'critical', 'emergency'] as const;

/** The bounds of each level, read off the steps; null when the levels go to and fro. */
export function boundariesOf(steps: readonly LevelStep[]): Boundaries | null {
  const levels = steps.map((step) => step.level);
  if (steps.length < 2 || levels.includes(null)) {
    return null;
  }
  const known = levels as Level[];
  const best = known.indexOf(Math.min(...known) as Level);
  const falls = known.every((level, i) => i === 0 || i > best || level <= known[i - 1]!);
  const rises = known.every((level, i) => i <= best || level >= known[i - 1]!);
  if (!falls || !rises) {
    return null;
  }
  const boundaries: Boundaries = {
    direction: best === 0 ? 'down' : best === known.length - 1 ? 'up' : 'range',
  };
  for (const [index, name] of NAMES.entries()) {
    const level = index + 1;
    const low = steps[known.findLastIndex((one, i) => i < best && one >= level) + 1];
    const high = steps.find((step, i) => i > best && step.level! >= level);
    const hasLow = low !== undefined && low !== steps[0] && known.some((one, i) => i < best && one >= level);
    if (boundaries.direction === 'up' && hasLow) {
      boundaries[name] = low.from;
    } else if (boundaries.direction === 'down' && high) {
      boundaries[name] = high.from;
    } else if (boundaries.direction === 'range' && hasLow && high) {
      boundaries[name] = [low.from, high.from];
    }
  }
  return boundaries;
}
