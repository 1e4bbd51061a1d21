import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { StatusMark } from '@kpi-monitor/plugin-shared/StatusMark';
import { MiddleCut } from '@kpi-monitor/plugin-shared/text/MiddleCut';
import { useMemo, useState } from 'react';

import type { Group } from '../data/groups';
import type { ScoreRow } from '../data/row';
import { GroupHeader } from '../groups/GroupHeader';
import type { ScorecardOptions } from '../options';
import { useRowTooltip } from '../tooltip/use-row-tooltip';
import { fullName, restatedWord, statusWord } from '../words';

import { type Column, NAME_ORDER, STATUS_ORDER, tableColumns } from './columns';
import { fitColumns, statusWidth } from './fit-columns';
import { SortHeader, type Sorting } from './SortHeader';
import { tableStyles } from './table-styles';

interface Props {
  groups: Group[];
  rows: ScoreRow[];
  /** with numbers in full, for the tooltip */
  exactRows: ScoreRow[];
  options: ScorecardOptions;
  width: number;
  addressOf: (row: ScoreRow) => string | undefined;
}

/** A table with a row a KPI; a click on a column's title sorts within the groups. */
export function StatusTable({ groups, rows, exactRows, options, width, addressOf }: Props) {
  const styles = useStyles2(tableStyles);
  const columns = useMemo(() => fitColumns(tableColumns(), rows, options.show, width), [rows, options.show, width]);
  const isNarrow = statusWidth(width) < 100;
  const [sorting, setSorting] = useState<Sorting | null>(null);
  const [tooltipHandlers, tooltip] = useRowTooltip(exactRows);
  const order = useMemo(() => orderOf(sorting, columns), [sorting, columns]);
  const header = (id: string, title: string, column?: Column) => (
    <SortHeader
      key={id}
      id={id}
      title={title}
      isNumber={column?.isNumber}
      isSortable={!column || Boolean(column.order)}
      sorting={sorting}
      onSort={setSorting}
      styles={styles}
    />
  );
  return (
    <>
      <table className={styles.table} aria-label={t('table.label', 'Where KPIs stand')} {...tooltipHandlers}>
        <colgroup>
          <col style={{ width: statusWidth(width) }} />
          <col />
          {columns.map((column) => (
            <col key={column.id} style={{ width: column.width }} />
          ))}
        </colgroup>
        <thead>
          <tr>
            {header('status', isNarrow ? '' : t('table.status', 'Status'))}
            {header('name', t('table.name', 'KPI'))}
            {columns.map((column) => header(column.id, column.title, column))}
          </tr>
        </thead>
        {groups.map((group) => (
          <tbody key={group.title}>
            {group.title && (
              <tr className={styles.group}>
                <th scope="rowgroup" colSpan={columns.length + 2}>
                  <GroupHeader group={group} />
                </th>
              </tr>
            )}
            {(order ? [...group.rows].sort(order) : group.rows).map((row) => {
              const address = addressOf(row);
              const name = <MiddleCut text={fullName(row)} />;
              return (
                <tr key={row.key} data-row={row.key}>
                  <td>
                    <span className={styles.status} style={{ color: styles.palette[row.status].text }}>
                      <StatusMark status={row.status} color={styles.palette[row.status].mark} size={14} />
                      <span className={cx(isNarrow && styles.unseen)}>{statusWord(row.status)}</span>
                    </span>
                  </td>
                  <th scope="row">
                    <span className={styles.name}>
                      {address ? (
                        <a className={styles.link} href={address}>
                          {name}
                        </a>
                      ) : (
                        name
                      )}
                      {row.restatedText && <span className={styles.restated}>{restatedWord()}</span>}
                    </span>
                  </th>
                  {columns.map((column) => (
                    <td
                      key={column.id}
                      className={cx(column.isNumber && styles.number, column.id === 'value' && styles.value)}
                    >
                      {column.cell ? column.cell(row, styles) : column.text(row)}
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        ))}
      </table>
      {tooltip}
    </>
  );
}

function orderOf(sorting: Sorting | null, columns: readonly Column[]): ((a: ScoreRow, b: ScoreRow) => number) | null {
  if (!sorting) {
    return null;
  }
  const own = { name: NAME_ORDER, status: STATUS_ORDER }[sorting.id];
  const ascending = own ?? columns.find((column) => column.id === sorting.id)?.order;
  if (!ascending) {
    return null;
  }
  return sorting.isDescending ? (a, b) => ascending(b, a) : ascending;
}
