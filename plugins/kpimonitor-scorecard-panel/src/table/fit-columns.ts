import type { ScoreRow } from '../data/row';
import type { Detail } from '../options';

import type { Column } from './columns';

export interface FittedColumn extends Column {
  /** pixels */
  width: number;
}

/** Pixels of the columns that every table has; a narrow one shows a status by its mark alone, and cuts names. */
const nameWidth = (width: number) => (width < 480 ? 120 : 180);
export const statusWidth = (width: number) => (width < 480 ? 32 : 112);

/** Of text set in the two sizes that a table has, on average, and of a cell's padding. */
const LETTER = 7;
const FIGURE = 8.5;
const PADDING = 20;
const WIDEST = 340;

/** The columns that are asked for and have something to say; of these as many as find room, the most telling first. */
export function fitColumns(
  columns: readonly Column[],
  rows: readonly ScoreRow[],
  show: readonly Detail[],
  width: number
): FittedColumn[] {
  const wanted = columns
    .filter((column) => !column.detail || show.includes(column.detail))
    .filter((column) => column.rank === 0 || rows.some((row) => column.text(row)))
    .map((column): FittedColumn => ({ ...column, width: column.width ?? textWidth(column, rows) }));
  let room = width - statusWidth(width) - nameWidth(width);
  const kept = new Map<Column, number>();
  for (const column of [...wanted].sort((a, b) => a.rank - b.rank)) {
    const given = column.least !== undefined && column.least <= room ? Math.min(column.width, room) : column.width;
    if (given <= room || column.rank === 0) {
      room -= given;
      kept.set(column, given);
    }
  }
  return wanted.filter((column) => kept.has(column)).map((column) => ({ ...column, width: kept.get(column)! }));
}

function textWidth(column: Column, rows: readonly ScoreRow[]): number {
  const longest = rows.reduce((most, row) => Math.max(most, column.text(row).length), column.title.length + 1);
  // What stands behind a decimal separator has a box of five figures at least.
  const inner = column.isNumber ? (longest + 5) * FIGURE : longest * LETTER;
  return Math.min(WIDEST, Math.ceil(inner + PADDING));
}
