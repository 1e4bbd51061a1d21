/** The value of a line of steps over any span of time, by the KPI's aggregate; sums and means in constant time. */
import type { TimeAggregate } from '../catalogue/schema';

import type { Steps } from './steps';

export interface SpanValue {
  /** null when nothing is known, or it may not be computed */
  value: number | null;
  /** total weight (observations) behind a weighted mean */
  weight: number | null;
  /** share of the expected values of the steps that are over, 0–1 */
  completeness: number;
  /** why there is no value, else empty */
  reason: string;
}

export interface Spans {
  steps: Steps;
  /** Half-open [from, to) of store time; steps from `due` on are not over yet and are not missed. */
  over(from: number, to: number): SpanValue;
}

/** @param due the first step that is not over */
export function createSpans(steps: Steps, how: TimeAggregate, due: number): Spans {
  const { grid, values, present, expected } = steps;
  const n = values.length;
  const isWeighted = how === 'weighted_mean' && steps.weights !== null;
  const sums = new Float64Array(n + 1);
  const weights = new Float64Array(n + 1);
  const counts = new Float64Array(n + 1);
  const shares = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    const has = !Number.isNaN(values[i]!);
    const weight = isWeighted ? steps.weights![i]! : 1;
    sums[i + 1] = sums[i]! + (has ? values[i]! * weight : 0);
    weights[i + 1] = weights[i]! + (has ? weight : 0);
    counts[i + 1] = counts[i]! + (has ? 1 : 0);
    shares[i + 1] = shares[i]! + (has ? present[i]! / expected[i]! : 0);
  }
  const between = (prefix: Float64Array, a: number, b: number) => prefix[b]! - prefix[a]!;

  const complete = (from: number, to: number): number => {
    const dueEnd = Math.min(to, due);
    if (dueEnd <= from) {
      return to > from && between(counts, clamp(from), clamp(to)) > 0 ? 1 : 0;
    }
    if (how === 'last') {
      const i = dueEnd - 1;
      return i >= 0 && i < n && !Number.isNaN(values[i]!) ? present[i]! / expected[i]! : 0;
    }
    // Each step counts alike: before the first value nobody knows how many members were to be expected.
    const share = between(shares, clamp(from), clamp(dueEnd)) / (dueEnd - from);
    // Differences of running sums miss 1 by a last digit.
    return Math.round(share * 1e9) / 1e9;
  };
  const clamp = (i: number) => Math.max(0, Math.min(n, i));

  const aggregate = (a: number, b: number): number => {
    switch (how) {
      case 'sum':
        return between(sums, a, b);
      case 'mean':
      case 'weighted_mean':
        return between(sums, a, b) / between(weights, a, b);
      case 'min':
      case 'max': {
        let best = NaN;
        for (let i = a; i < b; i++) {
          const value = values[i]!;
          if (!Number.isNaN(value) && (Number.isNaN(best) || (how === 'min' ? value < best : value > best))) {
            best = value;
          }
        }
        return best;
      }
      case 'last':
      case 'none':
        for (let i = b - 1; i >= a; i--) {
          if (!Number.isNaN(values[i]!)) {
            return values[i]!;
          }
        }
        return NaN;
    }
  };

  return {
    steps,
    over(fromTime, toTime) {
      const from = grid.indexOf(fromTime);
      const to = grid.ceil(toTime);
      const a = clamp(from);
      const b = clamp(to);
      const completeness = complete(from, to);
      if (b <= a || between(counts, a, b) === 0) {
        return { value: null, weight: null, completeness, reason: 'no value has arrived' };
      }
      const value = aggregate(a, b);
      return {
        value: Number.isFinite(value) ? value : null,
        weight: isWeighted ? between(weights, a, b) : null,
        completeness,
        reason: Number.isFinite(value) ? '' : 'its weights add up to zero',
      };
    },
  };
}
