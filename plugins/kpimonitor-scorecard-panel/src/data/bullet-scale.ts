/**
 * The scale of a bullet graph (S. Few, "Bullet Graph Design Specification", 2013): a measure against a target and
 * qualitative zones, on one straight axis. All positions are shares of its width, 0 to 1.
 */
import { levelOf } from '@kpi-monitor/model/judgement/levels';
import type { Boundaries } from '@kpi-monitor/model/query/frames';
import type { Level } from '@kpi-monitor/model/status';

import type { ScoreRow } from './row';

export interface Zone {
  from: number;
  to: number;
  level: Level;
}

export interface Bullet {
  /** `open`: how far the running period has come; `settled`: the judged value */
  of: 'open' | 'settled';
  /** a bar says how much by its length, which needs a scale from zero; a dot says where */
  shape: 'bar' | 'dot';
  zones: Zone[];
  /** where a bar begins */
  zero: number;
  value: number;
  /** the value lies beyond the scale, on this side */
  clipped: 'low' | 'high' | null;
  landing: number | null;
  target: number | null;
  /** where the value was planned to be by now */
  pace: number | null;
}

/** A scale is never more than this many times as long as what the value is compared with. */
const LONGEST = 1.6;
const MARGIN = 0.06;

/** The bullet of a row: of its open period when that has a course, else of its judged value; null without a yardstick. */
export function bulletOf(row: ScoreRow): Bullet | null {
  if (row.soFar !== null && (row.openTarget !== null || row.openBoundaries)) {
    return bullet({
      of: 'open',
      value: row.soFar,
      target: row.openTarget,
      boundaries: row.openBoundaries,
      landing: row.landing,
      pace: row.paceNow,
      addsUp: row.paceNow !== null,
    });
  }
  if (row.value !== null && (row.target !== null || row.boundaries)) {
    return bullet({
      of: 'settled',
      value: row.value,
      target: row.target,
      boundaries: row.boundaries,
      landing: null,
      pace: null,
      addsUp: row.attainment !== null,
    });
  }
  return null;
}

interface Measure {
  of: Bullet['of'];
  value: number;
  target: number | null;
  boundaries: Boundaries | null;
  landing: number | null;
  pace: number | null;
  /** an amount that grows from zero, which only a bar from zero shows rightly */
  addsUp: boolean;
}

function bullet({ of, value, target, boundaries, landing, pace, addsUp }: Measure): Bullet {
  const bounds = boundaries ? [boundaries.warning, boundaries.critical, boundaries.emergency].flat() : [];
  const yardsticks = [target, pace, ...bounds].filter((one): one is number => one !== null && one !== undefined);
  const values = [value, landing].filter((one) => one !== null);
  const { low, high, shape } = domain(yardsticks, values, addsUp);
  const at = (x: number) => Math.min(1, Math.max(0, (x - low) / (high - low)));
  const optional = (x: number | null) => (x === null ? null : at(x));
  return {
    of,
    shape,
    zones: boundaries ? zonesOf(boundaries, bounds, low, high, at) : [],
    zero: at(0),
    value: at(value),
    clipped: value > high ? 'high' : value < low ? 'low' : null,
    landing: optional(landing),
    target: optional(target),
    pace: optional(pace),
  };
}

/** The ends of the axis: around what is compared, from zero unless that would waste more than half of it. */
function domain(
  yardsticks: number[],
  values: number[],
  addsUp: boolean
): { low: number; high: number; shape: Bullet['shape'] } {
  const least = Math.min(...yardsticks);
  const most = Math.max(...yardsticks);
  const reach = Math.max(Math.abs(least), Math.abs(most), most - least) * (LONGEST - 1) || 1;
  const shownValues = values.map((value) => Math.min(most + reach, Math.max(Math.min(least, 0) - reach, value)));
  const low = Math.min(least, ...shownValues);
  const high = Math.max(most, ...shownValues);
  if (low > high / 2 && !addsUp) {
    const margin = (high - low) * 0.15 || Math.abs(high) * 0.1;
    return { low: low - margin, high: high + margin, shape: 'dot' };
  }
  const margin = (Math.max(high, 0) - Math.min(low, 0)) * MARGIN || 1;
  return { low: low < 0 ? low - margin : 0, high: high > 0 || low >= 0 ? high + margin : 0, shape: 'bar' };
}

function zonesOf(
  boundaries: Boundaries,
  bounds: Array<number | undefined>,
  low: number,
  high: number,
  at: (x: number) => number
): Zone[] {
  const inner = bounds.filter((bound): bound is number => bound !== undefined && bound > low && bound < high);
  const edges = [...new Set([low, ...inner, high])].sort((a, b) => a - b);
  return edges.slice(1).map((edge, i) => ({
    from: at(edges[i]!),
    to: at(edge),
    level: levelOf((edges[i]! + edge) / 2, boundaries),
  }));
}
