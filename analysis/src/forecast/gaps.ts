import { bridged } from '../decomposition/decompose';

/** Missing values (NaN) are those of a season before or after, on the level around; else on a straight line. */
export function withoutGaps(values: Float64Array, season: number | null): Float64Array {
  const filled = bridged(values);
  if (season === null || filled.length < 2 * season) {
    return filled;
  }
  return filled.map((value, t) => {
    if (Number.isFinite(values[t])) {
      return value;
    }
    const other = [t - season, t + season].find((i) => Number.isFinite(values[i]));
    return other === undefined ? value : values[other]! + levelAt(filled, t, season) - levelAt(filled, other, season);
  });
}

/** Mean of the season's length around. */
function levelAt(values: Float64Array, t: number, season: number): number {
  const from = Math.min(Math.max(0, t - (season >> 1)), values.length - season);
  return values.subarray(from, from + season).reduce((sum, value) => sum + value, 0) / season;
}
