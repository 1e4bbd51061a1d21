/** The good candidates together are better than the best of them (Bates & Granger 1969). */
import type { Origin } from './back-test';

/** Candidates whose error is within this many times the least. */
const KEPT = 1.3;

/** Weight of each candidate that is kept, greatest first: in proportion to 1 / error². Sums to 1. */
export function weightsOf(origins: readonly Origin[], names: Iterable<string>): Map<string, number> {
  const errors = new Map<string, number>();
  for (const name of names) {
    if (origins.every(({ forecasts }) => forecasts.has(name))) {
      errors.set(name, meanAbsolute(origins, name));
    }
  }
  const least = Math.min(...errors.values());
  const kept = [...errors].filter(([, error]) => error <= KEPT * least);
  const raw = kept.map(([name, error]): [string, number] => [name, error > 0 ? (least / error) ** 2 : 1]);
  const sum = raw.reduce((total, [, weight]) => total + weight, 0);
  return new Map(raw.map(([name, weight]): [string, number] => [name, weight / sum]).sort((a, b) => b[1] - a[1]));
}

function meanAbsolute(origins: readonly Origin[], name: string): number {
  let sum = 0;
  let count = 0;
  for (const { actual, forecasts } of origins) {
    const forecast = forecasts.get(name)!;
    actual.forEach((value, h) => (sum += Math.abs(value - forecast[h]!)));
    count += actual.length;
  }
  return count > 0 ? sum / count : 1;
}

/** Step by step the weighted median: a candidate that runs away takes nobody along. */
export function combined(
  forecasts: ReadonlyMap<string, Float64Array>,
  weights: ReadonlyMap<string, number>
): Float64Array {
  const parts = [...weights].flatMap(([name, weight]) => {
    const forecast = forecasts.get(name);
    return forecast ? [{ forecast, weight }] : [];
  });
  const all = parts.reduce((sum, { weight }) => sum + weight, 0);
  return parts[0]!.forecast.map((_, h) => {
    const sorted = parts
      .map(({ forecast, weight }) => ({ value: forecast[h]!, weight }))
      .sort((a, b) => a.value - b.value);
    return weightedMedian(sorted, all);
  });
}

/** Between the middles of the weights a straight line, so that no weight makes the value jump. */
function weightedMedian(sorted: ReadonlyArray<{ value: number; weight: number }>, all: number): number {
  let below = 0;
  let before: { middle: number; value: number } | null = null;
  for (const { value, weight } of sorted) {
    const middle = (below + weight / 2) / all;
    if (middle >= 0.5) {
      return before
        ? before.value + ((value - before.value) * (0.5 - before.middle)) / (middle - before.middle)
        : value;
    }
    before = { middle, value };
    below += weight;
  }
  return before!.value;
}
