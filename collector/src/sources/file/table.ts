/** From rows of cells to records: finds the columns by the header, and reads each row by them. */
import type { FileSource } from '@kpi-monitor/model/catalogue/source-schema';

import { readNumber } from '../../validation/number';
import type { RawRecord } from '../source';

import { badFile } from './failures';
import { UNKNOWN_CHARACTER } from './text';

/** One row as its format has it. */
export interface Row {
  cells: readonly unknown[];
  /** `line 12`, `row 3` */
  where: string;
  /** counted from 1, as `header` counts */
  number: number;
  broken?: string;
}

/** What a KPI says about columns and cells. */
export type TableConfig = Pick<FileSource, 'period' | 'value' | 'weight' | 'dimensions' | 'decimal' | 'scale'> &
  Pick<FileSource, 'period_format' | 'delimiter' | 'header' | 'ignore'>;

export interface TableForm {
  /** shown in messages */
  path: string;
  config: TableConfig;
  /** rows of another length than the header's are broken: their values may stand in the wrong place */
  isStrict: boolean;
  /** the date that a plain number in a period's cell stands for, where the format has dates as numbers */
  dayOf?: (days: number) => unknown;
}

/** Rows among which the header is looked for: titles and remarks often stand above. */
const HEADER_WITHIN = 20;

/** @throws KpiError SOURCE_FORMAT when no header has the columns, or there is no row */
export async function* recordsOfTable(rows: AsyncIterable<Row[]>, form: TableForm): AsyncGenerator<RawRecord[]> {
  const { config, path } = form;
  let columns: Columns | null = config.header === 0 ? columnsWithout(form) : null;
  let above: Row[] = [];
  for await (const batch of rows) {
    let filled = batch.filter(({ cells, broken }) => broken !== undefined || cells.some((cell) => !isBlank(cell)));
    if (!columns) {
      above = [...above, ...filled];
      const found = findHeader(above, form, above.length >= HEADER_WITHIN);
      if (!found) {
        yield [];
        continue;
      }
      columns = found.columns;
      filled = above.slice(found.index + 1);
    }
    yield recordsOf(filled, columns, form);
  }
  if (!columns) {
    if (above.length === 0) {
      throw badFile(path, 'is empty; a first row should name the columns');
    }
    const found = findHeader(above, form, true)!;
    yield recordsOf(above.slice(found.index + 1), found.columns, form);
  }
}

interface Columns {
  /** how many the header has */
  count: number | null;
  period: number;
  value: number;
  weight: number | null;
  dimensions: Array<[dimension: string, column: number]>;
  /** all of these */
  used: number[];
}

type Wanted = string | number;

function wantedOf({ period, value, weight, dimensions = {} }: TableConfig): Wanted[] {
  return [period!, value!, ...(weight === undefined ? [] : [weight]), ...Object.values(dimensions)];
}

/** The header's place and columns; null while there may be a better one further down. */
function findHeader(rows: readonly Row[], form: TableForm, isAll: boolean): { index: number; columns: Columns } | null {
  const { header } = form.config;
  if (header !== undefined) {
    const index = rows.findIndex(({ number }) => number >= header);
    if (index >= 0) {
      return { index, columns: columnsOf(namesOf(rows[index]!), form) };
    }
  } else {
    const wanted = wantedOf(form.config);
    const index = rows
      .slice(0, HEADER_WITHIN)
      .map(namesOf)
      .findIndex((names) => wanted.every((column) => placeOf(column, names) !== null));
    if (index >= 0) {
      return { index, columns: columnsOf(namesOf(rows[index]!), form) };
    }
  }
  // What is wrong is said of the first row, which most files have their header in.
  return isAll ? { index: 0, columns: columnsOf(namesOf(rows[0]!), form) } : null;
}

function namesOf({ cells }: Row): string[] {
  return cells.map((cell) => (isBlank(cell) ? '' : String(cell).replace(/\s+/g, ' ').trim()));
}

/** Of a column by name, else by letter or number; null when there is none. */
function placeOf(column: Wanted, names: readonly string[]): number | null {
  const byName = names.indexOf(String(column).replace(/\s+/g, ' ').trim());
  return byName >= 0 ? byName : placeWithout(column, names.length);
}

function placeWithout(column: Wanted, count = 16_384): number | null {
  const place =
    typeof column === 'number'
      ? column - 1
      : /^[A-Z]{1,3}$/.test(column)
        ? [...column].reduce((place, letter) => place * 26 + letter.charCodeAt(0) - 64, 0) - 1
        : -1;
  return place >= 0 && place < count ? place : null;
}

function columnsOf(names: readonly string[], { config, path }: TableForm): Columns {
  return columnsBy(config, names.length, (column) => {
    const place = placeOf(column, names);
    if (place === null) {
      const hint = names.some((name) => name.includes(UNKNOWN_CHARACTER)) ? '; set its `encoding`' : '';
      const known = names.filter(Boolean).slice(0, 30).join(', ') || 'none with a name';
      throw badFile(path, `has no column \`${column}\`; it has ${known.slice(0, 500)}${hint}`);
    }
    const again = names[place] === String(column) ? names.indexOf(names[place]!, place + 1) : -1;
    if (again >= 0) {
      const numbers = `${place + 1} and ${again + 1}`;
      throw badFile(path, `has two columns \`${column}\`, ${numbers}; name the one that is meant by its number`);
    }
    return place;
  });
}

function columnsWithout({ config, path }: TableForm): Columns {
  return columnsBy(config, null, (column) => {
    const place = placeWithout(column);
    if (place === null) {
      throw badFile(path, `is read without a header, so \`${column}\` should be the letter or number of a column`);
    }
    return place;
  });
}

function columnsBy(config: TableConfig, count: number | null, place: (column: Wanted) => number): Columns {
  const { period, value, weight, dimensions = {} } = config;
  const columns = {
    period: place(period!),
    value: place(value!),
    weight: weight === undefined ? null : place(weight),
    dimensions: Object.entries(dimensions).map(([dimension, column]): [string, number] => [dimension, place(column)]),
  };
  const its = [columns.period, columns.value, columns.weight ?? [], columns.dimensions.map(([, column]) => column)];
  return { count, ...columns, used: its.flat() };
}

function recordsOf(rows: readonly Row[], columns: Columns, form: TableForm): RawRecord[] {
  return rows.flatMap((row) => recordOf(row, columns, form) ?? []);
}

/** Null for a row that is to be left out, or has no value. */
function recordOf(row: Row, columns: Columns, form: TableForm): RawRecord | null {
  const { config, isStrict } = form;
  const { cells, where } = row;
  const period = periodOf(cells[columns.period], form);
  const broken =
    row.broken ?? (isStrict ? wrongLength(cells, columns, config) : undefined) ?? wrongText(cells, columns);
  if (config.ignore && typeof period === 'string' && isIgnored(period, config.ignore)) {
    return null;
  }
  if (broken !== undefined) {
    return { period, value: null, dims: {}, where, broken };
  }
  if (isBlank(cells[columns.value])) {
    return null;
  }
  const value = numberOf(cells[columns.value], config);
  return {
    period,
    // 5840.4 thousand are 5,840,400, not 5,840,399.999…
    value: typeof value === 'number' ? Number((value * (config.scale ?? 1)).toPrecision(15)) : value,
    ...(columns.weight !== null && { weight: numberOf(cells[columns.weight], config) }),
    dims: Object.fromEntries(columns.dimensions.map(([dimension, column]) => [dimension, cells[column]])),
    where,
  };
}

function numberOf(cell: unknown, { decimal }: TableConfig): unknown {
  return isBlank(cell) ? null : (readNumber(cell, decimal) ?? cell);
}

/** A number that is a date by the form that the KPI gives, `20260331`, or days since a beginning. */
function periodOf(given: unknown, { config, dayOf }: TableForm): unknown {
  const cell = typeof given === 'bigint' ? Number(given) : given;
  if (typeof cell !== 'number') {
    return cell;
  }
  if (config.period_format !== undefined || (cell >= 19_000_101 && cell <= 22_001_231)) {
    return String(cell);
  }
  return dayOf && cell >= FIRST_SERIAL && cell < LAST_SERIAL ? dayOf(cell) : cell;
}

/** 1954 and 2119 in Excel; years lie below. */
const FIRST_SERIAL = 20_000;
const LAST_SERIAL = 80_000;

function isIgnored(period: string, ignore: readonly string[]): boolean {
  const text = period.trim().toLowerCase();
  return ignore.some((start) => text.startsWith(start.toLowerCase()));
}

function wrongLength(
  cells: readonly unknown[],
  { count }: Columns,
  { delimiter = ',' }: TableConfig
): string | undefined {
  const isRight =
    count === null || cells.length === count || (cells.length > count && cells.slice(count).every(isBlank));
  return isRight
    ? undefined
    : `it has ${cells.length} columns, the header has ${count}: ${cells.slice(0, 50).join(delimiter).slice(0, 200)}`;
}

function wrongText(cells: readonly unknown[], { used }: Columns): string | undefined {
  for (const column of used) {
    const cell = cells[column];
    if (typeof cell !== 'string') {
      continue;
    }
    if (cell.includes('\0')) {
      return 'it holds a NUL byte, which no text has; write the file anew';
    }
    if (cell.includes(UNKNOWN_CHARACTER)) {
      return 'it has bytes that its encoding does not know; set `encoding`, for example to windows-1252';
    }
  }
  return undefined;
}

function isBlank(cell: unknown): boolean {
  return cell === null || cell === undefined || (typeof cell === 'string' && cell.trim() === '');
}
