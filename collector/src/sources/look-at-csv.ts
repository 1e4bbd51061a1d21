/** Looks at the beginning of a CSV file and proposes which column holds what: a guess, for a person to agree to. */
import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';

import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import type { Grain } from '@kpi-monitor/model/time/grain';
import Papa from 'papaparse';

import { readNumber } from '../validation/number';
import { readPeriod } from '../validation/period';

export interface CsvLook {
  columns: string[];
  /** what the values seem to be, the likeliest first */
  values: string[];
  /** columns whose few texts come again and again */
  members: string[];
  period: string | null;
  /** luxon format, where the periods are not written as ISO 8601 */
  format: string | null;
  /** other formats that fit what was seen as well */
  alsoFits: string[];
  grain: Grain;
  decimal: '.' | ',';
  /** where it is not UTF-8: what such files most often are */
  encoding: 'windows-1252' | null;
}

const LOOKED_AT = 64 * 1024;
const FORMATS = [
  'dd.MM.yyyy',
  'd.M.yyyy',
  'MM/dd/yyyy',
  'dd/MM/yyyy',
  'M/d/yyyy',
  'd/M/yyyy',
  'yyyy/MM/dd',
  'MM/yyyy',
  'MMM yyyy',
];
/** Of the cells of a column. */
const MOST = 0.8;
/** A column of numbers with gaps and notes in it is still one of numbers. */
const MANY = 0.5;
const FEW = 50;
const PERIOD_NAME = /date|day|period|month|week|year|quarter|time|datum|monat|tag/i;
const VALUE_NAME = /value|amount|total|sum|count|revenue|sales|orders|price|cost|betrag|wert/i;
const COUNTING_NAME = /^(id|nr|no|number|row|line|index)$|_id$|_no$/i;

/** @throws KpiError SOURCE_UNREACHABLE, SOURCE_FORMAT */
export async function lookAtCsv(path: string, calendar: Calendar): Promise<CsvLook> {
  const { text, encoding } = await beginningOf(path);
  const rows = parsed(text);
  const [header, ...body] = rows;
  if (!header || header.every((name) => name.trim() === '')) {
    throw new KpiError('SOURCE_FORMAT', `${path} is empty; its first line should name the columns`, { path });
  }
  const columns = header.map((name) => name.replace(/^\ufeff/, '').trim());
  const cells = columns.map((_, i) => body.map((row) => row[i]?.trim() ?? '').filter((cell) => cell !== ''));
  const share = (its: readonly string[], fits: (cell: string) => boolean) =>
    its.length === 0 ? 0 : its.filter(fits).length / its.length;
  const isPeriod =
    (...formats: string[]) =>
    (cell: string) =>
      readPeriod(cell, { grain: 'day', calendar, formats }) !== null;

  // A year or a compact date is a number as well, so its column's name decides.
  const iso = columns.findIndex(
    (name, i) =>
      share(cells[i]!, isPeriod()) >= MOST && (PERIOD_NAME.test(name) || share(cells[i]!, isNumber('.')) < MOST)
  );
  const written = columns.flatMap((_, i) =>
    FORMATS.filter((format) => share(cells[i]!, isPeriod(format)) >= MOST).map((format) => ({ i, format }))
  );
  const [found] = written;
  const at = iso >= 0 ? iso : (found?.i ?? -1);
  const format = iso >= 0 ? undefined : found?.format;
  const others = columns.map((_, i) => i).filter((i) => i !== at);
  const points = others.filter((i) => share(cells[i]!, isNumber('.')) > MANY);
  const commas = others.filter((i) => share(cells[i]!, isNumber(',')) > MANY);
  const numbers = commas.length > points.length ? commas : points;
  const likely = (name: string) => Number(VALUE_NAME.test(name)) - Number(COUNTING_NAME.test(name));
  const values = numbers.map((i) => columns[i]!);
  return {
    columns,
    values: [...values].sort((a, b) => likely(b) - likely(a)),
    members: others
      .filter((i) => !numbers.includes(i) && new Set(cells[i]).size <= Math.min(FEW, Math.max(2, cells[i]!.length / 2)))
      .map((i) => columns[i]!),
    period: at < 0 ? null : columns[at]!,
    format: format ?? null,
    alsoFits: written.filter((its) => its.i === at && its.format !== format).map((its) => its.format),
    grain: at < 0 ? 'day' : grainOf(cells[at]!, calendar, format),
    decimal: commas.length > points.length ? ',' : '.',
    encoding,
  };
}

async function beginningOf(path: string): Promise<{ text: string; encoding: CsvLook['encoding'] }> {
  try {
    const file = await open(path, 'r');
    try {
      const { buffer, bytesRead } = await file.read(Buffer.alloc(LOOKED_AT), 0, LOOKED_AT, 0);
      const end = bytesRead < LOOKED_AT ? bytesRead : buffer.lastIndexOf('\n');
      const bytes = buffer.subarray(0, end);
      const encoding = isUtf8(bytes) ? null : 'windows-1252';
      return { text: new TextDecoder(encoding ?? 'utf-8').decode(bytes), encoding };
    } finally {
      await file.close();
    }
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    const why = code === 'ENOENT' ? 'there is no such file' : message;
    throw new KpiError('SOURCE_UNREACHABLE', `${path}: ${why}`, { path }, { cause });
  }
}

function parsed(text: string): string[][] {
  return Papa.parse<string[]>(text, { skipEmptyLines: 'greedy' }).data;
}

function isNumber(decimal: '.' | ','): (cell: string) => boolean {
  return (cell) => readNumber(cell, decimal) !== null;
}

/** By the smallest distance of two periods. */
function grainOf(cells: readonly string[], calendar: Calendar, format?: string): Grain {
  const formats = format === undefined ? [] : [format];
  const times = cells.flatMap((cell) => readPeriod(cell, { grain: 'minute', calendar, formats }) ?? []);
  const distinct = [...new Set(times)].sort((a, b) => a - b);
  const least = Math.min(...distinct.slice(1).map((time, i) => time - distinct[i]!)) / DAY_MS;
  const grains: Array<[number, Grain]> = [
    [0.9, 'hour'],
    [6, 'day'],
    [27, 'week'],
    [88, 'month'],
    [360, 'quarter'],
  ];
  return Number.isFinite(least) ? (grains.find(([days]) => least < days)?.[1] ?? 'year') : 'day';
}
