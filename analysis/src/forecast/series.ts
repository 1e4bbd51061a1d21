/** What is forecast, and what comes of it. */
import type { Calendar } from './candidates/candidate';

export interface ForecastSeries {
  /** equally spaced, oldest first; NaN = missing */
  values: ArrayLike<number>;
  /** lengths of seasons that there may be, in steps: 7 for days, 24 and 168 for hours; empty for none */
  seasons: readonly number[];
  /** steps ahead, at least 1 */
  horizon: number;
  /** what a value can be at least and at most */
  bounds?: { min?: number; max?: number };
  /** of each step of values and horizon, where steps are days */
  calendar?: Calendar;
}

export interface Band {
  lower: Float64Array;
  upper: Float64Array;
}

/** A forecast in the past, beside what came. */
export interface BackTestPoint {
  /** index of the first value that was forecast */
  origin: number;
  /** 1 for the first step after the origin */
  step: number;
  forecast: number;
  actual: number;
}

export interface ForecastFit {
  state: 'ready';
  /** of each step ahead */
  point: Float64Array;
  band50: Band;
  band90: Band;
  /** what was combined, greatest weight first; weights sum to 1 */
  models: Array<{ name: string; weight: number }>;
  /** how good it was on origins within the history */
  error: {
    /** mean absolute error over that of the seasonal naive forecast on the same origins; null when that made none */
    relativeToNaive: number | null;
    /** mean absolute percentage error, 0–100; null where values are zero */
    mape: number | null;
    /** share of actual values inside the 90 % band, 0–100 */
    coverage: number | null;
    origins: number;
  };
  /** mean correlation of the errors of two steps of one forecast, 0–1: 1 when all are off together */
  together: number;
  backTest: BackTestPoint[];
  /** length of the longest season that was used, in steps; null without one */
  season: number | null;
}

export interface ForecastRefusal {
  state: 'refused';
  /** how many values there are, and how many it takes */
  has: number;
  needs: number;
}
