/** How uPlot draws a scene: its scales, axes, series and bands, and what is painted around them. */
import type { GrafanaTheme2 } from '@grafana/data';
import { AxisPlacement, GraphDrawStyle, ScaleDirection, ScaleOrientation, VisibilityMode } from '@grafana/schema';
import { UPlotConfigBuilder } from '@grafana/ui';
import { type Grain, isCivil } from '@kpi-monitor/model/time/grain';
import type uPlot from 'uplot';

import type { Bands } from '../options';

import { LABEL_TEXT, type Look, paintAbove, paintBelow } from './paint';
import { planeOf } from './plane';
import { type Column, COLUMNS } from './plot-data';
import type { Scene } from './scene';
import { type TickUnit, timeTicks } from './time-ticks';

interface Given {
  scene: Scene;
  grain: Grain;
  bands: Bands;
  theme: GrafanaTheme2;
  /** of instants; dates of a day or longer are civil */
  timeZone: string;
  look: Look;
  hasValueAxis: boolean;
  writeTick: (value: number, ticks: readonly number[]) => string;
  writeDate: (time: number, unit: TickUnit) => string;
  /** ids of what names and tells the chart */
  labelledBy: string;
}

const DATE_ROOM = 66;
const VALUE_ROOM = { large: 34, small: 24 };
/** The same in all small charts, so that their times stand below each other. */
const VALUE_WIDTH = 50;
/** Of the word at now, above the plane. */
const TOP = 16;
/** Columns with a dot under the pointer. */
const POINTED = new Set<Column>(['history', 'forecast']);
const POINT = 8;
const DASH = [6, 4];
const BAND_EDGES = new Set<Column>(['lower50', 'upper50', 'lower90', 'upper90']);

export function plotConfig(given: Given): UPlotConfigBuilder {
  const { scene, grain, timeZone, look } = given;
  const builder = new UPlotConfigBuilder(isCivil(grain) ? 'utc' : timeZone);
  builder.addScale({
    scaleKey: 'x',
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => scene.span,
  });
  builder.addScale({
    scaleKey: 'y',
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    range: () => scene.range,
  });
  addAxes(builder, given);
  addSeries(builder, given);
  builder.setPadding([TOP, labelRoom(scene, look), 0, given.hasValueAxis ? 0 : 8]);
  builder.setCursor({ points: { size: (_plot, series) => (POINTED.has(COLUMNS[series - 1]!) ? POINT : 0) }, y: false });
  builder.addHook('drawClear', (plot) => paintBelow(plot.ctx, planeOf(plot), scene, look));
  builder.addHook('draw', (plot) => paintAbove(plot.ctx, planeOf(plot), scene, look));
  builder.addHook('init', ({ root }) => {
    root.setAttribute('role', 'img');
    root.setAttribute('aria-labelledby', given.labelledBy);
  });
  return builder;
}

/** What uPlot draws, in the order of `COLUMNS`. */
export function plotColumns({ plot }: Scene): uPlot.AlignedData {
  return [plot.times, ...COLUMNS.map((column) => plot[column])] as unknown as uPlot.AlignedData;
}

function addSeries(builder: UPlotConfigBuilder, { theme, bands, look: { palette } }: Given): void {
  const common = { scaleKey: 'y', theme, showPoints: VisibilityMode.Never, drawStyle: GraphDrawStyle.Line };
  for (const column of COLUMNS) {
    if (BAND_EDGES.has(column)) {
      const isShown = bands === 'both' || (bands === '90' && column.endsWith('90'));
      builder.addSeries({ ...common, lineWidth: 0, lineColor: 'transparent', show: isShown });
    } else if (column === 'target') {
      // Painted in steps that uPlot's own would begin half a period late.
      builder.addSeries({ ...common, lineColor: palette.target, lineWidth: 1, pathBuilder: () => null });
    } else if (column === 'history') {
      builder.addSeries({ ...common, lineColor: palette.history, lineWidth: 1.5 });
    } else {
      builder.addSeries({
        ...common,
        lineColor: palette.forecast,
        lineWidth: 2,
        // uPlot takes the canvas's pixels.
        lineStyle: { fill: 'dash', dash: DASH.map((length) => length * (window.devicePixelRatio || 1)) },
      });
    }
  }
  const band = (upper: Column, lower: Column, fill: string) =>
    builder.addBand({ series: [COLUMNS.indexOf(upper) + 1, COLUMNS.indexOf(lower) + 1], fill });
  if (bands !== 'none') {
    band('upper90', 'lower90', palette.band90);
  }
  if (bands === 'both') {
    band('upper50', 'lower50', palette.band50);
  }
}

function addAxes(builder: UPlotConfigBuilder, given: Given): void {
  const { scene, grain, theme, timeZone, look, hasValueAxis, writeTick, writeDate } = given;
  const color = theme.colors.text.secondary;
  const civil = {
    splits: (plot: uPlot, _axis: number, from: number, to: number) =>
      ticksOf(plot, { from, to, grain, anchor: scene.plot.times[0]! }).times,
    values: (plot: uPlot, splits: number[]) => {
      const [from, to] = scene.span;
      const { unit } = ticksOf(plot, { from, to, grain, anchor: scene.plot.times[0]! });
      return splits.map((time) => writeDate(time, unit));
    },
  };
  builder.addAxis({
    scaleKey: 'x',
    isTime: true,
    placement: AxisPlacement.Bottom,
    theme,
    color,
    timeZone: isCivil(grain) ? 'utc' : timeZone,
    grid: { show: false },
    ...(isCivil(grain) && civil),
  });
  builder.addAxis({
    scaleKey: 'y',
    // Without one uPlot draws its own.
    show: hasValueAxis,
    placement: AxisPlacement.Left,
    theme,
    color,
    space: look.hasWords ? VALUE_ROOM.large : VALUE_ROOM.small,
    ...(!look.hasWords && { size: VALUE_WIDTH }),
    ticks: { show: false },
    values: (_plot: uPlot, splits: number[]) => splits.map((value) => writeTick(value, splits)),
  });
}

function ticksOf(plot: uPlot, given: Omit<Parameters<typeof timeTicks>[0], 'most'>) {
  const width = plot.bbox.width / (window.devicePixelRatio || 1);
  return timeTicks({ ...given, most: Math.max(1, Math.floor(width / DATE_ROOM)) });
}

function labelRoom({ labels }: Scene, { hasWords, words }: Look): number {
  if (!hasWords) {
    return labels.some(({ of }) => of !== 'target') ? 16 : 8;
  }
  const letters = Math.max(0, ...labels.map(({ of }) => words[of].length + (of === 'target' ? 0 : 2)));
  return 10 + letters * LABEL_TEXT * 0.6;
}
