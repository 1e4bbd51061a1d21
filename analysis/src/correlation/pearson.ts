/** Correlation of two series over the steps at which both have a value. */

/** A series made ready for many comparisons: centred, its gaps apart. */
export interface Centred {
  /** values less their mean; 0 where missing */
  values: Float64Array;
  /** 1 where there is a value, else 0; null when none is missing */
  present: Float64Array | null;
  /** sums of `values` and of their squares over the steps before each index */
  sums: Float64Array;
  squares: Float64Array;
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
  const sums = new Float64Array(length + 1);
  const squares = new Float64Array(length + 1);
  for (let i = 0; i < length; i++) {
    if (Number.isFinite(values[i])) {
      out[i] = values[i]! - mean;
      if (present) {
        present[i] = 1;
      }
    }
    sums[i + 1] = sums[i]! + out[i]!;
    squares[i + 1] = squares[i]! + out[i]! * out[i]!;
  }
  return { values: out, present, sums, squares, energy: squares[length]! };
}

export interface Correlation {
  r: number;
  /** steps at which both have a value */
  n: number;
}

/**
 * Pearson's r of x and of y `lag` steps later (`lag` negative: earlier), over their overlap.
 * @returns r NaN when one of them does not vary there or fewer than two steps are left
 */
export function pearsonAt(x: Centred, y: Centred, lag: number): Correlation {
  return x.present || y.present ? gappy(x, y, lag) : complete(x, y, lag, dot(x.values, y.values, lag));
}

/** r at each lag from -maxLag to maxLag; NaN where it is not defined. Several lags at once, since memory is the limit. */
export function pearsonByLag(x: Centred, y: Centred, maxLag: number, out: Float64Array, counts: Int32Array): void {
  const lags = 2 * maxLag + 1;
  let k = 0;
  if (!x.present && !y.present) {
    for (; k + 4 <= lags; k += 4) {
      four(x.values, y.values, k - maxLag);
      for (let j = 0; j < 4; j++) {
        const { r, n } = complete(x, y, k + j - maxLag, FOUR[j]!);
        out[k + j] = r;
        counts[k + j] = n;
      }
    }
  }
  for (; k < lags; k++) {
    const { r, n } = pearsonAt(x, y, k - maxLag);
    out[k] = r;
    counts[k] = n;
  }
}

const FOUR = new Float64Array(4);

/** Sums of products at lags `lag` to `lag + 3`, into FOUR. */
function four(x: Float64Array, y: Float64Array, lag: number): void {
  const n = x.length;
  const from = Math.max(0, -lag);
  const to = Math.min(n, n - lag - 3);
  let [a, b, c, d] = [0, 0, 0, 0];
  for (let i = from; i < to; i++) {
    const value = x[i]!;
    a += value * y[i + lag]!;
    b += value * y[i + lag + 1]!;
    c += value * y[i + lag + 2]!;
    d += value * y[i + lag + 3]!;
  }
  FOUR[0] = a;
  FOUR[1] = b;
  FOUR[2] = c;
  FOUR[3] = d;
  for (let j = 0; j < 4; j++) {
    const shift = lag + j;
    for (let i = Math.max(0, -shift); i < Math.min(from, n); i++) {
      FOUR[j]! += i + shift < n ? x[i]! * y[i + shift]! : 0;
    }
    for (let i = Math.max(to, from); i < Math.min(n, n - shift); i++) {
      FOUR[j]! += x[i]! * y[i + shift]!;
    }
  }
}

function dot(x: Float64Array, y: Float64Array, lag: number): number {
  const end = Math.min(x.length, y.length - lag);
  let sum = 0;
  for (let i = Math.max(0, -lag); i < end; i++) {
    sum += x[i]! * y[i + lag]!;
  }
  return sum;
}

function complete(x: Centred, y: Centred, lag: number, xy: number): Correlation {
  const length = x.values.length;
  const n = length - Math.abs(lag);
  if (n < 2) {
    return { r: NaN, n: Math.max(0, n) };
  }
  const [x0, x1] = lag >= 0 ? [0, n] : [-lag, length];
  const [y0, y1] = lag >= 0 ? [lag, length] : [0, n];
  const sx = x.sums[x1]! - x.sums[x0]!;
  const sy = y.sums[y1]! - y.sums[y0]!;
  const xx = x.squares[x1]! - x.squares[x0]! - (sx * sx) / n;
  const yy = y.squares[y1]! - y.squares[y0]! - (sy * sy) / n;
  return { r: ratio(xy - (sx * sy) / n, xx, yy, x, y), n };
}

function gappy(x: Centred, y: Centred, lag: number): Correlation {
  const length = x.values.length;
  const end = Math.min(length, length - lag);
  let [n, sx, sy, sxx, syy, sxy] = [0, 0, 0, 0, 0, 0];
  for (let i = Math.max(0, -lag); i < end; i++) {
    const j = i + lag;
    if ((x.present && x.present[i] === 0) || (y.present && y.present[j] === 0)) {
      continue;
    }
    const a = x.values[i]!;
    const b = y.values[j]!;
    n += 1;
    sx += a;
    sy += b;
    sxx += a * a;
    syy += b * b;
    sxy += a * b;
  }
  return n < 2 ? { r: NaN, n } : { r: ratio(sxy - (sx * sy) / n, sxx - (sx * sx) / n, syy - (sy * sy) / n, x, y), n };
}

/** What is left of a sum of squares when a series does not vary there is rounding error. */
const ROUNDING = 1e-13;

function ratio(xy: number, xx: number, yy: number, x: Centred, y: Centred): number {
  if (!(xx > x.energy * ROUNDING) || !(yy > y.energy * ROUNDING)) {
    return NaN;
  }
  const r = xy / (Math.sqrt(xx) * Math.sqrt(yy));
  return Math.max(-1, Math.min(1, r));
}
