/** The probability distributions that tests and intervals need. */
import { betaI } from './beta';
import { gammaP, gammaQ } from './gamma';

/** Of a standard normal: the probability of a value below z. */
export function normalCdf(z: number): number {
  if (Number.isNaN(z)) {
    return NaN;
  }
  const half = gammaQ(0.5, (z * z) / 2) / 2;
  return z < 0 ? half : 1 - half;
}

/** The z that a standard normal value is below with probability p, 0 < p < 1; infinite at the ends. */
export function normalQuantile(p: number): number {
  if (!(p > 0 && p < 1)) {
    return p === 0 ? -Infinity : p === 1 ? Infinity : NaN;
  }
  if (p > 0.5) {
    return -normalQuantile(1 - p);
  }
  // Starting from a rational approximation (Abramowitz & Stegun 26.2.23), Halley's method doubles the digits twice over.
  const t = Math.sqrt(-2 * Math.log(p));
  let z = -(
    t -
    (2.515517 + 0.802853 * t + 0.010328 * t * t) / (1 + 1.432788 * t + 0.189269 * t * t + 0.001308 * t ** 3)
  );
  for (let n = 0; n < 4; n++) {
    const error = (normalCdf(z) - p) * Math.sqrt(2 * Math.PI) * Math.exp((z * z) / 2);
    z -= error / (1 + (z * error) / 2);
  }
  return z;
}

/** Probability of a value at least as far from zero as t, either way, under Student's t with `df` > 0 degrees of freedom. */
export function studentTwoSided(t: number, df: number): number {
  return Number.isNaN(t) || !(df > 0) ? NaN : betaI(df / (df + t * t), df / 2, 0.5);
}

/** Probability of a value above x under chi-square. */
export function chiSquareAbove(x: number, df: number): number {
  return gammaQ(df / 2, x / 2);
}

/** Probability of a value below x under chi-square. */
export function chiSquareBelow(x: number, df: number): number {
  return gammaP(df / 2, x / 2);
}

/** Probability of a value above f under Fisher's F. */
export function fisherAbove(f: number, df1: number, df2: number): number {
  return f <= 0 ? 1 : betaI(df2 / (df2 + df1 * f), df2 / 2, df1 / 2);
}
