/** Records of a sheet of an Excel workbook. */
import { open, readFile } from 'node:fs/promises';

import type { FileSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import type { CellValue, Workbook, Worksheet } from 'exceljs';

import { WallClock } from '../../validation/period';
import type { RawRecord } from '../source';

import { badFile, isSystemError, unreadable } from './failures';
import { recordsOfTable, type Row } from './table';
import { checkWorkbook } from './xlsx-check';

/** As the file is; unpacked, see `xlsx-check.ts`. */
export const MOST_XLSX_BYTES = 64 * 1024 ** 2;
const ROWS_AT_ONCE = 5000;
/** What is not read, some of which would be spread over every cell that it speaks of. */
const IGNORED = [
  ...['dataValidations', 'conditionalFormatting', 'hyperlinks', 'drawing', 'tableParts', 'picture', 'extLst'],
  ...['rowBreaks', 'colBreaks', 'pageSetup', 'headerFooter', 'autoFilter', 'sheetProtection', 'printOptions'],
];

/** @throws KpiError SOURCE_UNREACHABLE, SOURCE_FORMAT */
export async function* readXlsx(path: string, config: FileSource, signal: AbortSignal): AsyncGenerator<RawRecord[]> {
  const bytes = await bytesOf(path);
  const { dateSystem } = await checkWorkbook(bytes, path, signal);
  const sheet = sheetOf(await load(bytes, path), config, path);
  // Days from one system's beginning to the other's: https://learn.microsoft.com/en-us/office/troubleshoot/excel/1900-and-1904-date-system
  const dayOf = (days: number) =>
    new WallClock((days - DAYS_TO_1970 + (dateSystem === '1900' ? 0 : DAYS_TO_1904)) * DAY_MS);
  // The library knows one of the two ways to say 1904.
  const shift = dateSystem === '1904, as true' ? DAYS_TO_1904 * DAY_MS : 0;
  const rows = rowsOf(sheet, (value, formula) => valueOf(value, formula, shift), signal);
  yield* recordsOfTable(rows, { path, config, isStrict: false, dayOf });
}

const DAYS_TO_1970 = 25_569;
const DAYS_TO_1904 = 1462;

async function* rowsOf(
  sheet: Worksheet,
  valueIn: (value: CellValue, formula: string | undefined) => unknown,
  signal: AbortSignal
): AsyncGenerator<Row[]> {
  let rows: Row[] = [];
  for (let number = 1; number <= sheet.rowCount; number++) {
    const cells: unknown[] = [];
    sheet.findRow(number)?.eachCell({ includeEmpty: false }, (cell, column) => {
      cells[column - 1] = valueIn(cell.value, cell.formula);
    });
    if (cells.length > 0) {
      rows.push({ cells: Array.from(cells), where: `${sheet.name} row ${number}`, number });
    }
    if (rows.length === ROWS_AT_ONCE) {
      yield rows;
      rows = [];
      signal.throwIfAborted();
    }
  }
  yield rows;
}

async function bytesOf(path: string): Promise<Buffer> {
  let file;
  try {
    file = await open(path, 'r');
    const { size } = await file.stat();
    if (size > MOST_XLSX_BYTES) {
      throw badFile(path, `has ${size} bytes; ${MOST_XLSX_BYTES} are the most of a workbook: save the sheet as CSV`);
    }
    return await readFile(file);
  } catch (error) {
    throw error instanceof KpiError ? error : isSystemError(error) ? unreadable(path, error) : error;
  } finally {
    await file?.close();
  }
}

async function load(bytes: Buffer, path: string): Promise<Workbook> {
  // Loaded only where a workbook is read.
  const { default: ExcelJS } = await import('exceljs');
  const workbook = new ExcelJS.Workbook();
  try {
    await workbook.xlsx.load(bytes as never, { ignoreNodes: IGNORED } as never);
    return workbook;
  } catch (error) {
    throw badFile(
      path,
      `is a broken workbook (${(error as Error).message}); open it in Excel and save it again`,
      error
    );
  }
}

function sheetOf(workbook: Workbook, { sheet = 1 }: FileSource, path: string): Worksheet {
  const sheets = workbook.worksheets;
  const found = typeof sheet === 'number' ? sheets[sheet - 1] : sheets.find(({ name }) => name === sheet);
  if (!found) {
    const known = sheets.map(({ name }) => `\`${name}\``).join(', ') || 'none';
    throw badFile(path, `has no sheet \`${sheet}\`; it has ${known}`);
  }
  return found;
}

/** What a person sees in the cell; a formula by the result that was saved with it. */
function valueOf(value: CellValue, formula: string | undefined, shift: number): unknown {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  if (value instanceof Date) {
    return new WallClock(value.getTime() + shift);
  }
  if ('error' in value) {
    return value.error;
  }
  if ('richText' in value) {
    return value.richText.map(({ text }) => text).join('');
  }
  if ('hyperlink' in value) {
    return valueOf(value.text as CellValue, undefined, shift);
  }
  if ('formula' in value || 'sharedFormula' in value) {
    return value.result === undefined
      ? `=${formula ?? '…'} (its result was not saved)`
      : valueOf(value.result as CellValue, undefined, shift);
  }
  return String(value);
}
