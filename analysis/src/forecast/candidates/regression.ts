import type { Candidate } from './candidate';
import { smoothing } from './smoothing';

const HARMONICS = 5;
/** A day counts half as much when it is this many days old. */
const HALF_LIFE = 270;
const RIDGE = 3;
const LEAST_DAYS = 60;

/** A regression of days on weekday, the year's waves, holidays, and the level of late; its weights held small (ridge). */
export const regression: Candidate = ({ values, calendar }, horizon) => {
  const n = values.length;
  if (!calendar || n < LEAST_DAYS) {
    return null;
  }
  const hasYear = n >= 500;
  const names = [...new Set(calendar.holidays.slice(0, n).filter((name) => name !== null))];
  const row = (t: number): number[] => {
    const weekdays = [1, 2, 3, 4, 5, 6].map((day) => (calendar.weekday[t] === day ? 1 : 0));
    const waves = hasYear
      ? Array.from({ length: HARMONICS }, (_, k) => 2 * Math.PI * (k + 1) * calendar.yearPhase[t]!).flatMap((x) => [
          Math.sin(x),
          Math.cos(x),
        ])
      : [];
    return [1, ...weekdays, ...waves, ...names.map((name) => (calendar.holidays[t] === name ? 1 : 0))];
  };
  const rows = Array.from({ length: n + horizon }, (_, t) => row(t));
  const trust = Array.from({ length: n }, (_, t) => 0.5 ** ((n - 1 - t) / HALF_LIFE));
  const weights = ridge(rows.slice(0, n), values, trust);
  const fit = (t: number) => rows[t]!.reduce((sum, x, k) => sum + x * weights[k]!, 0);
  // What is left over has a level that moves.
  const rest = smoothing('none')({ values: values.map((value, t) => value - fit(t)), seasons: [] }, horizon)!;
  return rest.map((level, h) => fit(n + h) + level);
};

/** Weighted least squares with a penalty on all weights but the first, by Cholesky's decomposition. */
function ridge(rows: readonly number[][], values: Float64Array, trust: readonly number[]): number[] {
  const k = rows[0]!.length;
  const a = Array.from({ length: k }, () => new Float64Array(k));
  const b = new Float64Array(k);
  rows.forEach((row, t) => {
    for (let i = 0; i < k; i++) {
      if (row[i] !== 0) {
        const weighted = row[i]! * trust[t]!;
        b[i]! += weighted * values[t]!;
        for (let j = 0; j <= i; j++) {
          a[i]![j]! += weighted * row[j]!;
        }
      }
    }
  });
  for (let i = 1; i < k; i++) {
    a[i]![i]! += RIDGE;
  }
  for (let i = 0; i < k; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = a[i]![j]!;
      for (let l = 0; l < j; l++) {
        sum -= a[i]![l]! * a[j]![l]!;
      }
      a[i]![j] = i === j ? Math.sqrt(Math.max(sum, 1e-12)) : sum / a[j]![j]!;
    }
  }
  const y = new Float64Array(k);
  for (let i = 0; i < k; i++) {
    let sum = b[i]!;
    for (let l = 0; l < i; l++) {
      sum -= a[i]![l]! * y[l]!;
    }
    y[i] = sum / a[i]![i]!;
  }
  const x = new Array<number>(k).fill(0);
  for (let i = k - 1; i >= 0; i--) {
    let sum = y[i]!;
    for (let l = i + 1; l < k; l++) {
      sum -= a[l]![i]! * x[l]!;
    }
    x[i] = sum / a[i]![i]!;
  }
  return x;
}
