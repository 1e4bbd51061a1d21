import { cx } from '@emotion/css';
import { t } from '@grafana/i18n';
import { useStyles2 } from '@grafana/ui';
import { useGridKeys } from '@kpi-monitor/plugin-shared/grid/use-grid-keys';
import { StatusMark } from '@kpi-monitor/plugin-shared/StatusMark';
import { MiddleCut } from '@kpi-monitor/plugin-shared/text/MiddleCut';
import { useMemo } from 'react';

import type { Group } from '../data/groups';
import { type MatrixLine, matrixOf } from '../data/matrix';
import type { ScoreRow } from '../data/row';
import { GroupHeader } from '../groups/GroupHeader';
import { useRowTooltip } from '../tooltip/use-row-tooltip';
import { spoken } from '../words';

import { heatMapStyles } from './heat-map-styles';
import { Legend } from './Legend';

interface Props {
  groups: Group[];
  rows: ScoreRow[];
  /** with numbers in full, for the tooltip */
  exactRows: ScoreRow[];
  addressOf: (row: ScoreRow) => string | undefined;
}

/** KPIs down, members of a dimension across, each cell a status with its value. */
export function HeatMap({ groups, rows, exactRows, addressOf }: Props) {
  const styles = useStyles2(heatMapStyles);
  const { members } = useMemo(() => matrixOf(rows), [rows]);
  const blocks = useMemo(() => blocksOf(groups), [groups]);
  const count = blocks.reduce((sum, { lines }) => sum + lines.length, 0);
  const { grid, current, setPlace, onKeyDown } = useGridKeys(count, members.length);
  const [tooltipHandlers, tooltip] = useRowTooltip(exactRows);
  const cellOf = (line: MatrixLine, member: string) => line.cells.find((cell) => cell?.slice === member) ?? null;
  return (
    <>
      <table
        ref={grid}
        role="grid"
        className={styles.table}
        aria-label={t('heatmap.label', 'Status by KPI and member')}
        onKeyDown={onKeyDown}
        {...tooltipHandlers}
      >
        <thead>
          <tr>
            <td className={styles.corner} />
            {members.map((member) => (
              <th key={member} scope="col" className={styles.member} title={member || undefined}>
                {member || t('heatmap.total', 'Total')}
              </th>
            ))}
          </tr>
        </thead>
        {blocks.map(({ group, lines, before }) => (
          <tbody key={group.title}>
            {group.title && (
              <tr>
                <th scope="rowgroup" colSpan={members.length + 1} className={styles.group}>
                  <GroupHeader group={group} />
                </th>
              </tr>
            )}
            {lines.map((line, index) => (
              <tr key={line.key}>
                <th scope="row" className={styles.name} title={line.name}>
                  <MiddleCut text={line.name} />
                </th>
                {members.map((member, column) => {
                  const place = { line: before + index, column };
                  const isCurrent = place.line === current.line && column === current.column;
                  return (
                    <Cell
                      key={member}
                      row={cellOf(line, member)}
                      place={place}
                      isStop={isCurrent}
                      onFocus={() => setPlace(place)}
                      addressOf={addressOf}
                      styles={styles}
                    />
                  );
                })}
              </tr>
            ))}
          </tbody>
        ))}
      </table>
      <Legend rows={rows} />
      {tooltip}
    </>
  );
}

/** Each group's lines, with how many lines come before them. */
function blocksOf(groups: readonly Group[]) {
  let before = 0;
  return groups.map((group) => {
    const { lines } = matrixOf(group.rows);
    const block = { group, lines, before };
    before += lines.length;
    return block;
  });
}

interface CellProps {
  row: ScoreRow | null;
  place: { line: number; column: number };
  /** the one cell that the Tab key stops at */
  isStop: boolean;
  onFocus: () => void;
  addressOf: Props['addressOf'];
  styles: ReturnType<typeof heatMapStyles>;
}

function Cell({ row, place, isStop, onFocus, addressOf, styles }: CellProps) {
  const common = {
    tabIndex: isStop ? 0 : -1,
    'data-line': place.line,
    'data-column': place.column,
    onFocus,
  };
  if (!row) {
    return (
      <td role="gridcell" className={styles.cell}>
        <span {...common} className={styles.none} aria-label={t('heatmap.none', 'No such slice')} role="img">
          ·
        </span>
      </td>
    );
  }
  const address = addressOf(row);
  const Element = address ? 'a' : 'span';
  const isCalm = row.status === 'normal';
  return (
    <td role="gridcell" className={styles.cell}>
      <Element
        {...common}
        href={address}
        role={address ? undefined : 'img'}
        aria-label={spoken(row)}
        data-row={row.key}
        className={cx(styles.value, styles.status[row.status])}
      >
        {!isCalm && <StatusMark status={row.status} color={styles.palette[row.status].mark} size={12} />}
        <span className={styles.text}>{row.valueText}</span>
      </Element>
    </td>
  );
}
