/** Rows as text: CSV for spreadsheets, JSON as one document, NDJSON a row a line. */
import type { ExportRow } from './rows';

export interface Format {
  head: string;
  row(row: ExportRow, isFirst: boolean): string;
  tail: string;
}

const COLUMNS = ['kpi', 'name', 'unit', 'grain', 'period', 'member', 'value', 'target', 'life', 'status'] as const;

export const FORMATS: Readonly<Record<'csv' | 'json' | 'ndjson', Format>> = {
  csv: {
    head: `${COLUMNS.join(',')}\r\n`,
    row: (row) => `${COLUMNS.map((column) => csvCell(row[column])).join(',')}\r\n`,
    tail: '',
  },
  json: {
    head: '{"rows":[',
    row: (row, isFirst) => `${isFirst ? '\n' : ',\n'}${JSON.stringify(row)}`,
    tail: '\n]}\n',
  },
  ndjson: { head: '', row: (row) => `${JSON.stringify(row)}\n`, tail: '' },
};

/**
 * A cell as RFC 4180 has it. A spreadsheet takes a text that begins with one of = + - @ for a formula, which would run
 * on the reader's machine: an apostrophe before it keeps it a text
 * (https://owasp.org/www-community/attacks/CSV_Injection).
 */
export function csvCell(value: string | number | null): string {
  if (value === null) {
    return '';
  }
  if (typeof value === 'number') {
    return String(value);
  }
  const safe = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
}
