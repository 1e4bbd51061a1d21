/** Records of CSV, of a file or of another text. */
import type { FileSource } from '@kpi-monitor/model/catalogue/source-schema';

import type { RawRecord } from '../source';

import { csvRows } from './csv-rows';
import { badFile } from './failures';
import { recordsOfTable, type Row, type TableConfig } from './table';
import { lineBreaks, textOf } from './text';

/** @throws KpiError SOURCE_UNREACHABLE, SOURCE_FORMAT */
export function readCsv(path: string, config: FileSource, signal: AbortSignal): AsyncGenerator<RawRecord[]> {
  return recordsOfChunks(textOf(path, config, signal), path, config);
}

/** Of a text that is short enough to be held as a whole. @throws KpiError SOURCE_FORMAT */
export async function recordsOfCsv(text: string, shown: string, config: TableConfig): Promise<RawRecord[]> {
  const records: RawRecord[] = [];
  async function* chunks() {
    yield lineBreaks(text);
  }
  for await (const batch of recordsOfChunks(chunks(), shown, config)) {
    records.push(...batch);
  }
  return records;
}

async function* recordsOfChunks(
  text: AsyncGenerator<string>,
  path: string,
  config: TableConfig
): AsyncGenerator<RawRecord[]> {
  yield* recordsOfTable(rowsOf(text, path, config), { path, config, isStrict: true });
}

async function* rowsOf(text: AsyncGenerator<string>, path: string, config: TableConfig): AsyncGenerator<Row[]> {
  const { head, chunks } = await peek(text);
  try {
    for await (const rows of csvRows(chunks, config.delimiter || delimiterOf(head, config))) {
      yield rows.map(({ cells, line, isUnclosed }): Row => {
        const row = { cells, where: `line ${line}`, number: line };
        return isUnclosed ? { ...row, broken: 'a quote that opens in this line is never closed' } : row;
      });
    }
  } catch (error) {
    throw error instanceof RangeError ? badFile(path, `cannot be read: ${error.message}`, error) : error;
  }
}

const SHOWN_LINES = 20;

/** The start of a text, and all of it again. */
async function peek(chunks: AsyncGenerator<string>): Promise<{ head: string; chunks: AsyncIterable<string> }> {
  let head = '';
  let isOver = false;
  while (!isOver && head.split('\n', SHOWN_LINES + 1).length <= SHOWN_LINES && head.length < 65_536) {
    const { value, done } = await chunks.next();
    head += value ?? '';
    isOver = done === true;
  }
  async function* all() {
    try {
      yield head;
      yield* chunks;
    } finally {
      await chunks.return(undefined);
    }
  }
  return { head, chunks: all() };
}

const DELIMITERS = [',', ';', '\t', '|'];

/** The delimiter that makes all the columns be there, else the one that the first lines have most of. */
export function delimiterOf(head: string, { period, value }: TableConfig): string {
  const lines = head
    .split('\n')
    .slice(0, SHOWN_LINES)
    .filter((line) => line.trim() !== '');
  const names = [period, value].filter((name) => typeof name === 'string');
  const naming = DELIMITERS.find((delimiter) =>
    lines.some((line) => {
      const cells = line.split(delimiter).map((cell) =>
        cell
          .trim()
          .replace(/^"(.*)"$/, '$1')
          .trim()
      );
      return cells.length > 1 && names.length > 0 && names.every((name) => cells.includes(name));
    })
  );
  const count = (delimiter: string) =>
    lines.slice(0, 5).reduce((sum, line) => sum + line.split(delimiter).length - 1, 0);
  return naming ?? DELIMITERS.reduce((best, other) => (count(other) > count(best) ? other : best));
}
