import { median } from '../decomposition/median';

import { withoutGaps } from './gaps';

/** So many times as far from its like as all but the farthest, a value is a slip of somebody's pen rather than news. */
const WILD = 20;
const FARTHEST = 0.02;
/** What lasts longer is no slip. */
const LONGEST = 2;
const LIKE = 3;

/**
 * Values that are off by orders of magnitude (a comma misplaced, a job that ran a thousand times) become missing ones. Milder
 * ones stay, since leaving them out makes forecasts worse.
 * @param values NaN = missing
 * @param holidays of each value; what happens on one has its reason
 */
export function withoutWild(
  values: Float64Array,
  season: number | null,
  holidays: ReadonlyArray<string | null> = []
): Float64Array {
  const filled = withoutGaps(values, season);
  const like = filled.map((_, t) => likeOf(filled, t, season ?? 1));
  // What grows in proportion is far from its like at the end of its growth, but not in proportion.
  const ways = filled.every((value) => value > 0) ? [(x: number) => x, Math.log] : [(x: number) => x];
  const scores = ways.map((way) => {
    const distances = filled.map((value, t) => Math.abs(way(value) - way(like[t]!)));
    const far = distances.toSorted()[distances.length - 1 - Math.ceil(FARTHEST * distances.length)] ?? 0;
    return distances.map((distance) => (far > 0 ? distance / far : 0));
  });
  const isWild = (t: number) => !holidays[t] && scores.every((score) => score[t]! > WILD);
  const out = Float64Array.from(values);
  for (let from = 0; from < out.length; from++) {
    let to = from;
    while (to < out.length && isWild(to)) {
      to += 1;
    }
    if (to - from <= LONGEST) {
      out.fill(NaN, from, to);
    }
    from = Math.max(from, to - 1);
  }
  return out;
}

/** The median of the same place in up to three seasons before and three after. */
function likeOf(values: Float64Array, t: number, season: number): number {
  const found: number[] = [];
  for (let k = -LIKE; k <= LIKE; k++) {
    const at = t + k * season;
    if (k !== 0 && at >= 0 && at < values.length) {
      found.push(values[at]!);
    }
  }
  return found.length > 0 ? median(found) : values[t]!;
}
