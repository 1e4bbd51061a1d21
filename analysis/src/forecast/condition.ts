/**
 * A fitted forecast, once part of what it foretold has come. The errors of its steps have one common part (`together` of
 * their variance); what came tells about it, and so about the steps to come (conditioning of a normal distribution).
 */
import { normalCdf, normalQuantile } from '../probability/distributions';

import type { Band, ForecastFit } from './series';

const WITHIN_90 = normalQuantile(0.95);
const WITHIN_50 = normalQuantile(0.75);

export interface Conditioned {
  /** of each step of the fit: what came where it is known, else what is expected now */
  point: Float64Array;
  /** standard deviation of each step; 0 where it is known */
  deviation: Float64Array;
  /** mean correlation of two unknown steps */
  together: number;
}

export interface Landing {
  expected: number;
  deviation: number;
}

export type Fitted = Pick<ForecastFit, 'point' | 'band90' | 'together'>;

/** @param came values of the first steps, NaN = not known (yet) */
export function conditioned({ point, band90, together }: Fitted, came: ArrayLike<number>): Conditioned {
  const deviation = point.map((_, h) => (band90.upper[h]! - band90.lower[h]!) / (2 * WITHIN_90));
  // A common part of 1 would take every step for the same.
  const common = Math.min(together, 0.95);
  const own = 1 - common;
  let count = 0;
  let sum = 0;
  for (let h = 0; h < Math.min(came.length, point.length); h++) {
    if (Number.isFinite(came[h]) && deviation[h]! > 0) {
      // One outlier is no new level.
      sum += Math.max(-3, Math.min(3, (came[h]! - point[h]!) / deviation[h]!));
      count += 1;
    }
  }
  const left = common / (1 + (count * common) / own);
  const shift = (left * sum) / own;
  const spread = Math.sqrt(left + own);
  return {
    point: point.map((value, h) => (Number.isFinite(came[h]) ? came[h]! : value + shift * deviation[h]!)),
    deviation: deviation.map((value, h) => (Number.isFinite(came[h]) ? 0 : value * spread)),
    together: left / (left + own),
  };
}

/** The bands that go with deviations, within bounds. */
export function bandsOf(
  { point, deviation }: Conditioned,
  { min = -Infinity, max = Infinity }: { min?: number; max?: number } = {}
) {
  const band = (times: number): Band => ({
    lower: point.map((value, h) => Math.max(min, value - times * deviation[h]!)),
    upper: point.map((value, h) => Math.min(max, value + times * deviation[h]!)),
  });
  return {
    point: point.map((value) => Math.min(max, Math.max(min, value))),
    band50: band(WITHIN_50),
    band90: band(WITHIN_90),
  };
}

/**
 * Where the steps `from` to `to` (not included) land together.
 * @param how `sum` and `mean` take all of them, `last` the last
 */
export function landing(
  { point, deviation, together }: Conditioned,
  from: number,
  to: number,
  how: 'sum' | 'mean' | 'last'
): Landing {
  if (how === 'last') {
    return { expected: point[to - 1]!, deviation: deviation[to - 1]! };
  }
  let sum = 0;
  let deviations = 0;
  let squares = 0;
  for (let h = from; h < to; h++) {
    sum += point[h]!;
    deviations += deviation[h]!;
    squares += deviation[h]! ** 2;
  }
  const spread = Math.sqrt(together * deviations ** 2 + (1 - together) * squares);
  const over = how === 'mean' ? to - from : 1;
  return { expected: sum / over, deviation: spread / over };
}

/** 0–1 */
export function probabilityBelow(limit: number, { expected, deviation }: Landing): number {
  if (deviation <= 0) {
    return expected < limit ? 1 : 0;
  }
  return normalCdf((limit - expected) / deviation);
}
