/** A CSV file with a header: one row a record, columns named in the KPI file. */
import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';

import type { CsvColumns, CsvSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';

import { readNumber } from '../../validation/number';
import { EVERYTHING, type RawRecord, type Source } from '../source';

import { type CsvRow, csvRows, isFilled } from './rows';

const MAX_BYTES = 1024 ** 3;

/** @param folder the catalogue's folder, which paths are relative to */
export function createCsvSource(config: CsvSource, folder: string): Source {
  const path = resolve(folder, config.path);
  return {
    origin: () => EVERYTHING,
    async fingerprint() {
      const { size, mtimeMs } = await fileOf(path);
      return `${size} ${mtimeMs}`;
    },
    async *read(_window, signal) {
      await fileOf(path);
      let columns: Columns | null = null;
      try {
        for await (const rows of csvRows(path, config.delimiter ?? '', signal)) {
          const filled = rows.filter(isFilled);
          if (!columns && filled.length > 0) {
            columns = readHeader(filled.shift()!, config, path);
          }
          yield filled.map((row) => recordOf(row, columns!, config));
        }
      } catch (error) {
        signal.throwIfAborted();
        throw error instanceof KpiError ? error : unreadable(path, error);
      }
      if (!columns) {
        throw new KpiError('SOURCE_FORMAT', `${path} is empty; its first line should name the columns`, { path });
      }
    },
  };
}

async function fileOf(path: string) {
  try {
    const found = await stat(path);
    if (!found.isFile()) {
      throw new KpiError('SOURCE_UNREACHABLE', `${path} is not a file`, { path });
    }
    if (found.size > MAX_BYTES) {
      throw new KpiError('SOURCE_FORMAT', `${path} has ${found.size} bytes; ${MAX_BYTES} are the most: split it`, {
        path,
      });
    }
    return found;
  } catch (error) {
    throw error instanceof KpiError ? error : unreadable(path, error);
  }
}

function unreadable(path: string, error: unknown): KpiError {
  const { code, message } = error as NodeJS.ErrnoException;
  const why = code === 'ENOENT' ? 'there is no such file' : code === 'EACCES' ? 'permission denied' : message;
  return new KpiError('SOURCE_UNREACHABLE', `${path}: ${why}`, { path }, { cause: error });
}

export interface Columns {
  count: number;
  period: number;
  value: number;
  weight: number | null;
  dimensions: Array<[dimension: string, column: number]>;
}

/** @throws KpiError SOURCE_FORMAT for a column that is not there */
export function readHeader({ cells }: CsvRow, config: CsvColumns, path: string): Columns {
  const names = cells.map((cell) => cell.replace(/^\ufeff/, '').trim());
  const column = (name: string) => {
    const index = names.indexOf(name);
    if (index < 0) {
      const known = names.slice(0, 30).join(', ');
      throw new KpiError('SOURCE_FORMAT', `${path} has no column \`${name}\`; it has ${known}`, { path, column: name });
    }
    return index;
  };
  return {
    count: names.length,
    period: column(config.period),
    value: column(config.value),
    weight: config.weight === undefined ? null : column(config.weight),
    dimensions: Object.entries(config.dimensions ?? {}).map(([dimension, name]) => [dimension, column(name)]),
  };
}

export function recordOf({ cells, line, isUnclosed }: CsvRow, columns: Columns, config: CsvColumns): RawRecord {
  const where = `line ${line}`;
  if (isUnclosed) {
    const broken = 'a quote that opens in this line is never closed, so that nothing after it could be read';
    return { period: cells[columns.period], value: null, dims: {}, where, broken };
  }
  if (cells.length !== columns.count) {
    const broken = `it has ${cells.length} columns, the header has ${columns.count}: ${cells.join(config.delimiter ?? ',').slice(0, 200)}`;
    return { period: cells[columns.period], value: null, dims: {}, where, broken };
  }
  const scale = config.scale ?? 1;
  const number = (cell: string) => readNumber(cell, config.decimal) ?? cell;
  const value = number(cells[columns.value]!);
  return {
    period: cells[columns.period],
    // 5840.4 thousand are 5,840,400, not 5,840,399.999…
    value: typeof value === 'number' ? Number((value * scale).toPrecision(15)) : value,
    ...(columns.weight !== null && { weight: number(cells[columns.weight]!) }),
    dims: Object.fromEntries(columns.dimensions.map(([dimension, column]) => [dimension, cells[column]])),
    where,
  };
}
