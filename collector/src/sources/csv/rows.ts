/** Rows of a CSV file, one chunk at a time, so that memory does not grow with the file. */
import { createReadStream } from 'node:fs';

import Papa from 'papaparse';

export interface CsvRow {
  cells: string[];
  /** of its first character, from 1 */
  line: number;
  /** a quote opens in it and is never closed, so that the rest of the file is inside */
  isUnclosed: boolean;
}

/** @throws what the file system throws */
export async function* csvRows(path: string, delimiter: string, signal: AbortSignal): AsyncGenerator<CsvRow[]> {
  const stream = createReadStream(path, { encoding: 'utf8', signal });
  let deliver: (chunk: Papa.ParseResult<string[]> | null) => void = () => {};
  let reject: (error: Error) => void = () => {};
  let failure: Error | null = null;
  const fail = (error: Error) => {
    // It may come while nobody waits, as the consumer is busy with the last chunk.
    failure = error;
    reject(error);
  };
  const next = () =>
    new Promise<Papa.ParseResult<string[]> | null>((resolve, refuse) => {
      deliver = resolve;
      reject = refuse;
    });
  let pending = next();
  let proceed = () => {};
  Papa.parse<string[], typeof stream>(stream, {
    delimiter,
    chunk: (results, parser) => {
      parser.pause();
      proceed = () => parser.resume();
      deliver(results);
    },
    complete: () => deliver(null),
    error: fail,
  });
  let line = 1;
  try {
    for (let chunk = await pending; chunk; chunk = await pending) {
      const rows = numbered(chunk, line);
      line = rows.next;
      yield rows.rows;
      if (failure) {
        throw failure;
      }
      pending = next();
      proceed();
    }
  } finally {
    stream.destroy();
  }
}

/** The rows of a text that is short enough to be held as a whole, without empty ones. */
export function csvRowsOf(text: string, delimiter: string): CsvRow[] {
  return numbered(Papa.parse<string[]>(text, { delimiter }), 1).rows.filter(isFilled);
}

export function isFilled({ cells }: CsvRow): boolean {
  return cells.length > 1 || cells[0]!.trim() !== '';
}

/** @param line of the first row; `next` is that of what comes after the last */
function numbered({ data, errors }: Papa.ParseResult<string[]>, line: number): { rows: CsvRow[]; next: number } {
  const unclosed = new Set(errors.filter((e) => e.code === 'MissingQuotes').map((e) => e.row));
  let next = line;
  const rows = data.map((cells, i): CsvRow => {
    const row = { cells, line: next, isUnclosed: unclosed.has(i) };
    next += 1 + cells.reduce((breaks, cell) => breaks + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
    return row;
  });
  return { rows, next };
}
