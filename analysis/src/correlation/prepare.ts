/** Makes series ready to be compared: what they share by season or trend alone says nothing about each other. */
import { lessSeason, seasonLengths } from '../decomposition/season-lengths';

import { linearFit } from './line';

/**
 * levels: the values as they are. changes: differences between neighbours. adjusted: less the straight line through them.
 * Seasons that are found among the candidates are taken out of the last two first.
 */
export type Preparation = 'levels' | 'changes' | 'adjusted';

/**
 * @param values equally spaced, NaN = missing
 * @param seasons candidates, in steps
 * @returns as many values; the first change is NaN
 */
export function prepare(values: ArrayLike<number>, on: Preparation, seasons: readonly number[]): Float64Array {
  if (on === 'levels') {
    return Float64Array.from(values);
  }
  const adjusted = seasonLengths(values, seasons).reduce(lessSeason, Float64Array.from(values));
  if (on === 'changes') {
    return adjusted.map((value, i) => (i > 0 ? value - adjusted[i - 1]! : NaN));
  }
  const { slope, intercept } = linearFit(
    adjusted.map((_, i) => i),
    adjusted
  );
  return adjusted.map((value, i) => value - intercept - slope * i);
}
