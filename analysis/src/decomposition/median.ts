/** The middle of the values, the mean of two when their number is even; NaN is left out, and is the answer for none. */
export function median(values: ArrayLike<number>): number {
  const sorted = Float64Array.from(values)
    .filter((value) => value === value)
    .sort();
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** Median distance from the median, scaled so that it is the standard deviation where values are normal. */
export function robustDeviation(values: ArrayLike<number>, centre = median(values)): number {
  return 1.482602218505602 * median(Float64Array.from(values, (value) => Math.abs(value - centre)));
}
