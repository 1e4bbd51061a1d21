/** How forecasts are scored: Hyndman & Koehler 2006 (MASE), Gneiting & Raftery 2007 (interval score). */
export interface Interval {
  point: ArrayLike<number>;
  lo: ArrayLike<number>;
  hi: ArrayLike<number>;
}

export interface Scores {
  /** mean absolute error over that of the seasonal naive forecast within the history */
  mase: number;
  /** mean interval score at 90 %, scaled alike */
  msis: number;
  /** share inside the interval, 0–1 */
  coverage: number;
}

const MISS = 2 / 0.1;

/** Mean absolute step from season to season. */
export function scaleOf(past: readonly number[], season: number): number {
  const lag = Math.max(1, season);
  const steps = past
    .slice(lag)
    .map((value, t) => Math.abs(value - past[t]!))
    .filter(Number.isFinite);
  return steps.reduce((sum, step) => sum + step, 0) / steps.length;
}

export function scoresOf({ point, lo, hi }: Interval, actual: readonly number[], scale: number): Scores {
  const known = actual.flatMap((value, h) => (Number.isFinite(value) ? [h] : []));
  const mean = (of: (value: number, h: number) => number) =>
    known.reduce((sum, h) => sum + of(actual[h]!, h), 0) / known.length;
  return {
    mase: mean((value, h) => Math.abs(value - point[h]!)) / scale,
    msis:
      mean((value, h) => hi[h]! - lo[h]! + MISS * (Math.max(0, lo[h]! - value) + Math.max(0, value - hi[h]!))) / scale,
    coverage: mean((value, h) => (value >= lo[h]! && value <= hi[h]! ? 1 : 0)),
  };
}

export interface Summary {
  mase: number;
  relMASE: number;
  relMSIS: number;
  /** 0–100 */
  coverage: number;
}

/** Means over series; `rel` is the geometric mean of the ratio to the seasonal naive forecast, where that is not perfect. */
export function summaryOf(series: ReadonlyArray<{ own: Scores; naive: Scores }>): Summary {
  const mean = (of: (one: { own: Scores; naive: Scores }) => number) =>
    series.reduce((sum, one) => sum + of(one), 0) / series.length;
  const ratio = (of: (scores: Scores) => number) => {
    const logs = series.map(({ own, naive }) => Math.log(of(own) / of(naive))).filter(Number.isFinite);
    return Math.exp(logs.reduce((sum, log) => sum + log, 0) / logs.length);
  };
  return {
    mase: mean(({ own }) => own.mase),
    relMASE: ratio(({ mase }) => mase),
    relMSIS: ratio(({ msis }) => msis),
    coverage: 100 * mean(({ own }) => own.coverage),
  };
}

export function meanScores(folds: readonly Scores[]): Scores {
  const mean = (of: (one: Scores) => number) => folds.reduce((sum, one) => sum + of(one), 0) / folds.length;
  return { mase: mean((one) => one.mase), msis: mean((one) => one.msis), coverage: mean((one) => one.coverage) };
}

/** The last season again, with the interval of a random walk from season to season. */
export function seasonalNaiveOf(past: readonly number[], season: number, horizon: number): Interval {
  const lag = Math.max(1, season);
  const steps = past
    .slice(lag)
    .map((value, t) => value - past[t]!)
    .filter(Number.isFinite);
  const deviation = Math.sqrt(steps.reduce((sum, step) => sum + step ** 2, 0) / steps.length);
  const point = Array.from({ length: horizon }, (_, h) => newest(past, past.length - lag + (h % lag), lag));
  const half = point.map((_, h) => 1.6448536 * deviation * Math.sqrt(1 + Math.floor(h / lag)));
  return { point, lo: point.map((value, h) => value - half[h]!), hi: point.map((value, h) => value + half[h]!) };
}

/** The value at an index, or where it is missing that of the newest season before which has one. */
function newest(past: readonly number[], at: number, lag: number): number {
  for (let i = at; i >= 0; i -= lag) {
    if (Number.isFinite(past[i])) {
      return past[i]!;
    }
  }
  return past.findLast(Number.isFinite) ?? NaN;
}
