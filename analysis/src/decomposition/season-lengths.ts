/** Which of the seasons that a series may have it does have. */
import { median, robustDeviation } from './median';
import { usualPlaces } from './usual-places';

/** A season is one when it foretells: what noise reaches in less than one series of twenty, and real seasons exceed. */
const LEAST_GAIN = 0.2;
/** A season of more steps than this is looked for in means of steps: single ones are too noisy to match a year apart. */
const FINE = 60;
const COARSE = 52;

/**
 * Season lengths found in the data, shortest first. A length is found when values are foretold by the same place in the
 * other seasons, after the shorter ones are taken out.
 * @param values equally spaced, NaN = missing
 * @param candidates in steps; one of which there are not two in the series is not looked for
 */
export function seasonLengths(values: ArrayLike<number>, candidates: readonly number[]): number[] {
  let found: number[] = [];
  for (const candidate of [...new Set(candidates.map(Math.round))].sort((a, b) => a - b)) {
    if (candidate < 2 || values.length < 2 * candidate) {
      continue;
    }
    const rest = clip(found.reduce(lessSeason, Float64Array.from(values)));
    const block = candidate > FINE ? Math.round(candidate / COARSE) : 1;
    const { gain } = usualPlaces(block > 1 ? means(rest, block) : rest, Math.round(candidate / block));
    if (gain > LEAST_GAIN) {
      // A year of months holds its quarters; a week of hours is better told apart from its days.
      found = [...(candidate > FINE ? found : found.filter((shorter) => candidate % shorter !== 0)), candidate];
    }
  }
  return found;
}

/** Values that stand out are drawn in: one of them would weigh as much as a season. */
function clip(values: Float64Array): Float64Array {
  const centre = median(values);
  const reach = 6 * robustDeviation(values, centre);
  return reach > 0 ? values.map((value) => Math.max(centre - reach, Math.min(centre + reach, value))) : values;
}

function means(values: Float64Array, block: number): Float64Array {
  const out = new Float64Array(Math.floor(values.length / block));
  const first = values.length - out.length * block;
  return out.map((_, i) => {
    const part = values.slice(first + i * block, first + (i + 1) * block).filter((value) => value === value);
    return part.length > 0 ? part.reduce((sum, value) => sum + value, 0) / part.length : NaN;
  });
}

/**
 * Values less the season of a length. A year of days is smoothed over a month: a day's own noise is not its season.
 */
export function lessSeason(values: Float64Array, length: number): Float64Array {
  const { usual } = usualPlaces(values, length);
  const places = length > FINE ? smoothed(usual, Math.round(length / 24)) : usual;
  return values.map((value, i) => value - places[i % length]!);
}

/** The mean of each place and of `reach` places on either side, round the end. */
function smoothed(places: readonly number[], reach: number): number[] {
  const n = places.length;
  return places.map((_, place) => {
    let sum = 0;
    for (let k = -reach; k <= reach; k++) {
      sum += places[(place + k + n) % n]!;
    }
    return sum / (2 * reach + 1);
  });
}
