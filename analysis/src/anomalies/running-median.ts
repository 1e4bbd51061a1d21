import { middleOf } from '../decomposition/median';

/** Median of the `span` values around each index; near the ends of the nearest whole span. NaN is left out. */
export function runningMedian(values: Float64Array, span: number): Float64Array {
  const n = values.length;
  const width = Math.min(span, n);
  // The window's values in order: one goes and one comes at a time.
  const sorted = new Float64Array(width);
  let count = 0;
  const add = (value: number) => {
    if (value === value) {
      const at = placeOf(sorted, count, value);
      sorted.copyWithin(at + 1, at, count);
      sorted[at] = value;
      count += 1;
    }
  };
  const remove = (value: number) => {
    if (value === value) {
      const at = placeOf(sorted, count, value);
      sorted.copyWithin(at, at + 1, count);
      count -= 1;
    }
  };
  values.subarray(0, width).forEach(add);
  let from = 0;
  return values.map((_, i) => {
    const wanted = Math.max(0, Math.min(n - width, i - (width >> 1)));
    for (; from < wanted; from++) {
      remove(values[from]!);
      add(values[from + width]!);
    }
    return middleOf(sorted, count);
  });
}

/** Index of the first of the sorted values that is not below a value. */
function placeOf(sorted: Float64Array, count: number, value: number): number {
  let [low, high] = [0, count];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle]! < value) {
      low = middle + 1;
    } else {
      high = middle;
    }
  }
  return low;
}
