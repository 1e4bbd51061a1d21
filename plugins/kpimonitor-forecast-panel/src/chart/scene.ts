import type { Mark } from '@kpi-monitor/model/query/forecast-frames';

import { type Forecast, isKnown } from '../data/forecast';
import type { ForecastOptions } from '../options';

import { edgeOf, spanOf } from './periods';
import { aloneIn, type PlotData, plotData } from './plot-data';
import { type ThresholdLevel, type Thresholds, thresholdsOf } from './thresholds';
import { valueRange } from './value-range';

/** A point in time and value. */
export interface Spot {
  time: number;
  value: number;
}

export interface DrawnMark extends Spot {
  kind: Mark['kind'];
}

/** What a chart shows, in times and values: no pixel is known yet. */
export interface Scene {
  plot: PlotData;
  /** of the axis of time */
  span: [number, number];
  /** of the axis of values */
  range: [number, number];
  /** between what is over and what is not; null when one of them is not shown */
  now: number | null;
  /** corners of the target's steps, a path for each run of periods that have one */
  target: Spot[][];
  thresholds: Thresholds | null;
  marks: DrawnMark[];
  /** values that no line reaches */
  alone: Spot[];
  soFar: Spot[];
  /** of the open period */
  landing: Spot | null;
  /** what is said at the right edge */
  labels: Array<{ of: ThresholdLevel | 'target'; value: number }>;
}

export type Shown = Pick<ForecastOptions, 'bands' | 'showTarget' | 'showThresholds' | 'showMarks'>;

/**
 * @param first row that is shown
 * @returns null when there is nothing to draw
 */
export function sceneOf(forecast: Forecast, first: number, options: Shown): Scene | null {
  const { grain, now, marks } = forecast.facts;
  const plot = plotData(forecast, first);
  const { times, history, soFar } = plot;
  const thresholds = options.showThresholds ? thresholdsOf(forecast) : null;
  const bounds = thresholds?.lines.map(({ value }) => value) ?? [];
  // What has come in so far would flatten the rest: a month begins at nothing. It is drawn once it comes into sight.
  const range = valueRange(
    [
      history,
      plot.forecast,
      ...(options.bands === 'none' ? [] : [plot.lower90, plot.upper90]),
      ...(options.bands === 'both' ? [plot.lower50, plot.upper50] : []),
      ...(options.showTarget ? [plot.target] : []),
    ],
    bounds
  );
  if (!range) {
    return null;
  }
  const over = times.filter((time) => time < now).length;
  const spots = (rows: number[], values: ReadonlyArray<number | null>) =>
    rows.flatMap((row) => (isKnown(values[row]) ? [{ time: times[row]!, value: values[row] }] : []));
  const rowOf = new Map(times.map((time, row) => [time, row]));
  const target = options.showTarget ? stepsOf(plot, grain) : [];
  const lastTarget = target.at(-1)?.at(-1);
  return {
    plot,
    span: spanOf(times, grain),
    range,
    now: over > 0 ? edgeOf(times, over, grain) : null,
    target,
    thresholds,
    marks: !options.showMarks
      ? []
      : marks.flatMap(({ kind, time }) => {
          const value = history[rowOf.get(time) ?? -1];
          return isKnown(value) ? [{ kind, time, value }] : [];
        }),
    alone: spots(aloneIn(history), history),
    soFar: spots([...times.keys()], soFar).filter(({ value }) => value >= range[0] && value <= range[1]),
    landing: spots(rowOf.has(now) ? [rowOf.get(now)!] : [], plot.forecast)[0] ?? null,
    labels: [
      ...(thresholds?.lines ?? []).map(({ level, value }) => ({ of: level, value })),
      ...(lastTarget ? [{ of: 'target' as const, value: lastTarget.value }] : []),
    ].filter(({ value }) => value >= range[0] && value <= range[1]),
  };
}

/** A target holds for its whole period, so it is drawn in steps. */
function stepsOf({ times, target }: PlotData, grain: Parameters<typeof edgeOf>[2]): Spot[][] {
  const runs: Spot[][] = [];
  target.forEach((value, row) => {
    if (!isKnown(value)) {
      return;
    }
    if (row === 0 || !isKnown(target[row - 1])) {
      runs.push([]);
    }
    runs.at(-1)!.push({ time: edgeOf(times, row, grain), value }, { time: edgeOf(times, row + 1, grain), value });
  });
  return runs;
}
