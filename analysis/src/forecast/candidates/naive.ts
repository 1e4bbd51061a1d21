import type { Candidate } from './candidate';

/** The last season again; without a season the last value. */
export const seasonalNaive: Candidate = ({ values, seasons }, horizon) => {
  const n = values.length;
  const length = Math.min(seasons.at(-1) ?? 1, n);
  return Float64Array.from({ length: horizon }, (_, h) => values[n - length + (h % length)]!);
};

/** The last season again, raised by the mean rise a step. */
export const drift: Candidate = (past, horizon) => {
  const { values, seasons } = past;
  const n = values.length;
  const length = seasons.at(-1) ?? 1;
  if (n < length + 2) {
    return null;
  }
  const rise = (mean(values.subarray(n - length)) - mean(values.subarray(0, length))) / (n - length);
  return seasonalNaive(past, horizon)!.map((value, h) => value + rise * length * (1 + Math.floor(h / length)));
};

/** The median of what the same place in the season was, of late. */
export const recentMedian: Candidate = ({ values, seasons }, horizon) => {
  const length = seasons[0] ?? 1;
  const n = values.length;
  if (n < 4 * length) {
    return null;
  }
  return Float64Array.from({ length: horizon }, (_, h) => {
    const place = (n + h) % length;
    const seen: number[] = [];
    for (let i = n - 1; i >= 0 && seen.length < 6; i--) {
      if (i % length === place) {
        seen.push(values[i]!);
      }
    }
    seen.sort((a, b) => a - b);
    const middle = seen.length >> 1;
    return seen.length % 2 === 1 ? seen[middle]! : (seen[middle - 1]! + seen[middle]!) / 2;
  });
};

function mean(values: Float64Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
