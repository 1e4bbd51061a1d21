/** Workbooks as Excel writes them, made here and read as files. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { FileSource } from '@kpi-monitor/model/catalogue/source-schema';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';
import ExcelJS from 'exceljs';
import JSZip from 'jszip';

import { kpiFrom } from '../../../test/catalogue';
import { readAll } from '../../../test/read-all';
import { readPeriod } from '../../validation/period';

import { createFileSource } from './source';

const folder = mkdtempSync(join(tmpdir(), 'kpi-xlsx-'));
afterAll(() => rmSync(folder, { recursive: true }));

const calendar = createCalendar({ zone: 'America/New_York' });
const context = { calendar, clock: () => Date.UTC(2026, 5, 17), catalogueFolder: folder };

type Cells = ExcelJS.CellValue[][];

async function workbook(sheets: Record<string, Cells | ((sheet: ExcelJS.Worksheet) => void)>, is1904 = false) {
  const book = new ExcelJS.Workbook();
  book.properties.date1904 = is1904;
  for (const [name, content] of Object.entries(sheets)) {
    const sheet = book.addWorksheet(name);
    if (typeof content === 'function') {
      content(sheet);
    } else {
      sheet.addRows(content);
    }
  }
  return Buffer.from(await book.xlsx.writeBuffer());
}

/** With a part of it written anew. */
async function changed(bytes: Buffer, part: string, change: (text: string) => string): Promise<Buffer> {
  const zip = await JSZip.loadAsync(bytes);
  zip.file(part, change(await zip.file(part)!.async('string')));
  return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
}

async function read(bytes: Buffer, more = 'period: date, value: sales') {
  writeFileSync(join(folder, 'data.xlsx'), bytes);
  const kpi = kpiFrom(`kind: flow\ndimensions: [region]\nsource: { kind: file, path: data.xlsx, ${more} }`);
  return readAll(createFileSource(kpi, kpi.source as FileSource, context));
}

const dayOf = (period: unknown) => readPeriod(period, { grain: 'day', calendar });
const date = (day: number) => new Date(Date.UTC(2026, 0, day));

test.each([[false], [true]])(
  'dates are the days that the sheet shows, also as plain numbers; since 1904: %s',
  async (is1904) => {
    const serial = 46_025 - (is1904 ? 1462 : 0);
    const bytes = await workbook(
      {
        a: [
          ['date', 'sales'],
          [date(1), 1],
          [new Date(Date.UTC(2026, 0, 2, 23, 30)), 2],
          [serial, 3],
          ['2026-01-04', 4],
        ],
      },
      is1904
    );
    const records = await read(bytes);
    expect(records.map(({ period }) => dayOf(period))).toEqual([1, 2, 3, 4].map((day) => civil(2026, 1, day)));
    expect(records[2]).toMatchObject({ value: 3, where: 'data.xlsx a row 4' });
  }
);

test('1904 may be written as `true`', async () => {
  const bytes = await workbook(
    {
      a: [
        ['date', 'sales'],
        [date(1), 1],
        [44_563, 2],
      ],
    },
    true
  );
  const asTrue = await changed(bytes, 'xl/workbook.xml', (text) => text.replace('date1904="1"', 'date1904="true"'));
  expect((await read(asTrue)).map(({ period }) => dayOf(period))).toEqual([civil(2026, 1, 1), civil(2026, 1, 3)]);
});

test('formulas give the result that was saved, and errors are named for the dead letters', async () => {
  const records = await read(
    await workbook({
      a: [
        ['date', 'sales'],
        [date(1), { formula: '1+1', result: 2 }],
        [{ formula: 'A2+1', result: date(2) } as never, { formula: 'B2*2', result: 4 }],
        [date(3), { formula: '1/0', result: { error: '#DIV/0!' } } as never],
        [date(4), { error: '#N/A' }],
        [date(5), { formula: 'B2' } as never],
        [date(6), { richText: [{ text: '1' }, { text: '2' }] }],
      ],
    })
  );
  const values = records.map(({ value }) => value);
  expect(values).toEqual([2, 4, '#DIV/0!', '#N/A', expect.stringMatching(/^=B2.*not saved/), 12]);
  expect(dayOf(records[1]!.period)).toBe(civil(2026, 1, 2));
});

test('merged cells have one content, empty cells and rows have none, and the header may stand below a title', async () => {
  const bytes = await workbook({
    a(sheet) {
      sheet.addRows([['Sales by region', null, null], [], ['date', 'region', 'sales']]);
      sheet.mergeCells('A1:C1');
      sheet.addRows([[date(1), 'West', 1], [null, 'East', 2], [], [date(2), 'West', null], [date(2), 'East', 3]]);
      sheet.mergeCells('A4:A5');
    },
  });
  const records = await read(bytes, 'period: date, value: sales, dimensions: { region: region }');
  expect(records.map(({ period, dims, value }) => [dayOf(period), dims.region, value])).toEqual([
    [civil(2026, 1, 1), 'West', 1],
    [civil(2026, 1, 1), 'East', 2],
    [civil(2026, 1, 2), 'East', 3],
  ]);
});

test('a sheet is named, or numbered, and one that is not there is told with those that are', async () => {
  const bytes = await workbook({
    first: [['x']],
    second: [
      ['date', 'sales'],
      ['2026-01', 7],
    ],
  });
  expect(await read(bytes, 'period: date, value: sales, sheet: second')).toMatchObject([{ value: 7 }]);
  expect(await read(bytes, 'period: date, value: sales, sheet: 2')).toMatchObject([{ value: 7 }]);
  await expect(read(bytes, 'period: date, value: sales, sheet: third')).rejects.toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringMatching(/data\.xlsx has no sheet `third`; it has `first`, `second`/),
  });
});

test('texts are read by the decimal sign and format of the KPI, dates as they are', async () => {
  const bytes = await workbook({
    a: [
      ['date', 'sales'],
      ['03.01.2026', '1.234,5'],
      [date(4), 2],
      [20_260_105, 3],
    ],
  });
  const records = await read(bytes, "period: date, value: sales, decimal: ',', period_format: [dd.MM.yyyy, yyyyMMdd]");
  const form = { grain: 'day' as const, calendar, formats: ['dd.MM.yyyy', 'yyyyMMdd'] };
  expect(records.map(({ period, value }) => [readPeriod(period, form), value])).toEqual([
    [civil(2026, 1, 3), 1234.5],
    [civil(2026, 1, 4), 2],
    [civil(2026, 1, 5), 3],
  ]);
});

test.each([
  [
    'that unpacks to a huge one',
    async () => {
      const zip = await JSZip.loadAsync(await workbook({ a: [['date', 'sales']] }));
      zip.file('xl/media/image1.bin', Buffer.alloc(64 * 1024 ** 2));
      return zip.generateAsync({ type: 'nodebuffer', compression: 'DEFLATE' });
    },
    /unpacks to more than/,
  ],
  [
    'that merges all cells there are',
    async () =>
      changed(await workbook({ a: [['date', 'sales']] }), 'xl/worksheets/sheet1.xml', (text) =>
        text.replace('</sheetData>', '</sheetData><mergeCells count="1"><mergeCell ref="A1:XFD1048576"/></mergeCells>')
      ),
    /merges more than/,
  ],
  [
    'whose rows have no end',
    async () =>
      changed(await workbook({ a: [['date', 'sales']] }), 'xl/worksheets/sheet1.xml', (text) =>
        text.replace('<row r="1"', '<row r="4000000000"')
      ),
    /has a row 4000000000/,
  ],
  ['that is cut off', async () => (await workbook({ a: [['date', 'sales']] })).subarray(0, 3000), /no whole workbook/],
  [
    'that is not one inside',
    async () => {
      const zip = new JSZip();
      zip.file('a.txt', 'text');
      return zip.generateAsync({ type: 'nodebuffer' });
    },
    /no workbook/,
  ],
  [
    'whose XML is broken',
    async () =>
      changed(await workbook({ a: [['date', 'sales']] }), 'xl/worksheets/sheet1.xml', (text) => text.slice(0, 300)),
    /broken workbook|no column/,
  ],
])('a workbook %s is refused', async (_, make, message) => {
  await expect(read(await make())).rejects.toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringMatching(message),
  });
});

test('a validation of whole columns costs nothing', async () => {
  const bytes = await workbook({
    a: [
      ['date', 'sales'],
      ['2026-01', 1],
    ],
  });
  const validated = await changed(bytes, 'xl/worksheets/sheet1.xml', (text) =>
    text.replace(
      '</sheetData>',
      '</sheetData><dataValidations count="1"><dataValidation type="whole" sqref="A1:XFD1048576"><formula1>1</formula1></dataValidation></dataValidations>'
    )
  );
  expect(await read(validated)).toMatchObject([{ value: 1 }]);
});
