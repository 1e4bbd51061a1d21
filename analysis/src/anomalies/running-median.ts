import { median } from '../decomposition/median';

/** Median of the `span` values around each index; near the ends of the nearest whole span. NaN is left out. */
export function runningMedian(values: Float64Array, span: number): Float64Array {
  const width = Math.min(span, values.length);
  return values.map((_, i) => {
    const from = Math.max(0, Math.min(values.length - width, i - (width >> 1)));
    return median(values.subarray(from, from + width));
  });
}
