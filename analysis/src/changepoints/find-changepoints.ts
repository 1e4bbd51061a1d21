/** Where a series went over to another level. */
import { expectedOf, type ExpectedOptions } from '../anomalies/expected';
import { runningMedian } from '../anomalies/running-median';
import { steadySlope } from '../anomalies/steady-slope';
import { bridged } from '../decomposition/decompose';
import { median, robustDeviation } from '../decomposition/median';

import { pelt } from './pelt';

export interface Changepoint {
  /** of the first value at the new level */
  index: number;
  /** level before and after, in the values' own unit */
  before: number;
  after: number;
  /** size of the step in standard errors: of the difference between two means of as many values as a level lasts at least */
  severity: number;
}

export interface ChangepointOptions extends ExpectedOptions {
  /** steps that a level lasts at least; default 14, or a sixth of a short series */
  least?: number;
}

const LEAST_VALUES = 24;
/** Values further out are drawn in: a level is not changed by a few of them. */
const CLIP = 3;
/** In units of log n and the variance of means: what comes out is tried again, one by one. */
const PENALTY = 1;
/** The step between the lines before and after, in standard errors: a slope is no step. */
const LEAST_STEP = 2.35;
/** How much of a change is made at once: what goes over slowly is a trend. */
const LEAST_SUDDENNESS = 0.6;
/** Values that hang on to the ones before this much have no steps. */
const SMOOTH = 0.8;
/** In robust standard deviations of single values. */
const LEAST_SIZE = 1;
/** Share of a change that is left when more of either side is looked at. */
const LEAST_LASTING = 0.5;
/** Share of a change that is not that of the season. */
const LEAST_OWN = 0.35;

/**
 * Weekdays, holidays and a steady slope are taken out first, and PELT finds where means change. Where values hang together,
 * more is asked, since persistence looks like small changes. What is found counts when it is a step: large, at once, beyond
 * the slope around it, and not that of every year.
 * @param values equally spaced, NaN = missing
 * @returns in ascending order; none below 24 values
 */
export function findChangepoints(values: ArrayLike<number>, options: ChangepointOptions): Changepoint[] {
  const n = values.length;
  if (Array.from(values).filter(Number.isFinite).length < LEAST_VALUES) {
    return [];
  }
  const least = options.least ?? Math.max(4, Math.min(14, Math.floor(n / 6)));
  const { adjusted, wave, scale } = expectedOf(values, options);
  const filled = bridged(adjusted);
  const slope = steadySlope(filled);
  const flat = filled.map((value, i) => value - slope * i);
  const level = runningMedian(flat, 2 * least + 1);
  const noise = flat.map((value, i) => value - level[i]!);
  const steps = flat.subarray(1).map((value, i) => value - flat[i]!);
  const deviation = Math.max(robustDeviation(noise, 0), robustDeviation(steps, 0) / Math.SQRT2);
  if (!(deviation > 0)) {
    return [];
  }
  const clipped = flat.map(
    (value, i) => level[i]! + Math.max(-CLIP * deviation, Math.min(CLIP * deviation, noise[i]!))
  );
  const rho = Math.max(0, persistence(noise));
  if (rho > SMOOTH) {
    return [];
  }
  const unusual = flat.map((value, i) => value - wave[i]!);
  // A year that is the mean of two takes half of what hangs together with it.
  const absorbed = wave.some((value) => value !== 0) ? 2 : 1;
  const inflation = Math.max((1 + rho) / (1 - rho), inBlocks(unusual, least, deviation) * absorbed);
  const penalty = PENALTY * Math.log(n) * deviation ** 2 * inflation;
  const places = pelt(clipped, penalty, least);
  const isStep = (index: number, k: number) => {
    const from = Math.max(places[k - 1] ?? 0, index - 3 * least);
    const to = Math.min(places[k + 1] ?? n, index + 3 * least);
    return (
      Math.abs(stepAt(clipped, from, index, to)) > LEAST_STEP * deviation * Math.sqrt(inflation) &&
      suddenness(clipped, from, index, to, least) > LEAST_SUDDENNESS
    );
  };
  const sizes = new Map(places.filter(isStep).map((index) => [index, sizeAt(flat, index, least)]));
  const changes = [...sizes].flatMap(([index, size]) => {
    const isLarge = Math.abs(size) > LEAST_SIZE * deviation;
    // What comes back each year is a season; of what came once in two years, half is left.
    const isOfItsOwn = sizeAt(unusual, index, least) / size > LEAST_OWN;
    return isLarge && isOfItsOwn ? [index] : [];
  });
  return changes.map((index, k) => {
    const from = changes[k - 1] ?? 0;
    const to = changes[k + 1] ?? n;
    const levels = (reach: number) => {
      const before = median(filled.subarray(Math.max(from, index - reach), index));
      const after = median(filled.subarray(index, Math.min(to, index + reach)));
      return { before, after };
    };
    const size = sizes.get(index)!;
    const long = levels(4 * least);
    // What lasts a few weeks only is gone from a longer look.
    const { before, after } = (long.after - long.before) / size > LEAST_LASTING ? long : levels(least);
    return {
      index,
      before: scale.back(before),
      after: scale.back(after),
      severity: (Math.abs(size) / deviation) * Math.sqrt(least / 2),
    };
  });
}

function sizeAt(values: Float64Array, index: number, least: number): number {
  return median(values.subarray(index, index + least)) - median(values.subarray(Math.max(0, index - least), index));
}

/**
 * The step at an index of values that rise by one slope before and after, over its standard error, for values whose
 * standard deviation is 1 (analysis of covariance).
 */
function stepAt(values: Float64Array, from: number, index: number, to: number): number {
  const parts = [values.subarray(from, index), values.subarray(index, to)].map((part, p) => {
    const first = p === 0 ? from : index;
    const n = part.length;
    const middle = first + (n - 1) / 2;
    const mean = part.reduce((sum, value) => sum + value, 0) / n;
    const square = (n * (n * n - 1)) / 12;
    const product = part.reduce((sum, value, i) => sum + (first + i - middle) * (value - mean), 0);
    return { n, middle, mean, square, product };
  });
  const [before, after] = parts as [(typeof parts)[0], (typeof parts)[0]];
  const square = before.square + after.square;
  const slope = (before.product + after.product) / square;
  const apart = after.middle - before.middle;
  const step = after.mean - before.mean - slope * apart;
  return step / Math.sqrt(1 / before.n + 1 / after.n + apart ** 2 / square);
}

/** Share of the way to the new level that is made from one half `least` to the next: 1 for a step, a third for a slope. */
function suddenness(values: Float64Array, from: number, index: number, to: number, least: number): number {
  const gap = (reach: number) => {
    const before = values.subarray(Math.max(from, index - reach), index);
    const after = values.subarray(index, Math.min(to, index + reach));
    return median(after) - median(before);
  };
  return gap(least >> 1) / gap((3 * least) >> 1);
}

/** How much more the means of half a level's least length vary, three of them apart, than those of independent values. */
function inBlocks(values: Float64Array, least: number, deviation: number): number {
  const length = Math.max(2, least >> 1);
  const means = Array.from({ length: Math.floor(values.length / length) }, (_, block) => {
    const part = values.subarray(block * length, (block + 1) * length);
    return part.reduce((sum, value) => sum + value, 0) / length;
  });
  const steps = means.slice(APART).map((mean, block) => mean - means[block]!);
  return steps.length > 0 ? (length * (robustDeviation(steps, 0) / deviation) ** 2) / 2 : 1;
}

const APART = 3;

function persistence(values: Float64Array): number {
  let [product, square] = [0, 0];
  for (let i = 1; i < values.length; i++) {
    product += values[i]! * values[i - 1]!;
    square += values[i]! * values[i]!;
  }
  return square > 0 ? product / square : 0;
}
