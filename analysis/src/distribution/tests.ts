/** Whether values are normal, rise, or differ between groups. */
import { chiSquareAbove, normalCdf } from '../probability/distributions';
import { ranks } from '../correlation/ranks';
import { median } from '../decomposition/median';

import { describe } from './describe';

export interface Tested {
  statistic: number;
  /** likelihood of a statistic like this, or further out, by chance */
  p: number;
}

/**
 * Whether values may be normal: D'Agostino & Pearson's K² (1973), of skewness and kurtosis.
 * @returns null for fewer than 20 values, or when nothing varies
 */
export function normality(values: ArrayLike<number>): Tested | null {
  const found = describe(values);
  if (!found || found.count < 20 || !Number.isFinite(found.skewness)) {
    return null;
  }
  const statistic = skewScore(found.skewness, found.count) ** 2 + tailScore(found.kurtosis + 3, found.count) ** 2;
  return { statistic, p: chiSquareAbove(statistic, 2) };
}

/** D'Agostino 1970 */
function skewScore(skewness: number, n: number): number {
  const y = skewness * Math.sqrt(((n + 1) * (n + 3)) / (6 * (n - 2)));
  const beta = (3 * (n * n + 27 * n - 70) * (n + 1) * (n + 3)) / ((n - 2) * (n + 5) * (n + 7) * (n + 9));
  const w = -1 + Math.sqrt(2 * (beta - 1));
  const delta = 1 / Math.sqrt(0.5 * Math.log(w));
  const alpha = Math.sqrt(2 / (w - 1));
  return delta * Math.asinh(y / alpha);
}

/** Anscombe & Glynn 1983 */
function tailScore(kurtosis: number, n: number): number {
  const mean = (3 * (n - 1)) / (n + 1);
  const variance = (24 * n * (n - 2) * (n - 3)) / ((n + 1) ** 2 * (n + 3) * (n + 5));
  const x = (kurtosis - mean) / Math.sqrt(variance);
  const skew =
    ((6 * (n * n - 5 * n + 2)) / ((n + 7) * (n + 9))) * Math.sqrt((6 * (n + 3) * (n + 5)) / (n * (n - 2) * (n - 3)));
  const a = 6 + (8 / skew) * (2 / skew + Math.sqrt(1 + 4 / (skew * skew)));
  const base = (1 - 2 / a) / (1 + x * Math.sqrt(2 / (a - 4)));
  const root = Math.sign(base) * Math.cbrt(Math.abs(base));
  return (1 - 2 / (9 * a) - root) / Math.sqrt(2 / (9 * a));
}

export interface Trend extends Tested {
  /** the median rise per step (Sen 1968) */
  slope: number;
}

/**
 * Whether values rise or fall: Mann (1945) & Kendall's test, its variance enlarged for values that hang on to the ones
 * before (Yue & Wang 2004). The statistic is a standard normal score.
 * @param values equally spaced, NaN = missing @returns null for fewer than 8 values
 */
export function trend(values: ArrayLike<number>): Trend | null {
  const known = Array.from(values, (value, t) => ({ t, value })).filter(({ value }) => Number.isFinite(value));
  const n = known.length;
  if (n < 8) {
    return null;
  }
  let score = 0;
  let pairs = 0;
  const slopes = new Float64Array((n * (n - 1)) / 2);
  for (let i = 0; i < n; i++) {
    const from = known[i]!;
    for (let j = i + 1; j < n; j++) {
      const to = known[j]!;
      const rise = to.value - from.value;
      score += Math.sign(rise);
      slopes[pairs++] = rise / (to.t - from.t);
    }
  }
  const slope = median(slopes);
  const variance = scoreVariance(known.map(({ value }) => value)) * persistence(known, slope);
  const statistic = variance > 0 ? (score - Math.sign(score)) / Math.sqrt(variance) : 0;
  return { slope, statistic, p: 2 * normalCdf(-Math.abs(statistic)) };
}

function scoreVariance(values: readonly number[]): number {
  const n = values.length;
  const ties = new Map<number, number>();
  values.forEach((value) => ties.set(value, (ties.get(value) ?? 0) + 1));
  const term = (m: number) => m * (m - 1) * (2 * m + 5);
  return [...ties.values()].reduce((sum, m) => sum - term(m), term(n)) / 18;
}

/** (1 + φ) / (1 - φ) of the neighbours of values less their trend, φ corrected for short series (Yue & Wang 2004). */
function persistence(known: ReadonlyArray<{ t: number; value: number }>, slope: number): number {
  const n = known.length;
  const left = known.map(({ t, value }) => value - slope * t);
  const mean = left.reduce((sum, value) => sum + value, 0) / n;
  let [product, energy] = [0, 0];
  left.forEach((value, i) => {
    energy += (value - mean) ** 2;
    product += i > 0 ? (value - mean) * (left[i - 1]! - mean) : 0;
  });
  const raw = energy > 0 ? product / energy : 0;
  // Negative correlations would make a trend out of little.
  const phi = Math.max(0, Math.min(0.95, raw + (1 + 3 * raw) / n));
  return raw > 0 ? (1 + phi) / (1 - phi) : 1;
}

/**
 * Whether groups differ: Kruskal & Wallis' test on ranks (1952).
 * @returns null with fewer than two groups of values, or when nothing varies
 */
export function groupsDiffer(groups: ReadonlyArray<ArrayLike<number>>): Tested | null {
  const there = groups.map((group) => Array.from(group).filter(Number.isFinite)).filter((group) => group.length > 0);
  const all = there.flat();
  const n = all.length;
  if (there.length < 2 || n < 3) {
    return null;
  }
  const ranked = ranks(all);
  let from = 0;
  let sum = 0;
  for (const group of there) {
    const total = ranked.subarray(from, from + group.length).reduce((a, b) => a + b, 0);
    sum += total ** 2 / group.length;
    from += group.length;
  }
  const ties = new Map<number, number>();
  all.forEach((value) => ties.set(value, (ties.get(value) ?? 0) + 1));
  const correction = 1 - [...ties.values()].reduce((total, m) => total + m ** 3 - m, 0) / (n ** 3 - n);
  if (!(correction > 0)) {
    return null;
  }
  const statistic = ((12 / (n * (n + 1))) * sum - 3 * (n + 1)) / correction;
  return { statistic, p: chiSquareAbove(statistic, there.length - 1) };
}
