import { type Edge, type Forecast, isKnown, type Values } from '../data/forecast';

/** Columns of a plot, in the order in which they are drawn: what is most certain last. */
export const COLUMNS = ['lower90', 'upper90', 'lower50', 'upper50', 'target', 'history', 'forecast'] as const;
export type Column = (typeof COLUMNS)[number];

/** What of a forecast is drawn, a value a period. */
export interface PlotData extends Record<Column, Values> {
  times: readonly number[];
  /** row of the forecast that the first one is */
  first: number;
  /** what came in of periods that are not over */
  soFar: Values;
  /** the last row that is known: the forecast starts from there */
  anchor: number | null;
}

/** @param first row that is shown */
export function plotData(forecast: Forecast, first: number): PlotData {
  const times = forecast.times.slice(first);
  const cut = (values: Values) => times.map((_, i) => known(values[first + i]));
  const isOver = (time: number) => time < forecast.facts.now;
  const value = cut(forecast.value);
  const expected = cut(forecast.forecast);
  const history = value.map((one, i) => (isOver(times[i]!) ? one : null));
  const begins = expected.findIndex(isKnown);
  const anchor = begins > 0 && isKnown(history[begins - 1]) ? begins - 1 : null;
  const joined = (values: Values) => values.map((one, i) => (i === anchor ? history[i]! : one));
  const edge = (name: Edge) => joined(cut(forecast[name]));
  return {
    times,
    first,
    lower90: edge('lower90'),
    upper90: edge('upper90'),
    lower50: edge('lower50'),
    upper50: edge('upper50'),
    target: cut(forecast.target),
    history,
    forecast: joined(expected),
    soFar: value.map((one, i) => (isOver(times[i]!) ? null : one)),
    anchor,
  };
}

/** Rows with a value that no line reaches. */
export function aloneIn(values: Values): number[] {
  return values.flatMap((value, i) =>
    isKnown(value) && !isKnown(values[i - 1]) && !isKnown(values[i + 1]) ? [i] : []
  );
}

function known(value: number | null | undefined): number | null {
  return isKnown(value) ? value : null;
}
