/** Values that leave what they usually change by. */
import { RollingScale } from './rolling-scale';

export interface JumpRule {
  /** how many (robust) standard deviations of its changes a change may be */
  limit: number;
  /** per cent of the value before that a change is at least, to be worth a word */
  least: number;
  /** how many earlier changes tell what is usual */
  history: number;
}

export interface Jump {
  /** against the value before */
  change: number;
  /** the largest change that would have been usual, either way */
  usual: number;
}

/** Changes that are needed to say what is usual. */
export const FEWEST_CHANGES = 20;

/**
 * For each value whether it is a jump: null where that cannot be said, since the value or what it is compared with is
 * missing or its history is too short; 0 where it is none.
 *
 * A value is a jump when two changes are both more than `limit` deviations away from the median of their kind before it: the
 * one from the value before, and the one over `lag` steps. A Monday after a Sunday differs by the first alone, what comes a
 * week after an outlier by the second alone, and the way back from an outlier by the first alone; so an outlier is
 * one jump, and a new level is one on its first day, and at the ends of its first weekend where those differ much.
 * The deviation is robust (`RollingScale`), so that earlier jumps do not widen what counts as usual.
 *
 * @param values evenly spaced, NaN = missing
 * @param lag steps of a season, 7 for days; at least 2
 */
export function findJumps(
  values: Float64Array,
  lag: number,
  { limit, least, history }: JumpRule
): Array<Jump | 0 | null> {
  const steps = new RollingScale(history);
  const seasons = new RollingScale(history);
  const found: Array<Jump | 0 | null> = [];
  for (let i = 0; i < values.length; i++) {
    const step = values[i]! - values[i - 1]!;
    const season = values[i]! - values[i - lag]!;
    found.push(Number.isNaN(step) || Number.isNaN(season) ? null : jumpOf(i, step, season));
    if (!Number.isNaN(step)) {
      steps.add(step);
    }
    if (!Number.isNaN(season)) {
      seasons.add(season);
    }
  }
  return found;

  /** What is usual is worked out for changes alone that are large enough: it takes most of the time. */
  function jumpOf(i: number, step: number, season: number): Jump | 0 | null {
    if (steps.size < FEWEST_CHANGES || seasons.size < FEWEST_CHANGES) {
      return null;
    }
    if (step === 0 || Math.abs(step) < (least / 100) * Math.abs(values[i - 1]!)) {
      return 0;
    }
    const usual = usualOf(steps, limit);
    if (usual && !isFar(step, usual)) {
      return 0;
    }
    const usualSeason = usualOf(seasons, limit);
    if (!usual || !usualSeason) {
      return null;
    }
    return isFar(season, usualSeason) ? { change: step, usual: Math.abs(usual.middle) + usual.most } : 0;
  }
}

function isFar(change: number, { middle, most }: Usual): boolean {
  return Math.abs(change - middle) > most;
}

interface Usual {
  middle: number;
  most: number;
}

function usualOf(changes: RollingScale, limit: number): Usual | null {
  const { scale } = changes;
  // What never changed has no measure for a change.
  return scale > 0 ? { middle: changes.median, most: limit * scale } : null;
}
