/** What values are like, in numbers. */
export interface Description {
  count: number;
  mean: number;
  /** of a sample: divided by n - 1; NaN for one value */
  deviation: number;
  min: number;
  lowerQuartile: number;
  median: number;
  upperQuartile: number;
  max: number;
  /** third and fourth moment over powers of the deviation (biased, as in Pearson); NaN where nothing varies */
  skewness: number;
  /** above that of a normal distribution */
  kurtosis: number;
}

/** @param values NaN = missing @returns null without any */
export function describe(values: ArrayLike<number>): Description | null {
  const sorted = Float64Array.from(values).filter(Number.isFinite).sort();
  const n = sorted.length;
  if (n === 0) {
    return null;
  }
  const mean = sorted.reduce((sum, value) => sum + value, 0) / n;
  const moment = (power: number) => sorted.reduce((sum, value) => sum + (value - mean) ** power, 0) / n;
  const variance = moment(2);
  return {
    count: n,
    mean,
    deviation: n > 1 ? Math.sqrt((variance * n) / (n - 1)) : NaN,
    min: sorted[0]!,
    lowerQuartile: quantile(sorted, 0.25),
    median: quantile(sorted, 0.5),
    upperQuartile: quantile(sorted, 0.75),
    max: sorted[n - 1]!,
    skewness: moment(3) / variance ** 1.5,
    kurtosis: moment(4) / variance ** 2 - 3,
  };
}

/** Straight between neighbours (Hyndman & Fan 1996, type 7: that of numpy and of spreadsheets). */
export function quantile(sorted: ArrayLike<number>, share: number): number {
  const place = (sorted.length - 1) * share;
  const below = Math.floor(place);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below]! + (place - below) * (sorted[above]! - sorted[below]!);
}
