/** Which of the seasons that a series may have it does have. */
import { decompose } from './decompose';
import { median, robustDeviation } from './median';

/** One-sided 95 %: what is taken for a season without being one, one time in twenty. */
const SURE = 1.645;
/** A season of more steps than this is looked for in means of steps: single ones are too noisy to match a year apart. */
const FINE = 60;
const COARSE = 52;
const STRONG = 0.64;

/**
 * Season lengths found in the data, shortest first: the autocorrelation of differences at the length stands out from what
 * the shorter lags explain (Bartlett 1946; the test of the M4 competition), after the shorter seasons are taken out.
 * @param values equally spaced, NaN = missing
 * @param candidates in steps; one of which there are not two in the series is not looked for
 */
export function seasonLengths(values: ArrayLike<number>, candidates: readonly number[]): number[] {
  let found: number[] = [];
  for (const candidate of [...new Set(candidates)].sort((a, b) => a - b)) {
    const length = Math.round(candidate);
    if (length < 2 || values.length < 2 * length) {
      continue;
    }
    const block = length > FINE ? Math.round(length / COARSE) : 1;
    const parts = found.filter((shorter) => length % shorter === 0);
    const others = found.filter((shorter) => length % shorter !== 0 || length > FINE);
    const rest = others.reduce(lessSeason, Float64Array.from(values));
    const blocks = block > 1 ? means(rest, block) : rest;
    const period = Math.round(length / block);
    if (hasSeason(block > 1 ? lessLine(blocks) : differences(blocks), period) || isStrong(blocks, period)) {
      // A year of months holds its quarters; a week of hours is better told apart from its days.
      found = [...(length > FINE ? found : found.filter((shorter) => !parts.includes(shorter))), length];
    }
  }
  return found;
}

function hasSeason(values: Float64Array, period: number): boolean {
  const clipped = clip(values);
  const n = clipped.filter((value) => value === value).length;
  const at = autocorrelations(clipped, period);
  const explained = at.slice(0, period - 1).reduce((sum, r) => sum + r * r, 0);
  const limit = SURE * Math.sqrt((1 + 2 * explained) / n);
  const last = at[period - 1]!;
  // A slow wave is alike at all neighbouring lags too: a season is more alike at its own.
  return last > limit && (period < 4 || last > at[period - 2]!);
}

/** A smooth wave explains itself at short lags; but over four of them nothing else is as strong (Wang et al. 2006). */
function isStrong(values: Float64Array, period: number): boolean {
  if (values.length < 4 * period) {
    return false;
  }
  const [season] = decompose(values, [period]).seasons;
  return season !== undefined && season.strength > STRONG;
}

/** Autocorrelations at lags 1 to `lags` of what is there. */
function autocorrelations(values: Float64Array, lags: number): number[] {
  const there = values.filter((value) => value === value);
  const mean = there.reduce((sum, value) => sum + value, 0) / there.length;
  const energy = there.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return Array.from({ length: lags }, (_, k) => {
    let sum = 0;
    for (let i = k + 1; i < values.length; i++) {
      const product = (values[i]! - mean) * (values[i - k - 1]! - mean);
      sum += product === product ? product : 0;
    }
    return energy > 0 ? sum / energy : 0;
  });
}

/** Values that stand out are drawn in: two of them by chance a season apart would pass for one. */
function clip(values: Float64Array): Float64Array {
  const centre = median(values);
  const reach = 3.5 * robustDeviation(values, centre);
  return reach > 0 ? values.map((value) => Math.max(centre - reach, Math.min(centre + reach, value))) : values;
}

function differences(values: Float64Array): Float64Array {
  return values.slice(1).map((value, i) => value - values[i]!);
}

function means(values: Float64Array, block: number): Float64Array {
  const out = new Float64Array(Math.floor(values.length / block));
  const first = values.length - out.length * block;
  return out.map((_, i) => {
    const part = values.slice(first + i * block, first + (i + 1) * block).filter((value) => value === value);
    return part.length > 0 ? part.reduce((sum, value) => sum + value, 0) / part.length : NaN;
  });
}

function lessLine(values: Float64Array): Float64Array {
  const half = values.length >> 1;
  const rise = median(values.slice(half)) - median(values.slice(0, half));
  return values.map((value, i) => value - (rise * i) / Math.max(1, values.length - half));
}

/** Each place in the season less its median over the seasons, which a line over each season has been taken from. */
function lessSeason(values: Float64Array, length: number): Float64Array {
  const level = values.map((_, i) => {
    const from = Math.max(0, Math.min(values.length - length, i - (length >> 1)));
    return median(values.slice(from, from + length));
  });
  const usual = Array.from({ length }, (_, place) =>
    median(values.map((value, i) => (i % length === place ? value - level[i]! : NaN)))
  );
  return values.map((value, i) => value - (usual[i % length] === usual[i % length] ? usual[i % length]! : 0));
}
