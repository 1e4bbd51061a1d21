import type { Boundaries } from '@kpi-monitor/model/query/frames';

import type { Forecast } from '../data/forecast';

import { edgeOf } from './periods';

export type ThresholdLevel = 'warning' | 'critical' | 'emergency';

const LEVELS: readonly ThresholdLevel[] = ['warning', 'critical', 'emergency'];

export interface ThresholdLine {
  level: ThresholdLevel;
  value: number;
}

/** Where values have a level: between its own bound and the next worse one, which may be infinite. */
export interface Zone {
  level: ThresholdLevel;
  low: number;
  high: number;
}

export interface Thresholds {
  lines: ThresholdLine[];
  zones: Zone[];
  /** the time over which they hold */
  from: number;
  to: number;
}

/**
 * The open period's thresholds, from it on over the periods that have its target: a phased target has others next month,
 * and the past is judged by what was in force then.
 */
export function thresholdsOf(forecast: Forecast): Thresholds | null {
  const { boundaries, grain, now } = forecast.facts;
  const open = forecast.times.indexOf(now);
  if (!boundaries || open < 0) {
    return null;
  }
  const { times, target } = forecast;
  const aim = target[open] ?? null;
  let end = open + 1;
  while (end < times.length && (target[end] ?? null) === aim) {
    end++;
  }
  const sides = sidesOf(boundaries);
  return {
    lines: sides.flatMap(({ bounds }) => bounds),
    zones: sides.flatMap(zonesOf),
    from: edgeOf(times, open, grain),
    to: edgeOf(times, end, grain),
  };
}

interface Side {
  /** which side of a bound is the worse one */
  worse: 'below' | 'above';
  /** from warning to emergency */
  bounds: ThresholdLine[];
}

function sidesOf(boundaries: Boundaries): Side[] {
  const pick = (at: (bound: number | [number, number]) => number) =>
    LEVELS.flatMap((level) => {
      const bound = boundaries[level];
      return bound === undefined ? [] : [{ level, value: at(bound) }];
    });
  const low = pick((bound) => (Array.isArray(bound) ? bound[0] : bound));
  if (boundaries.direction !== 'range') {
    return [{ worse: boundaries.direction === 'up' ? 'below' : 'above', bounds: low }];
  }
  const high = pick((bound) => (Array.isArray(bound) ? bound[1] : bound));
  return [
    { worse: 'below', bounds: low },
    { worse: 'above', bounds: high },
  ];
}

function zonesOf({ worse, bounds }: Side): Zone[] {
  return bounds.map(({ level, value }, i) => {
    const next = bounds[i + 1]?.value;
    return worse === 'below'
      ? { level, low: next ?? -Infinity, high: value }
      : { level, low: value, high: next ?? Infinity };
  });
}
