/** The middle of the values, the mean of two when their number is even; NaN is left out, and is the answer for none. */
export function median(values: ArrayLike<number>): number {
  const there = new Float64Array(values.length);
  let count = 0;
  for (let i = 0; i < values.length; i++) {
    const value = values[i]!;
    if (value === value) {
      there[count++] = value;
    }
  }
  return middleOf(there.subarray(0, count).sort(), count);
}

/** @param sorted of which the first `count` are looked at, at least */
export function middleOf(sorted: ArrayLike<number>, count: number): number {
  const middle = count >> 1;
  return count % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

/** What makes a median distance from the median the standard deviation where values are normal. */
export const NORMAL = 1.482602218505602;

/** Median distance from the median, scaled so that it is the standard deviation where values are normal. */
export function robustDeviation(values: ArrayLike<number>, centre = median(values)): number {
  const distances = new Float64Array(values.length);
  for (let i = 0; i < values.length; i++) {
    distances[i] = Math.abs(values[i]! - centre);
  }
  return NORMAL * median(distances);
}
