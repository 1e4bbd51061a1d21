import { t } from '@grafana/i18n';
import { rank } from '@kpi-monitor/model/status';
import type { ReactNode } from 'react';

import { BulletBar } from '../cards/BulletBar';
import { ChangeLine } from '../cards/ChangeLine';
import { Spark } from '../cards/Spark';
import { bulletOf } from '../data/bullet-scale';
import { compareText } from '../data/order';
import type { ScoreRow } from '../data/row';
import type { Detail } from '../options';
import { usualWord } from '../words';

import { AlignedValue } from './AlignedValue';
import type { TableStyles } from './table-styles';

export interface Column {
  id: string;
  title: string;
  /** the option that shows it; those without are always there */
  detail?: Detail;
  /** the higher, the sooner it is left out where there is no room; 0 never is */
  rank: number;
  isNumber?: boolean;
  /** what it says of a row; empty when it says nothing */
  text: (row: ScoreRow) => string;
  /** how it is drawn, where that is not the text alone */
  cell?: (row: ScoreRow, styles: TableStyles) => ReactNode;
  /** pixels, for what is drawn and not written */
  width?: number;
  /** pixels in which it still says what matters, its end cut; absent where it is shown whole or not at all */
  least?: number;
  /** ascending order; absent where there is none */
  order?: (a: ScoreRow, b: ScoreRow) => number;
}

/** The columns after the name, which is the header of its row and always there. */
export function tableColumns(): Column[] {
  return [
    {
      id: 'value',
      title: t('table.value', 'Value'),
      rank: 0,
      isNumber: true,
      text: (row) => row.valueText,
      cell: (row) => <AlignedValue text={row.valueText} decimals={row.decimals} />,
      order: (a, b) => compareNumbers(a.value, b.value),
    },
    {
      id: 'period',
      title: t('table.period', 'Period'),
      rank: 4,
      text: (row) => row.periodText,
      order: (a, b) => compareNumbers(a.period, b.period),
    },
    {
      id: 'gap',
      title: t('table.gap', 'Against target'),
      detail: 'gap',
      rank: 1,
      text: (row) => row.gapText || row.reason,
      cell: (row, styles) => row.gapText || <span className={styles.quiet}>{row.reason}</span>,
      order: (a, b) => compareNumbers(relativeGap(a), relativeGap(b)),
    },
    {
      id: 'change',
      title: t('table.change', 'Change'),
      detail: 'change',
      rank: 3,
      least: 90,
      text: (row) =>
        row.changeText &&
        `▲ ${row.changeText} ${row.comparisonText}${row.changeSignal === 'usual' ? `, ${usualWord()}` : ''}`,
      cell: (row) => <ChangeLine row={row} />,
      order: (a, b) => compareNumbers(a.change, b.change),
    },
    {
      id: 'course',
      title: t('table.course', 'Course'),
      detail: 'sparkline',
      rank: 5,
      width: 112,
      text: (row) => (row.spark.values.length > 1 ? '~' : ''),
      cell: (row, styles) => (
        <span className={styles.spark}>
          <Spark spark={row.spark} target={row.target} color={styles.dot[row.status]} />
        </span>
      ),
    },
    {
      id: 'outlook',
      title: t('table.outlook', 'Outlook'),
      detail: 'outlook',
      rank: 2,
      text: (row) => row.outlookText,
      cell: (row, styles) => (
        <span style={{ color: row.outlook === 'on_pace' ? undefined : styles.atRisk }}>{row.outlookText}</span>
      ),
      order: (a, b) => outlookRank(a) - outlookRank(b),
    },
    {
      id: 'bullet',
      title: t('table.bullet', 'Scale'),
      detail: 'bullet',
      rank: 7,
      width: 132,
      text: (row) => (bulletOf(row) ? '|' : ''),
      cell: (row, styles) => <BulletCell row={row} styles={styles} />,
    },
    {
      id: 'since',
      title: t('table.since', 'How long'),
      rank: 9,
      text: (row) => row.sinceText,
      order: (a, b) => compareNumbers(a.since, b.since),
    },
    {
      id: 'age',
      title: t('table.age', 'Data'),
      detail: 'age',
      rank: 6,
      text: (row) => row.ageText,
      cell: (row, styles) => (
        <span className={row.freshness === 'fresh' ? styles.quiet : undefined}>{row.ageText}</span>
      ),
      order: (a, b) => compareNumbers(a.dataUntil, b.dataUntil),
    },
    {
      id: 'owner',
      title: t('table.owner', 'Owner'),
      detail: 'owner',
      rank: 8,
      text: (row) => row.owner,
      cell: (row, styles) => <span className={styles.quiet}>{row.owner}</span>,
      order: (a, b) => compareText(a.owner, b.owner),
    },
    {
      id: 'definition',
      title: t('table.definition', 'Definition'),
      detail: 'definition',
      rank: 10,
      text: (row) => row.definition,
      cell: (row, styles) => <span className={styles.quiet}>{row.definition}</span>,
    },
  ];
}

function BulletCell({ row, styles }: { row: ScoreRow; styles: TableStyles }) {
  const bullet = bulletOf(row);
  if (!bullet) {
    return null;
  }
  const isAtRisk = bullet.of === 'open' && row.outlook !== null && row.outlook !== 'on_pace';
  return <BulletBar bullet={bullet} color={isAtRisk ? styles.dot.warning : styles.dot.normal} />;
}

/** Orders that the name and status columns, which every table has, sort by. */
export const NAME_ORDER = (a: ScoreRow, b: ScoreRow) => compareText(a.name, b.name) || compareText(a.slice, b.slice);
export const STATUS_ORDER = (a: ScoreRow, b: ScoreRow) => rank(a.status) - rank(b.status);

/** What is not known comes first, so that it is last in the order that is usual for numbers, largest first. */
function compareNumbers(a: number | null, b: number | null): number {
  return a === b ? 0 : (a ?? -Infinity) - (b ?? -Infinity);
}

function relativeGap({ value, target }: ScoreRow): number | null {
  return value === null || target === null ? null : (value - target) / (Math.abs(target) || 1);
}

function outlookRank(row: ScoreRow): number {
  return ['likely_miss', 'at_risk', 'on_pace', null].indexOf(row.outlook);
}
