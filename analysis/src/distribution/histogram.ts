import { quantile } from './describe';

export interface Bin {
  /** half-open [from, to); the last one holds its end */
  from: number;
  to: number;
  count: number;
}

const MOST = 40;

/**
 * Bins with round edges, about as wide as Freedman & Diaconis (1981) say: 2 x interquartile range / cube root of n.
 * @param values NaN = missing @returns none without values; one when nothing varies
 */
export function histogram(values: ArrayLike<number>): Bin[] {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  if (sorted.length === 0) {
    return [];
  }
  const [min, max] = [sorted[0]!, sorted[sorted.length - 1]!];
  if (!(max > min)) {
    return [{ from: min, to: max, count: sorted.length }];
  }
  const spread = quantile(sorted, 0.75) - quantile(sorted, 0.25);
  const wanted = spread > 0 ? (2 * spread) / Math.cbrt(sorted.length) : (max - min) / Math.sqrt(sorted.length);
  const width = roundWidth(Math.max(wanted, (max - min) / MOST));
  const first = Math.floor(min / width);
  const count = Math.max(1, Math.floor(max / width) - first + (max % width === 0 && max / width > first ? 0 : 1));
  const bins = Array.from({ length: count }, (_, i): Bin => ({
    from: edge(first + i, width),
    to: edge(first + i + 1, width),
    count: 0,
  }));
  for (const value of sorted) {
    bins[Math.max(0, Math.min(count - 1, Math.floor(value / width) - first))]!.count += 1;
  }
  return bins;
}

/** The next of 1, 2, 2.5, 5, 10 times a power of ten. */
function roundWidth(wanted: number): number {
  const power = 10 ** Math.floor(Math.log10(wanted));
  return ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= wanted) ?? 10) * power;
}

/** 0.30000000000000004 is 0.3. */
function edge(i: number, width: number): number {
  return Number((i * width).toPrecision(12)) + 0;
}
