/** Core panel `state-timeline`: a row for each field, a box for each run of one state. */
import {
  DashboardCursorSync,
  type DataFrame,
  dateTimeFormat,
  FieldColorModeId,
  fieldMatchers,
  FieldMatcherID,
  FieldType,
  formattedValueToString,
  getFieldDisplayName,
  type PanelProps,
} from '@grafana/data';
import { type VizLegendOptions, type VizTooltipOptions } from '@grafana/schema';
import { GraphNG, SeriesTable, TooltipPlugin2, usePanelContext, useTheme2, VizLegend, VizLayout } from '@grafana/ui';
import { useCallback, useMemo } from 'react';

import { adapter } from './adapter';
import { HOVER_BOX } from './hover';
import { PanelMessage } from './message';
import { legendItems, runAt, timelineConfig } from './timeline-drawing';

interface Options {
  mergeValues: boolean;
  showValue: 'auto' | 'always' | 'never';
  rowHeight: number;
  alignValue: 'left' | 'center' | 'right';
  legend: VizLegendOptions;
  tooltip: VizTooltipOptions;
}

const FIELDS = {
  x: fieldMatchers.get(FieldMatcherID.firstTimeField).get({}),
  y: fieldMatchers
    .get(FieldMatcherID.byTypes)
    .get(new Set([FieldType.number, FieldType.string, FieldType.boolean, FieldType.enum])),
};

function StateTimelinePanel(props: PanelProps<Options>) {
  const { data, timeRange, timeZone, width, height, options, fieldConfig, onChangeTimeRange } = props;
  const theme = useTheme2();
  const { sync, eventsScope } = usePanelContext();
  const frames = useMemo(() => data.series.filter(hasStates).map(untouchedByJoining), [data.series]);
  const items = useMemo(() => legendItems(frames), [frames]);
  const prepConfig = useCallback(
    (frame: DataFrame, _all: DataFrame[], getTimeRange: () => typeof timeRange) =>
      timelineConfig({ frame, theme, timeZone, getTimeRange, options }),
    [theme, timeZone, options]
  );
  if (frames.length === 0) {
    return <PanelMessage data={data} fieldConfig={fieldConfig} />;
  }
  const cursorSync = sync?.() ?? DashboardCursorSync.Off;
  const legend = options.legend.showLegend ? (
    <VizLayout.Legend placement={options.legend.placement}>
      <VizLegend items={items} placement={options.legend.placement} displayMode={options.legend.displayMode} readonly />
    </VizLayout.Legend>
  ) : null;
  return (
    <GraphNG
      theme={theme}
      frames={frames}
      fields={FIELDS}
      structureRev={data.structureRev}
      timeRange={timeRange}
      timeZone={timeZone}
      width={width}
      height={height}
      legend={options.legend}
      options={options}
      propsToDiff={['legend', 'options', 'theme']}
      prepConfig={prepConfig}
      renderLegend={() => legend}
    >
      {(config, aligned) => (
        <TooltipPlugin2
          config={config}
          hoverMode={HOVER_BOX}
          queryZoom={onChangeTimeRange}
          syncMode={cursorSync}
          syncScope={eventsScope}
          render={(_plot, indices, series) => <RunTooltip frame={aligned} indices={indices} series={series} />}
        />
      )}
    </GraphNG>
  );
}

function RunTooltip(props: { frame: DataFrame; indices: Array<number | null>; series: number | null }) {
  const { frame, indices, series } = props;
  const field = series === null ? undefined : frame.fields[series];
  const row = series === null ? null : indices[series];
  if (!field || row === null || row === undefined) {
    return null;
  }
  const run = runAt(frame, field, row);
  const state = field.display?.(field.values[row]);
  const time = (at: number) => {
    const shown = frame.fields[0]?.display?.(at);
    return shown ? formattedValueToString(shown) : dateTimeFormat(at);
  };
  const span = run.to === null ? `since ${time(run.from)}` : `${time(run.from)} – ${time(run.to)}`;
  const value = state ? formattedValueToString(state) : String(field.values[row]);
  return (
    <div style={{ padding: 8 }}>
      <SeriesTable
        timestamp={span}
        series={[{ label: getFieldDisplayName(field, frame), value, color: state?.color, isActive: true }]}
      />
    </div>
  );
}

function hasStates({ fields, length }: DataFrame): boolean {
  return length > 0 && fields.some(({ type }) => type === FieldType.time) && fields.length > 1;
}

/** Joined on time, a null would otherwise spread over the moments before it, and the state that it ends would go. */
function untouchedByJoining(frame: DataFrame): DataFrame {
  const fields = frame.fields.map((field) => {
    const custom = { ...field.config.custom, spanNulls: -1 };
    return { ...field, config: { ...field.config, custom } };
  });
  return { ...frame, fields };
}

export const stateTimelinePanel = adapter<Options>({
  id: 'state-timeline',
  component: StateTimelinePanel,
  color: FieldColorModeId.Thresholds,
  options: {
    mergeValues: true,
    showValue: 'auto',
    rowHeight: 0.9,
    alignValue: 'left',
    legend: { showLegend: true, displayMode: 'list', placement: 'bottom', calcs: [] },
    tooltip: { mode: 'single', sort: 'none' },
  },
  custom: {
    lineWidth: 0,
    fillOpacity: 70,
    spanNulls: false,
    insertNulls: false,
    hideFrom: { tooltip: false, viz: false, legend: false },
  },
});
