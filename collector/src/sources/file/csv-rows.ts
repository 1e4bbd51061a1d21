/** Rows of CSV, one chunk at a time, so that memory does not grow with the file. */
import Papa from 'papaparse';

export interface CsvRow {
  cells: string[];
  /** of its first character, from 1 */
  line: number;
  /** a quote opens in it and is never closed, so that the rest of the file is inside */
  isUnclosed: boolean;
}

/** Characters of one row: in more, a quote is never closed. */
export const LONGEST_ROW = 256 * 1024;
/** Each makes the parser look at what follows once more. */
export const MOST_UNCLOSED = 20;

/** Cells by CSV's rules for one text (https://www.rfc-editor.org/rfc/rfc4180); Papa Parse exports it without a type. */
interface RowParser {
  parse(text: string, baseIndex: number, ignoresLastRow: boolean): Papa.ParseResult<string[]>;
}
const { Parser } = Papa as unknown as { Parser: new (config: Papa.ParseConfig) => RowParser };

/**
 * A line whose quote is never closed is a row of its own, and reading goes on in the next.
 * @param chunks text whose line breaks are `\n`
 * @throws what `chunks` throws, and RangeError when nothing of it looks like rows
 */
export async function* csvRows(chunks: AsyncIterable<string>, delimiter: string): AsyncGenerator<CsvRow[]> {
  const reader = new RowReader(delimiter);
  for await (const chunk of chunks) {
    yield reader.add(chunk);
  }
  yield reader.end();
}

class RowReader {
  private line = 1;
  /** begins with the row that is not complete yet */
  private rest = '';
  private unclosed = 0;

  constructor(private readonly delimiter: string) {}

  add(chunk: string): CsvRow[] {
    this.rest += chunk;
    const rows = this.complete();
    while (this.rest.length > LONGEST_ROW) {
      rows.push(this.firstLine(), ...this.complete());
    }
    return rows;
  }

  end(): CsvRow[] {
    const rows: CsvRow[] = [];
    while (this.rest !== '') {
      const { data, errors } = this.parse(true);
      if (!errors.some(({ code }) => code === 'MissingQuotes')) {
        rows.push(...data.map((cells) => this.row(cells)));
        break;
      }
      rows.push(this.firstLine(), ...this.complete());
    }
    return rows;
  }

  private complete(): CsvRow[] {
    const { data, meta } = this.parse(false);
    this.rest = this.rest.slice(meta.cursor);
    return data.map((cells) => this.row(cells));
  }

  private parse(isLast: boolean) {
    return new Parser({ delimiter: this.delimiter, newline: '\n' }).parse(this.rest, 0, !isLast);
  }

  private firstLine(): CsvRow {
    const end = this.rest.indexOf('\n');
    const text = end < 0 ? this.rest : this.rest.slice(0, end);
    if (text.length > LONGEST_ROW || ++this.unclosed > MOST_UNCLOSED) {
      const what = text.length > LONGEST_ROW ? `is longer than ${LONGEST_ROW} characters` : 'opens one quote too many';
      throw new RangeError(`line ${this.line} ${what}; perhaps it is no CSV, or its quotes are not doubled`);
    }
    this.rest = end < 0 ? '' : this.rest.slice(end + 1);
    return this.row(text.split(this.delimiter), true);
  }

  private row(cells: string[], isUnclosed = false): CsvRow {
    const row = { cells, line: this.line, isUnclosed };
    this.line += 1 + cells.reduce((breaks, cell) => breaks + breaksIn(cell), 0);
    return row;
  }
}

function breaksIn(cell: string): number {
  let breaks = 0;
  for (let at = cell.indexOf('\n'); at >= 0; at = cell.indexOf('\n', at + 1)) {
    breaks++;
  }
  return breaks;
}
