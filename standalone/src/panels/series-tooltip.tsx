/** What a time series says under the pointer: the time, and the value of one or of all series. */
import { css } from '@emotion/css';
import {
  type DataFrame,
  dateTimeFormat,
  type Field,
  formattedValueToString,
  getFieldDisplayName,
  type GrafanaTheme2,
} from '@grafana/data';
import { SortOrder, TooltipDisplayMode } from '@grafana/schema';
import { DataLinkButton, SeriesTable, useStyles2 } from '@grafana/ui';

interface Props {
  /** the frame that the plot is drawn from: time first, one field a series */
  frame: DataFrame;
  /** row of each field at the pointer */
  indices: Array<number | null>;
  /** field nearest to the pointer */
  series: number | null;
  mode: TooltipDisplayMode;
  sort?: SortOrder;
  isPinned: boolean;
}

export function SeriesTooltip({ frame, indices, series, mode, sort, isPinned }: Props) {
  const styles = useStyles2(getStyles);
  const [time] = frame.fields;
  const timeRow = indices.find((index) => index !== null && index !== undefined);
  if (!time || timeRow === undefined || timeRow === null) {
    return null;
  }
  const shown = frame.fields
    .map((field, index) => ({ field, index, row: indices[index] ?? null }))
    .slice(1)
    .filter(({ field, index, row }) => {
      const hidden = field.config.custom?.hideFrom?.tooltip || field.config.custom?.hideFrom?.viz;
      return row !== null && !hidden && (mode === TooltipDisplayMode.Multi || index === series);
    });
  const rows = shown.map(({ field, index, row }) => ({ ...lineOf(field, frame, row!), isActive: index === series }));
  const links = isPinned ? shown.flatMap(({ field, row }) => field.getLinks?.({ valueRowIndex: row! }) ?? []) : [];
  return (
    <div className={styles.box}>
      <SeriesTable timestamp={timeText(time, timeRow)} series={sorted(rows, sort)} />
      {links.map((link) => (
        <DataLinkButton key={link.href} link={link} buttonProps={{ size: 'sm', variant: 'secondary' }} />
      ))}
    </div>
  );
}

function lineOf(field: Field, frame: DataFrame, row: number) {
  const raw: unknown = field.values[row];
  const shown = field.display?.(raw);
  return {
    label: getFieldDisplayName(field, frame),
    color: shown?.color,
    value: shown ? formattedValueToString(shown) : String(raw ?? ''),
    numeric: Number(raw),
  };
}

function sorted<Row extends { numeric: number }>(rows: Row[], sort?: SortOrder): Row[] {
  switch (sort) {
    case SortOrder.Ascending:
      return [...rows].sort((a, b) => a.numeric - b.numeric);
    case SortOrder.Descending:
      return [...rows].sort((a, b) => b.numeric - a.numeric);
    default:
      return rows;
  }
}

function timeText(time: Field, row: number): string {
  const shown = time.display?.(time.values[row]);
  return shown ? formattedValueToString(shown) : dateTimeFormat(time.values[row]);
}

const getStyles = (theme: GrafanaTheme2) => ({
  box: css({
    display: 'flex',
    flexDirection: 'column',
    gap: theme.spacing(0.5),
    padding: theme.spacing(1),
    fontSize: theme.typography.bodySmall.fontSize,
    fontVariantNumeric: 'tabular-nums',
  }),
});
