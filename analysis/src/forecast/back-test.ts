/** How each candidate would have done: forecasts from within the history, beside what came. */
import { CANDIDATES } from './candidates/candidates';
import type { Calendar, Past } from './candidates/candidate';

/** Forecasts of one origin, by candidate. */
export interface Origin {
  at: number;
  actual: Float64Array;
  forecasts: Map<string, Float64Array>;
}

export interface History {
  /** without gaps */
  values: Float64Array;
  seasons: readonly number[];
  calendar?: Calendar;
}

const ORIGINS = 8;
/** No candidate is judged by what it made of fewer values. */
const LEAST_PAST = 8;

/** Every candidate's forecast of the values from `at` on, of those that the past suits. */
export function forecastsFrom({ values, seasons, calendar }: History, at: number, horizon: number) {
  const past: Past = { values: values.subarray(0, at), seasons: seasonsOf(seasons, at), calendar };
  const forecasts = new Map<string, Float64Array>();
  for (const [name, candidate] of CANDIDATES) {
    const forecast = candidate(past, horizon);
    if (forecast?.every((value) => Math.abs(value) < Number.MAX_VALUE / 1e6)) {
      forecasts.set(name, forecast);
    }
  }
  return forecasts;
}

/** Seasons of which there are two to learn from. */
export function seasonsOf(seasons: readonly number[], count: number): number[] {
  return seasons.filter((length) => length > 1 && count >= 2 * length + 2).sort((a, b) => a - b);
}

/** The newest origins first, half a horizon apart; none when the history is too short for one. */
export function backTest(history: History, horizon: number): Origin[] {
  const n = history.values.length;
  const reach = Math.min(horizon, Math.max(1, Math.floor((n - LEAST_PAST) / 2)));
  const seasonal = 2 * (seasonsOf(history.seasons, n - reach)[0] ?? 0) + 2;
  const least = Math.max(LEAST_PAST, seasonal);
  const step = Math.max(1, Math.ceil(reach / 2));
  const origins: Origin[] = [];
  for (let at = n - reach; at >= least && origins.length < ORIGINS; at -= step) {
    const actual = history.values.subarray(at, at + reach);
    origins.push({ at, actual, forecasts: forecastsFrom(history, at, reach) });
  }
  return origins;
}
