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
      const unclosed = new Set(chunk.errors.filter((e) => e.code === 'MissingQuotes').map((e) => e.row));
      const rows = chunk.data.map((cells, i): CsvRow => {
        const row = { cells, line, isUnclosed: unclosed.has(i) };
        line += 1 + cells.reduce((breaks, cell) => breaks + (cell.match(/\r\n|\r|\n/g)?.length ?? 0), 0);
        return row;
      });
      yield rows;
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
