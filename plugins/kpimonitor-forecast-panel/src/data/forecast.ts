import type { Field } from '@grafana/data';
import type { ForecastFacts } from '@kpi-monitor/model/query/forecast-frames';

export type Values = ReadonlyArray<number | null>;

export type Edge = 'lower50' | 'upper50' | 'lower90' | 'upper90';

/** Where one KPI, or one slice of it, is going. Columns have one value a period, oldest first. */
export interface Forecast extends Record<Edge, Values> {
  key: string;
  /** the KPI's name, with its slice */
  title: string;
  facts: ForecastFacts;
  /** starts of the periods, epoch milliseconds */
  times: readonly number[];
  value: Values;
  forecast: Values;
  target: Values;
  /** how its values are written */
  field: Field | undefined;
  /** where its own data link leads */
  href: string | undefined;
}

/** All that it says, as text: two of one text are drawn and written alike. */
export function saidBy({ field, ...told }: Forecast): string {
  return JSON.stringify([told, field?.type, field?.config]);
}

/** What is expected of a period. */
export interface Landing extends Record<Edge, number | null> {
  time: number;
  expected: number;
  target: number | null;
  /** what came in already */
  soFar: number | null;
}

/** Of the open period; null where it is not forecast. */
export function landingOf(forecast: Forecast): Landing | null {
  return landingAt(forecast, forecast.times.indexOf(forecast.facts.now));
}

/** Of the last period that is forecast; null when that is the open one, or there is none. */
export function furthestOf(forecast: Forecast): Landing | null {
  const last = forecast.forecast.findLastIndex(isKnown);
  return last >= 0 && forecast.times[last]! > forecast.facts.now ? landingAt(forecast, last) : null;
}

function landingAt(forecast: Forecast, index: number): Landing | null {
  const at = (values: Values) => values[index] ?? null;
  const expected = at(forecast.forecast);
  if (expected === null) {
    return null;
  }
  return {
    time: forecast.times[index]!,
    expected,
    lower50: at(forecast.lower50),
    upper50: at(forecast.upper50),
    lower90: at(forecast.lower90),
    upper90: at(forecast.upper90),
    target: at(forecast.target),
    soFar: at(forecast.value),
  };
}

export function isKnown(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
