/** Correlation of two series over the steps at which both have a value. */

/** A series made ready for comparisons: centred, its gaps apart. */
export interface Centred {
  /** values less their mean; 0 where missing */
  values: Float64Array;
  /** 1 where there is a value, else 0; null when none is missing */
  present: Float64Array | null;
  /** sum of squares over all steps: what rounding errors are measured by */
  energy: number;
}

/** @param values equally spaced, NaN = missing */
export function centred(values: ArrayLike<number>): Centred {
  const length = values.length;
  let sum = 0;
  let count = 0;
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(values[i])) {
      sum += values[i]!;
      count += 1;
    }
  }
  const mean = count > 0 ? sum / count : 0;
  const out = new Float64Array(length);
  const present = count < length ? new Float64Array(length) : null;
  let energy = 0;
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(values[i])) {
      out[i] = values[i]! - mean;
      energy += out[i]! * out[i]!;
      if (present) {
        present[i] = 1;
      }
    }
  }
  return { values: out, present, energy };
}

/** Pearson's r of two whole series at the same steps; NaN when one of them does not vary. */
export function pearson(x: Centred, y: Centred): number {
  return cosine(dot(x.values, y.values), deviationOf(x.energy, 0, x), deviationOf(y.energy, 0, y));
}

/** What is left of a sum of squares when a series does not vary there is rounding error. */
const ROUNDING = 1e-13;

/** Root of a sum of squares about the mean; NaN when the series does not vary there. */
export function deviationOf(squares: number, aboutMean: number, { energy }: Centred): number {
  const rest = squares - aboutMean;
  return rest > energy * ROUNDING ? Math.sqrt(rest) : NaN;
}

export function cosine(xy: number, x: number, y: number): number {
  return Math.max(-1, Math.min(1, xy / (x * y)));
}

/** Sum of products of the steps that both have. Four sums beside each other: each has to wait for its last addition. */
export function dot(x: Float64Array, y: Float64Array): number {
  const end = Math.min(x.length, y.length);
  let a = 0;
  let b = 0;
  let c = 0;
  let d = 0;
  let i = 0;
  for (; i + 3 < end; i += 4) {
    a += x[i]! * y[i]!;
    b += x[i + 1]! * y[i + 1]!;
    c += x[i + 2]! * y[i + 2]!;
    d += x[i + 3]! * y[i + 3]!;
  }
  for (; i < end; i++) {
    a += x[i]! * y[i]!;
  }
  return a + b + c + d;
}
