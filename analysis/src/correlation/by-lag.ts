/** Pearson's r of one series with another some steps later, at every lag at once. */
import { laggedProducts, planLags, spectraOf, type LagPlan, type Spectra } from './lagged-products';
import { cosine, deviationOf, type Centred } from './pearson';

/** A series made ready to be compared at many lags. */
export interface Shiftable {
  of: Centred;
  values: Spectra;
  /** what is left at each lag from 0 on without as many of the last values, and without as many of the first */
  head: Rest;
  tail: Rest;
  /** of its squares, and of the steps at which it has a value: needed beside a series with gaps */
  squares: () => Spectra;
  present: () => Spectra;
}

interface Rest {
  sum: Float64Array;
  /** root of the sum of squares about the mean; NaN where it does not vary */
  deviation: Float64Array;
}

export interface ByLag {
  ready: (of: Centred) => Shiftable;
  /** r of x and y `lag` steps later at `lag + maxLag`, NaN where it is not defined; and the number of steps that both have */
  compare: (x: Shiftable, y: Shiftable) => { r: Float64Array; counts: Int32Array };
}

/** For series of one length. What `compare` gives is written anew by its next call. */
export function byLag(length: number, maxLag: number): ByLag {
  const plan = planLags(length, maxLag);
  const lags = 2 * maxLag + 1;
  const answer = { r: new Float64Array(lags), counts: new Int32Array(lags) };
  const sums = Array.from({ length: 6 }, () => new Float64Array(lags)) as Sums;
  return {
    ready: (of) => ready(of, plan),
    compare: (x, y) => {
      if (x.of.present || y.of.present) {
        gappy(x, y, plan, sums, answer);
      } else {
        whole(x, y, plan, sums[0], answer);
      }
      return answer;
    },
  };
}

type Sums = [Float64Array, Float64Array, Float64Array, Float64Array, Float64Array, Float64Array];

function ready(of: Centred, plan: LagPlan): Shiftable {
  const { values, present } = of;
  const once = (make: () => Float64Array) => {
    let made: Spectra | undefined;
    return () => (made ??= spectraOf(make(), plan));
  };
  return {
    of,
    values: spectraOf(values, plan),
    head: restOf(of, plan.maxLag),
    tail: restOf({ ...of, values: values.toReversed() }, plan.maxLag),
    squares: once(() => values.map((value) => value * value)),
    present: once(() => present ?? new Float64Array(values.length).fill(1)),
  };
}

/** Without the last values, none to `maxLag` of them. */
function restOf(of: Centred, maxLag: number): Rest {
  const { values } = of;
  const sum = new Float64Array(maxLag + 1);
  const deviation = new Float64Array(maxLag + 1);
  let total = 0;
  let squares = 0;
  values.forEach((value, i) => {
    total += value;
    squares += value * value;
    const lag = values.length - 1 - i;
    if (lag <= maxLag) {
      sum[lag] = total;
      deviation[lag] = deviationOf(squares, (total * total) / (i + 1), of);
    }
  });
  return { sum, deviation };
}

function whole(
  x: Shiftable,
  y: Shiftable,
  plan: LagPlan,
  xy: Float64Array,
  { r, counts }: { r: Float64Array; counts: Int32Array }
): void {
  const { length, maxLag } = plan;
  laggedProducts(x.values, y.values, plan, xy);
  for (let lag = 0; lag <= maxLag; lag++) {
    const n = Math.max(0, length - lag);
    counts[maxLag + lag] = n;
    counts[maxLag - lag] = n;
    r[maxLag + lag] = overlapping(xy[maxLag + lag]!, x.head, y.tail, lag, n);
    r[maxLag - lag] = overlapping(xy[maxLag - lag]!, x.tail, y.head, lag, n);
  }
}

function overlapping(xy: number, x: Rest, y: Rest, lag: number, n: number): number {
  return n < 2 ? NaN : cosine(xy - (x.sum[lag]! * y.sum[lag]!) / n, x.deviation[lag]!, y.deviation[lag]!);
}

function gappy(
  x: Shiftable,
  y: Shiftable,
  plan: LagPlan,
  [n, sx, sy, sxx, syy, sxy]: Sums,
  { r, counts }: { r: Float64Array; counts: Int32Array }
): void {
  laggedProducts(x.present(), y.present(), plan, n);
  laggedProducts(x.values, y.present(), plan, sx);
  laggedProducts(x.present(), y.values, plan, sy);
  laggedProducts(x.squares(), y.present(), plan, sxx);
  laggedProducts(x.present(), y.squares(), plan, syy);
  laggedProducts(x.values, y.values, plan, sxy);
  for (let k = 0; k < r.length; k++) {
    const count = Math.round(n[k]!);
    counts[k] = count;
    r[k] =
      count < 2
        ? NaN
        : cosine(
            sxy[k]! - (sx[k]! * sy[k]!) / count,
            deviationOf(sxx[k]!, (sx[k]! * sx[k]!) / count, x.of),
            deviationOf(syy[k]!, (sy[k]! * sy[k]!) / count, y.of)
          );
  }
}
