/** Values that stand out from what was to be expected, alone or as a run of days that are all a little odd. */
import { type Expected, expectedOf, type ExpectedOptions } from './expected';

export interface Anomaly {
  index: number;
  value: number;
  expected: number;
  /** distance in robust standard deviations, above zero; of a run, that of its sum */
  severity: number;
  direction: 'above' | 'below';
}

export interface Anomalies {
  /** what was expected, and the band of what is usual, in the values' own unit */
  expected: Float64Array;
  lower: Float64Array;
  upper: Float64Array;
  /** most severe first */
  anomalies: Anomaly[];
  /** lengths of the seasons that were taken into account, in steps, shortest first */
  seasons: number[];
}

export interface AnomalyOptions extends ExpectedOptions {
  /** robust standard deviations from which a value stands out; default 4.5: normal noise does so once in 150,000 */
  from?: number;
}

const LEAST_VALUES = 12;
/** Lengths of runs that are looked for, in steps. */
const RUNS = [3, 5, 7, 10];
/** A run is looked for at many places and lengths: more is asked of it. */
const RUN_FACTOR = 1.45;
const PERSISTENT = 0.5;
/** What a single step adds to a run at most, so that one odd day is no run. */
const STEP_MOST = 3.5;

/**
 * @param values equally spaced, NaN = missing
 * @returns null for fewer than twelve values: nothing is known to be usual yet
 */
export function findAnomalies(values: ArrayLike<number>, options: AnomalyOptions): Anomalies | null {
  if (Array.from(values).filter(Number.isFinite).length < LEAST_VALUES) {
    return null;
  }
  const { from = 4.5 } = options;
  const found = expectedOf(values, options);
  const distance = Float64Array.from(values, (value, i) => (found.isJudged[i] ? distanceOf(value, i, found) : 0));
  const rho = persistence(distance);
  const deviation = Math.sqrt((1 + rho) / (1 - rho));
  const scores = distance.map((value) => value / deviation);
  const severity = scores.map((score) => (Math.abs(score) > from ? Math.abs(score) : 0));
  // Where values hang on to the ones before, every run is a little odd.
  for (const length of rho < PERSISTENT ? RUNS : []) {
    addRuns(severity, scores, length, RUN_FACTOR * from);
  }
  const at = (i: number, times: number) =>
    found.scale.back(found.expected[i]! + times * deviation * found.deviation[i]!);
  const anomalies = Array.from(values, (value, index): Anomaly => {
    const direction = scores[index]! > 0 ? 'above' : 'below';
    return { index, value, expected: at(index, 0), severity: severity[index]!, direction };
  }).filter((one) => one.severity > 0);
  return {
    expected: found.expected.map((_, i) => at(i, 0)),
    lower: found.expected.map((_, i) => at(i, -from)),
    upper: found.expected.map((_, i) => at(i, from)),
    anomalies: anomalies.sort((a, b) => b.severity - a.severity || a.index - b.index),
    seasons: found.seasons,
  };
}

/** Values that are the same but for rounding have no deviation, and no anomalies either. */
const ROUNDING = 1e-9;

/** In robust standard deviations, with its sign. */
function distanceOf(value: number, i: number, { scale, expected, deviation }: Expected): number {
  const distance = scale.to(value) - expected[i]!;
  if (Math.abs(distance) <= ROUNDING * Math.max(Math.abs(expected[i]!), Number.MIN_VALUE)) {
    return 0;
  }
  return distance / Math.max(deviation[i]!, ROUNDING * Math.abs(expected[i]!), Number.MIN_VALUE);
}

/** Correlation of neighbours, 0–0.95, of which few odd ones are no part. */
function persistence(distance: Float64Array): number {
  const clipped = distance.map((value) => Math.max(-2, Math.min(2, value)));
  let [product, square] = [0, 0];
  for (let i = 1; i < clipped.length; i++) {
    product += clipped[i]! * clipped[i - 1]!;
    square += clipped[i]! ** 2;
  }
  return square > 0 ? Math.max(0, Math.min(0.95, product / square)) : 0;
}

/** Marks the steps of runs whose sum stands out. */
function addRuns(severity: Float64Array, scores: Float64Array, length: number, from: number): void {
  for (let start = 0; start + length <= scores.length; start++) {
    let sum = 0;
    for (let i = start; i < start + length; i++) {
      sum += Math.max(-STEP_MOST, Math.min(STEP_MOST, scores[i]!));
    }
    const score = Math.abs(sum) / Math.sqrt(length);
    if (score > from) {
      for (let i = start; i < start + length; i++) {
        if (scores[i]! * sum > 0) {
          severity[i] = Math.max(severity[i]!, score / RUN_FACTOR);
        }
      }
    }
  }
}
