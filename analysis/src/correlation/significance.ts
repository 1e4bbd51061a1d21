/** How likely a correlation is to come about by chance. */
import { studentTwoSided } from '../probability/distributions';

import { dot, type Centred } from './pearson';

/** How a series hangs together with its own past. */
export interface Persistence {
  /** autocorrelations at steps 1 to a fifth of the length (Pyper & Peterman 1998) */
  acf: Float64Array;
  /** autocorrelation at one step, corrected for its bias in short series: r + (1 + 4 r) / n (Kendall 1954) */
  phi: number;
}

/** Of a series as `centred` makes it. */
export function persistenceOf({ values, present, energy }: Centred): Persistence {
  const length = values.length;
  const count = present ? present.reduce((sum, one) => sum + one, 0) : length;
  const acf = new Float64Array(Math.floor(length / 5));
  for (let lag = 1; lag <= acf.length; lag++) {
    const pairs = present ? dot(present.subarray(lag), present) : length - lag;
    acf[lag - 1] = energy > 0 && pairs > 0 ? dot(values.subarray(lag), values) / pairs / (energy / count) : 0;
  }
  const pairs = present ? dot(present.subarray(1), present) : length - 1;
  const r = energy > 0 && pairs > 0 ? ((dot(values.subarray(1), values) / pairs) * (count - 1)) / energy : 0;
  return { acf, phi: count > 0 ? Math.min(0.999, r + (1 + 4 * r) / count) : 0 };
}

/**
 * How many independent values n values of two persistent series are worth, at most n. The smaller of two estimates:
 * by all autocorrelations (Pyper & Peterman 1998, eq. 1), and by those at one step, corrected for their bias (Bartlett
 * 1935), without which random walks seem related far too often.
 */
export function effectiveSize(n: number, x: Persistence, y: Persistence): number {
  const lags = Math.min(x.acf.length, y.acf.length, Math.floor(n / 5));
  let sum = 0;
  for (let k = 1; k <= lags; k++) {
    sum += ((n - k) / n) * x.acf[k - 1]! * y.acf[k - 1]!;
  }
  const product = x.phi * y.phi;
  const byAll = n / Math.max(1, 1 + 2 * sum);
  const byFirst = product > 0 ? (n * (1 - product)) / (1 + product) : n;
  return Math.min(byAll, byFirst);
}

/** Two-sided p of Pearson's or Spearman's r over n independent values; NaN below three. */
export function pOf(r: number, n: number): number {
  const df = n - 2;
  if (!(df > 0) || Number.isNaN(r)) {
    return NaN;
  }
  return Math.abs(r) >= 1 ? 0 : studentTwoSided(r * Math.sqrt(df / (1 - r * r)), df);
}

/** Below this many independent values nothing can be said. */
const LEAST = 2.5;

/** p of r over n values that are worth `effective`; 1 when they are worth too little to say anything. */
export function pOfPersistent(r: number, effective: number): number {
  return Number.isNaN(r) ? NaN : effective < LEAST ? 1 : pOf(r, effective);
}

/**
 * p of the best of several tries (Šidák 1967). Neighbouring lags of persistent series are nearly the same try: they count
 * in the proportion that values count.
 */
export function pOfBest(p: number, lags: number, share: number): number {
  const tries = 1 + (lags - 1) * share;
  return -Math.expm1(tries * Math.log1p(-Math.min(p, 1 - 1e-16)));
}

/** The least rate of false discoveries at which each would be one (Benjamini & Hochberg 1995). NaN stays NaN. */
export function falseDiscoveryRates(ps: readonly number[]): number[] {
  const order = ps.map((_, i) => i).filter((i) => !Number.isNaN(ps[i]!));
  order.sort((a, b) => ps[b]! - ps[a]!);
  const out = new Array<number>(ps.length).fill(NaN);
  let least = 1;
  order.forEach((i, place) => {
    least = Math.min(least, (ps[i]! * order.length) / (order.length - place));
    out[i] = least;
  });
  return out;
}
