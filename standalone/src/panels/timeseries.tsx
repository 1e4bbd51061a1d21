/** Core panel `timeseries`: lines over time with tooltip, zoom by dragging, and a cursor shared with other panels. */
import { type DataFrame, DashboardCursorSync, FieldColorModeId, FieldType, type PanelProps } from '@grafana/data';
import { LegendDisplayMode, TooltipDisplayMode, type VizLegendOptions, type VizTooltipOptions } from '@grafana/schema';
import { KeyboardPlugin, TimeSeries, TooltipPlugin2, usePanelContext } from '@grafana/ui';
import { useMemo } from 'react';

import { adapter } from './adapter';
import { HOVER_ALL, HOVER_ONE } from './hover';
import { PanelMessage } from './message';
import { SeriesTooltip } from './series-tooltip';

interface Options {
  legend: VizLegendOptions;
  tooltip: VizTooltipOptions;
  timezone?: string[];
}

function TimeSeriesPanel(props: PanelProps<Options>) {
  const { data, timeRange, timeZone, width, height, options, fieldConfig, onChangeTimeRange, replaceVariables } = props;
  const { sync, eventsScope } = usePanelContext();
  const frames = useMemo(() => graphable(data.series), [data.series]);
  const zones = useMemo(
    () => (options.timezone?.length ? options.timezone.map((zone) => replaceVariables(zone) || timeZone) : [timeZone]),
    [options.timezone, replaceVariables, timeZone]
  );
  if (frames.length === 0) {
    return <PanelMessage data={data} fieldConfig={fieldConfig} />;
  }
  const cursorSync = sync?.() ?? DashboardCursorSync.Off;
  return (
    <TimeSeries
      frames={frames}
      structureRev={data.structureRev}
      timeRange={timeRange}
      timeZone={zones}
      width={width}
      height={height}
      legend={options.legend}
      options={options}
    >
      {(config, aligned) => (
        <>
          <KeyboardPlugin config={config} />
          {options.tooltip.mode !== TooltipDisplayMode.None && (
            <TooltipPlugin2
              config={config}
              hoverMode={options.tooltip.mode === TooltipDisplayMode.Multi ? HOVER_ALL : HOVER_ONE}
              queryZoom={onChangeTimeRange}
              clientZoom
              syncMode={cursorSync}
              syncScope={eventsScope}
              maxWidth={options.tooltip.maxWidth}
              render={(_plot, indices, series, isPinned) => (
                <SeriesTooltip
                  frame={aligned}
                  indices={indices}
                  series={series}
                  mode={options.tooltip.mode}
                  sort={options.tooltip.sort}
                  isPinned={isPinned}
                />
              )}
            />
          )}
        </>
      )}
    </TimeSeries>
  );
}

/** Frames that have both a time and something to draw against it. */
function graphable(series: DataFrame[]): DataFrame[] {
  return series.filter(
    ({ fields, length }) =>
      length > 0 &&
      fields.some(({ type }) => type === FieldType.time) &&
      fields.some(({ type }) => type === FieldType.number || type === FieldType.enum)
  );
}

export const timeSeriesPanel = adapter<Options>({
  id: 'timeseries',
  component: TimeSeriesPanel,
  color: FieldColorModeId.PaletteClassic,
  options: {
    legend: { showLegend: true, displayMode: LegendDisplayMode.List, placement: 'bottom', calcs: [] },
    tooltip: { mode: TooltipDisplayMode.Single, sort: 'none' },
    timezone: undefined,
  },
  custom: {
    drawStyle: 'line',
    lineInterpolation: 'linear',
    lineWidth: 1,
    lineStyle: { fill: 'solid' },
    lineColor: undefined,
    fillOpacity: 0,
    fillColor: undefined,
    fillBelowTo: undefined,
    gradientMode: 'none',
    barAlignment: 0,
    barWidthFactor: 0.6,
    barMaxWidth: undefined,
    showPoints: 'auto',
    showValues: false,
    pointSize: 5,
    pointColor: undefined,
    spanNulls: false,
    insertNulls: false,
    stacking: { mode: 'none', group: 'A' },
    transform: undefined,
    axisPlacement: 'auto',
    axisLabel: '',
    axisColorMode: 'text',
    axisBorderShow: false,
    axisWidth: undefined,
    axisSoftMin: undefined,
    axisSoftMax: undefined,
    axisGridShow: undefined,
    axisCenteredZero: false,
    scaleDistribution: { type: 'linear' },
    thresholdsStyle: { mode: 'off' },
    hideFrom: { tooltip: false, viz: false, legend: false },
  },
});
