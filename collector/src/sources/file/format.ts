/** Which format a file has: by its name, and whether its first bytes agree. */
import { open } from 'node:fs/promises';

import type { FileSource } from '@kpi-monitor/model/catalogue/source-schema';

import { badFile, unreadable } from './failures';

export type Format = NonNullable<FileSource['format']>;

const BY_ENDING: Readonly<Record<string, Format>> = {
  ...{ csv: 'csv', tsv: 'csv', tab: 'csv', txt: 'csv' },
  ...{ parquet: 'parquet', pq: 'parquet' },
  ...{ xlsx: 'xlsx', xlsm: 'xlsx' },
  ...{ json: 'json', ndjson: 'ndjson', jsonl: 'ndjson' },
};

/** By the ending of a name, `.gz` left out; null when it says nothing. */
export function formatByName(path: string): Format | null {
  const ending = /\.([a-z]+)(\.gz)?$/i.exec(path)?.[1]?.toLowerCase() ?? '';
  return Object.hasOwn(BY_ENDING, ending) ? BY_ENDING[ending]! : null;
}

/** First bytes that a format is known by, and what it is called. */
const SIGNATURES: ReadonlyArray<readonly [bytes: string, name: string, formats: readonly Format[]]> = [
  ['PK\x03\x04', 'an Excel workbook or another ZIP file', ['xlsx']],
  ['PAR1', 'a Parquet file', ['parquet']],
  ['\x1f\x8b', 'packed by gzip', ['csv', 'json', 'ndjson']],
  ['\xd0\xcf\x11\xe0', 'an old Excel file (.xls), or one with a password', []],
  ['%PDF', 'a PDF document', []],
];

/**
 * The format to read a file in.
 * @throws KpiError SOURCE_UNREACHABLE, SOURCE_FORMAT when the content is of another than the name or the KPI says
 */
export async function formatOf(path: string, wanted: Format | undefined): Promise<Format> {
  const format = wanted ?? formatByName(path);
  if (!format) {
    throw badFile(path, 'has a name that does not say its format; set `format` to csv, xlsx, parquet, json or ndjson');
  }
  const head = await firstBytes(path);
  if (head === '') {
    throw badFile(path, 'is empty: it has no byte; look at what writes it');
  }
  const found = SIGNATURES.find(([bytes]) => head.startsWith(bytes));
  if (found) {
    const [, name, formats] = found;
    if (!formats.includes(format)) {
      const [other] = formats.length === 1 ? formats : [];
      const remedy = other
        ? `set \`format: ${other}\`, or mend its name`
        : 'save it as .xlsx without a password, or as .csv';
      throw badFile(path, `is ${name}, not ${format}; ${remedy}`);
    }
  } else if (format === 'xlsx' || format === 'parquet') {
    throw badFile(path, `is not ${format}: it begins with ${shown(head)}; save it anew, or set \`format\``);
  } else if (format !== 'json' && /^\s*<(!doctype|html|\?xml|table)/i.test(head)) {
    throw badFile(path, `is a web page or XML, not ${format}: perhaps a login page was saved in its place`);
  }
  return format;
}

async function firstBytes(path: string): Promise<string> {
  let file;
  try {
    file = await open(path, 'r');
    const { buffer, bytesRead } = await file.read(Buffer.alloc(64), 0, 64, 0);
    return buffer.toString('latin1', 0, bytesRead);
  } catch (error) {
    throw unreadable(path, error);
  } finally {
    await file?.close();
  }
}

function shown(head: string): string {
  return JSON.stringify(head.slice(0, 12));
}
