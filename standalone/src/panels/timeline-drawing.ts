/** How a state timeline is drawn: rows share the height, runs of equal states become boxes with their text inside. */
import {
  colorManipulator,
  type DataFrame,
  type Field,
  formattedValueToString,
  getFieldDisplayName,
  type GrafanaTheme2,
  type TimeRange,
} from '@grafana/data';
import { AxisPlacement, ScaleDirection, ScaleOrientation } from '@grafana/schema';
import { UPlotConfigBuilder, type VizLegendItem } from '@grafana/ui';
import type uPlot from 'uplot';

interface Run {
  from: number;
  /** when the next state begins; null for the last run */
  to: number | null;
  value: unknown;
}

interface Drawing {
  frame: DataFrame;
  theme: GrafanaTheme2;
  timeZone: string;
  getTimeRange: () => TimeRange;
  options: { mergeValues: boolean; showValue: string; rowHeight: number; alignValue: string };
}

/** Runs of a field over the times of its frame; nothing is known between a null and the next value. */
export function runsOf(times: number[], values: unknown[], merge = true): Run[] {
  const runs: Run[] = [];
  for (const [index, value] of values.entries()) {
    const last = runs.at(-1);
    if (value === undefined || (merge && last && last.value === value)) {
      continue;
    }
    if (last && last.to === null) {
      last.to = times[index]!;
    }
    runs.push({ from: times[index]!, to: null, value });
  }
  return runs.filter((run) => run.value !== null);
}

export function runAt(frame: DataFrame, field: Field, row: number): Run {
  const times: number[] = frame.fields[0]!.values;
  const at = times[row]!;
  const runs = runsOf(times, field.values);
  return runs.findLast((run) => run.from <= at) ?? { from: at, to: null, value: field.values[row] };
}

/** One legend entry for each state that occurs, in order of appearance. */
export function legendItems(frames: DataFrame[]): VizLegendItem[] {
  const items = new Map<string, VizLegendItem>();
  for (const field of frames.flatMap((frame) => frame.fields.filter(({ type }) => type !== 'time'))) {
    for (const value of new Set(field.values)) {
      const shown = value === null || value === undefined ? undefined : field.display?.(value);
      if (shown) {
        const label = formattedValueToString(shown);
        items.set(label, { label, color: shown.color, yAxis: 1 });
      }
    }
  }
  return [...items.values()];
}

export function timelineConfig({ frame, theme, timeZone, getTimeRange, options }: Drawing): UPlotConfigBuilder {
  const builder = new UPlotConfigBuilder(timeZone);
  const rows = frame.fields.slice(1);
  builder.addScale({
    scaleKey: 'x',
    isTime: true,
    orientation: ScaleOrientation.Horizontal,
    direction: ScaleDirection.Right,
    range: () => [getTimeRange().from.valueOf(), getTimeRange().to.valueOf()],
  });
  builder.addScale({
    scaleKey: 'y',
    orientation: ScaleOrientation.Vertical,
    direction: ScaleDirection.Up,
    range: () => [0, rows.length],
  });
  builder.addAxis({
    scaleKey: 'x',
    isTime: true,
    placement: AxisPlacement.Bottom,
    theme,
    timeZone,
    grid: { show: false },
  });
  builder.addAxis({
    scaleKey: 'y',
    placement: AxisPlacement.Left,
    theme,
    grid: { show: false },
    ticks: { show: false },
    // The first field is the top row.
    splits: rows.map((_, row) => rows.length - row - 0.5),
    values: rows.map((field) => shortened(getFieldDisplayName(field, frame))),
  });
  for (const field of rows) {
    builder.addSeries({
      scaleKey: 'y',
      theme,
      lineWidth: 0,
      pathBuilder: () => null,
      pointsBuilder: () => null,
      show: !field.config.custom?.hideFrom?.viz,
      dataFrameFieldIndex: field.state?.origin,
    } as unknown as Parameters<UPlotConfigBuilder['addSeries']>[0]);
  }
  builder.addHook('draw', (plot) => draw(plot, rows, theme, options));
  builder.setCursor({
    points: { show: false },
    y: false,
    dataIdx: (plot, series, closest) =>
      (series === 0 || series === rowUnder(plot, rows.length) ? startOf(plot, series, closest) : null) as number,
    focus: { prox: 1e6, dist: (plot, series) => (series === rowUnder(plot, rows.length) ? 0 : Infinity) },
  });
  builder.setPrepData(([only]) => only!.fields.map((field) => field.values) as unknown as uPlot.AlignedData);
  builder.scaleKeys = ['x', 'y'];
  return builder;
}

/** The field (1 for the top row) under the pointer. */
function rowUnder(plot: uPlot, rows: number): number {
  const height = plot.bbox.height / devicePixelRatio;
  const top = plot.cursor.top ?? -1;
  return top < 0 ? -1 : Math.min(rows, Math.floor((top / height) * rows) + 1);
}

/** The row of the state that holds at the pointer: the newest that began before it. */
function startOf(plot: uPlot, series: number, closest: number): number {
  if (series === 0) {
    return closest;
  }
  const [times, values] = [plot.data[0], plot.data[series]!];
  const at = plot.posToVal(plot.cursor.left ?? 0, 'x');
  return (times as number[]).findLastIndex((time, index) => time <= at && values[index] !== undefined);
}

/** States are the plot's, which change with a refresh; the frame that it was made for says how they look. */
function draw(plot: uPlot, rows: Field[], theme: GrafanaTheme2, options: Drawing['options']): void {
  const { ctx, bbox } = plot;
  const [times, ...states] = plot.data as unknown as [number[], ...unknown[][]];
  const end = plot.scales.x!.max!;
  const rowHeight = bbox.height / rows.length;
  const boxHeight = rowHeight * options.rowHeight;
  ctx.save();
  ctx.beginPath();
  ctx.rect(bbox.left, bbox.top, bbox.width, bbox.height);
  ctx.clip();
  ctx.font = `${12 * devicePixelRatio}px ${theme.typography.fontFamily}`;
  ctx.textBaseline = 'middle';
  rows.forEach((field, row) => {
    const top = bbox.top + row * rowHeight + (rowHeight - boxHeight) / 2;
    const opacity = (field.config.custom?.fillOpacity ?? 70) / 100;
    for (const run of runsOf(times, states[row]!, options.mergeValues)) {
      const left = Math.max(bbox.left, plot.valToPos(run.from, 'x', true));
      const right = Math.min(bbox.left + bbox.width, plot.valToPos(run.to ?? end, 'x', true));
      const shown = field.display?.(run.value);
      if (right <= left || !shown) {
        continue;
      }
      const fill = shown.color ?? theme.visualization.getColorByName('text');
      // A colour that says itself how opaque it is stays so, as in Grafana.
      const isFaint = /^#[\da-f]{6}[0-7][\da-f]$/i.test(fill);
      ctx.fillStyle = /^#[\da-f]{8}$/i.test(fill) ? fill : colorManipulator.alpha(fill, opacity);
      // A hair's breadth apart, so that two runs of one colour are seen to be two.
      ctx.fillRect(left, top, Math.max(1, right - left - devicePixelRatio), boxHeight);
      const text = formattedValueToString(shown);
      const space = right - left - 8 * devicePixelRatio;
      if (options.showValue !== 'never' && (options.showValue === 'always' || ctx.measureText(text).width < space)) {
        ctx.fillStyle = opacity > 0.5 && !isFaint ? theme.colors.getContrastText(fill) : theme.colors.text.primary;
        ctx.textAlign = options.alignValue as CanvasTextAlign;
        ctx.fillText(text, anchor(options.alignValue, left, right), top + boxHeight / 2);
      }
    }
  });
  ctx.restore();
}

function anchor(align: string, left: number, right: number): number {
  const inset = 4 * devicePixelRatio;
  return align === 'left' ? left + inset : align === 'right' ? right - inset : (left + right) / 2;
}

function shortened(name: string): string {
  return name.length > 24 ? `${name.slice(0, 12)}…${name.slice(-11)}` : name;
}
