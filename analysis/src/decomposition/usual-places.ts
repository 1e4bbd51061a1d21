/** A season as the usual distance of each of its places from the season around it. */
export interface UsualPlaces {
  /** for the place `index % length`; 0 for one without values */
  usual: number[];
  /**
   * how much nearer to each value its place's mean over the *other* seasons is than no season at all, as a share of the
   * squared distance: near 1 for a season that always returns, about 0 or below for none
   */
  gain: number;
}

/** @param values equally spaced, NaN = missing, at least two seasons long */
export function usualPlaces(values: ArrayLike<number>, length: number): UsualPlaces {
  const distances = distancesFromAround(values, length);
  const sums = new Array<number>(length).fill(0);
  const counts = new Array<number>(length).fill(0);
  distances.forEach((distance, i) => {
    if (distance === distance) {
      sums[i % length]! += distance;
      counts[i % length]! += 1;
    }
  });
  let [without, left] = [0, 0];
  distances.forEach((distance, i) => {
    const others = counts[i % length]! - 1;
    if (distance === distance && others > 0) {
      const foretold = (sums[i % length]! - distance) / others;
      without += distance * distance;
      left += (distance - foretold) ** 2;
    }
  });
  const usual = sums.map((sum, place) => (counts[place]! > 0 ? sum / counts[place]! : 0));
  return { usual, gain: without > 0 ? 1 - left / without : 0 };
}

/** What is left of a straight line is rounding error, and no season. */
const ROUNDING = 1e-12;

/** Each value less the mean of the season around it; near the ends, less the nearest whole one carried on by the slope. */
function distancesFromAround(values: ArrayLike<number>, length: number): number[] {
  const n = values.length;
  const means: number[] = [];
  for (let from = 0; from + length <= n; from++) {
    let [sum, count] = [0, 0];
    for (let i = from; i < from + length; i++) {
      if (Number.isFinite(values[i])) {
        sum += values[i]!;
        count += 1;
      }
    }
    means.push(count > 0 ? sum / count : NaN);
  }
  const last = means.length - 1;
  const slope = last > 0 ? (means[last]! - means[0]!) / last : 0;
  // The middle of an even number of steps lies between two.
  const middle = (length - 1) / 2;
  return Array.from({ length: n }, (_, i) => {
    const from = Math.max(0, Math.min(last, i - (length >> 1)));
    const distance = values[i]! - means[from]! - slope * (i - from - middle);
    return Math.abs(distance) > ROUNDING * Math.abs(means[from]!) ? distance : distance * 0;
  });
}
