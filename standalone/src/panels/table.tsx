/** Core panel `table`: one frame as rows and columns; several frames behind a choice. */
import { css } from '@emotion/css';
import { type DataFrame, type Field, getFrameDisplayName, type GrafanaTheme2, type PanelProps } from '@grafana/data';
import { TableCellDisplayMode, TableCellHeight } from '@grafana/schema';
import { Select, Table, useStyles2, useTheme2 } from '@grafana/ui';
import { useMemo } from 'react';

import { adapter } from './adapter';
import { PanelMessage } from './message';

interface Options {
  frameIndex: number;
  showHeader: boolean;
  showTypeIcons: boolean;
  sortBy: Array<{ displayName: string; desc?: boolean }>;
  cellHeight: TableCellHeight;
  enablePagination?: boolean;
  footer?: { show: boolean; reducer: string[]; fields?: string[]; countRows?: boolean; enablePagination?: boolean };
}

function TablePanel(props: PanelProps<Options>) {
  const { data, width, height, options, fieldConfig, timeRange, replaceVariables, onOptionsChange } = props;
  const theme = useTheme2();
  const styles = useStyles2(getStyles);
  const frames = data.series;
  const index = Math.min(options.frameIndex, frames.length - 1);
  const frame = useMemo(() => frames[index] && shown(frames[index]), [frames, index]);
  if (!frame || frame.fields.length === 0 || (data.errors?.length && frame.length === 0)) {
    return <PanelMessage data={data} fieldConfig={fieldConfig} />;
  }
  const choiceHeight = frames.length > 1 ? theme.spacing.gridSize * theme.components.height.md + 8 : 0;
  return (
    <div className={styles.column}>
      <Table
        data={frame}
        width={width}
        height={height - choiceHeight}
        noHeader={!options.showHeader}
        showTypeIcons={options.showTypeIcons}
        resizable
        initialSortBy={options.sortBy}
        onSortByChange={(sortBy) => onOptionsChange({ ...options, sortBy })}
        footerOptions={options.footer && { ...options.footer, show: options.footer.show }}
        enablePagination={options.enablePagination ?? options.footer?.enablePagination}
        cellHeight={options.cellHeight}
        timeRange={timeRange}
        fieldConfig={fieldConfig}
        replaceVariables={replaceVariables}
        ariaLabel={props.title || 'Table'}
      />
      {frames.length > 1 && (
        <Select
          aria-label="Which table"
          options={frames.map((one, value) => ({ value, label: getFrameDisplayName(one, value) }))}
          value={index}
          onChange={({ value = 0 }) => onOptionsChange({ ...options, frameIndex: value })}
        />
      )}
    </div>
  );
}

/** The frame without the columns that the dashboard hides: Grafana's older and newer way of saying so. */
function shown(frame: DataFrame): DataFrame {
  const isShown = ({ config: { custom } }: Field) => !custom?.hidden && !custom?.hideFrom?.viz;
  return frame.fields.every(isShown) ? frame : { ...frame, fields: frame.fields.filter(isShown) };
}

export const tablePanel = adapter<Options>({
  id: 'table',
  component: TablePanel,
  options: {
    frameIndex: 0,
    showHeader: true,
    showTypeIcons: false,
    sortBy: [],
    cellHeight: TableCellHeight.Sm,
    enablePagination: undefined,
    footer: undefined,
  },
  custom: {
    align: 'auto',
    width: undefined,
    minWidth: 150,
    cellOptions: { type: TableCellDisplayMode.Auto },
    inspect: false,
    filterable: undefined,
    hidden: undefined,
    // As in Grafana, which knows no property of the whole object.
    'hideFrom.viz': undefined,
  },
});

const getStyles = (theme: GrafanaTheme2) => ({
  column: css({ display: 'flex', flexDirection: 'column', gap: theme.spacing(1), height: '100%' }),
});
