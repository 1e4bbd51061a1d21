/** Files as people and programs leave them: a bad record is named and spoils no other; a broken file is named. */
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { FileSource } from '@kpi-monitor/model/catalogue/source-schema';
import { createCalendar } from '@kpi-monitor/model/time/calendar';

import { kpiFrom } from '../../../test/catalogue';
import { readAll } from '../../../test/read-all';

import { LONGEST_ROW } from './csv-rows';
import { createFileSource } from './source';

const folder = mkdtempSync(join(tmpdir(), 'kpi-file-'));
afterAll(() => rmSync(folder, { recursive: true }));

const context = { calendar: createCalendar(), clock: () => Date.UTC(2026, 5, 17), catalogueFolder: folder };

async function read(name: string, content: string | Uint8Array, more = 'period: date, value: sales') {
  writeFileSync(join(folder, name), content);
  const kpi = kpiFrom(`kind: flow\ndimensions: [region]\nsource: { kind: file, path: '${name}', ${more} }`);
  return readAll(createFileSource(kpi, kpi.source as FileSource, context));
}

const failure = (name: string, content: string | Uint8Array, more?: string) =>
  read(name, content, more).catch((e) => e);

/** `[period, value]`, or why it is none. */
async function shown(...args: Parameters<typeof read>) {
  return (await read(...args)).map(({ period, value, broken }) => broken ?? [period, value]);
}

const ROWS = 'date,sales\n2026-01-01,1\n2026-01-02,2\n';
const TWO = [
  ['2026-01-01', 1],
  ['2026-01-02', 2],
];

function utf16(text: string, isBig = false): Buffer {
  const bytes = Buffer.from(text, 'utf16le');
  return isBig ? bytes.swap16() : bytes;
}

test.each([
  ['nothing wrong', ROWS],
  ['a byte order mark', `\ufeff${ROWS}`],
  ['CRLF line ends', ROWS.replaceAll('\n', '\r\n')],
  ['CR line ends', ROWS.replaceAll('\n', '\r')],
  ['all line ends at once', 'date,sales\r\n2026-01-01,1\r2026-01-02,2\n'],
  ['blank lines and lines of blanks', `\n\n${ROWS.replaceAll('\n', '\n\n   \n')}`],
  ['lines of delimiters alone', `${ROWS},\n,,\n`],
  ['titles above the header', `Sales of 2026\nmade on 3 March, all regions\n\n${ROWS}`],
  ['blanks around the names', ROWS.replace('date,sales', ' date ,\tsales ')],
  ['delimiters at the ends of rows', ROWS.replaceAll('\n', ',\n')],
  ['no line end at the end', ROWS.trimEnd()],
  ['semicolons', ROWS.replaceAll(',', ';')],
  ['tabs', ROWS.replaceAll(',', '\t')],
  ['pipes', ROWS.replaceAll(',', '|')],
  ['rows without a value', 'date,sales\n2026-01-01,1\n2026-01-02,2\n2026-01-03,\n2026-01-04, \n'],
  ['UTF-16, little end first', utf16(`\ufeff${ROWS}`)],
  ['UTF-16, big end first', utf16(`\ufeff${ROWS}`, true)],
  ['gzip, though its name does not say so', gzipSync(ROWS)],
  ['a quoted name with a line break', 'date,"sales"\n2026-01-01,1\n2026-01-02,2\n'],
])('%s is read as it is meant', async (_, content) => {
  expect(await shown('data.csv', content)).toEqual(TWO);
});

test.each([
  ['windows-1252', Buffer.from([0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68, 0x20, 0x80]), 'Zürich €'],
  ['latin1', Buffer.from([0x5a, 0xfc, 0x72, 0x69, 0x63, 0x68]), 'Zürich'],
  ['utf-16le', utf16('Zürich'), 'Zürich'],
  ['utf-16be', utf16('Zürich', true), 'Zürich'],
])('members in %s arrive as they are', async (encoding, member, text) => {
  const as = (part: string) =>
    encoding.startsWith('utf-16') ? utf16(part, encoding.endsWith('be')) : Buffer.from(part, 'latin1');
  const content = Buffer.concat([as('date,region,sales\n2026-01-01,'), member, as(',1\n')]);
  const more = `period: date, value: sales, dimensions: { region: region }, encoding: ${encoding}`;
  expect(await read('data.csv', content, more)).toMatchObject([{ dims: { region: text }, value: 1 }]);
});

test('bytes of another encoding break the rows that they are in, with the remedy', async () => {
  const content = Buffer.from('date,region,sales\n2026-01-01,Z\xfcrich,1\n2026-01-02,Bern,2\n', 'latin1');
  const rows = await shown('data.csv', content, 'period: date, value: sales, dimensions: { region: region }');
  expect(rows).toEqual([expect.stringMatching(/set `encoding`/), ['2026-01-02', 2]]);
});

test.each([
  ['a ragged row', '2026-01-03,1,5', /has 3 columns, the header has 2/],
  ['a row that is cut off', '2026-01-03', /has 1 columns/],
  ['a NUL byte', '2026-01-03,1\0', /NUL/],
  ['a quote that is never closed', '2026-01-03,"1', /never closed/],
])('%s is a broken record that has file and line', async (_, row, reason) => {
  const records = await read('data.csv', `${ROWS}${row}\n`);
  expect(records.slice(0, 2).map(({ broken }) => broken)).toEqual([undefined, undefined]);
  expect(records[2]).toMatchObject({ where: 'data.csv line 4', broken: expect.stringMatching(reason) });
});

test('what Excel writes for errors, totals and text is passed on for the dead letters', async () => {
  const content = `${ROWS}2026-01-03,#N/A\n2026-01-04,#DIV/0!\n2026-01-05,-\nTotal,3\n`;
  expect((await shown('data.csv', content)).slice(2)).toEqual([
    ['2026-01-03', '#N/A'],
    ['2026-01-04', '#DIV/0!'],
    ['2026-01-05', '-'],
    ['Total', 3],
  ]);
});

test('rows that are said to be no records are left out', async () => {
  const content = `${ROWS}Total 2026,3\n TOTAL,3\nSubtotal,3\n`;
  expect(await shown('data.csv', content, 'period: date, value: sales, ignore: [total, Sub]')).toEqual(TWO);
});

test.each([
  ['decimal commas', 'date;sales\n1;1.234,5\n2;-0,5\n', [1234.5, -0.5]],
  ['thousands with blanks', 'date;sales\n1;1 234 567,5\n2;1\u00a0234,25\n', [1234567.5, 1234.25]],
  ['thousands with apostrophes', "date;sales\n1;1'234,5\n2;1’234’567\n", [1234.5, 1234567]],
])('%s', async (_, content, values) => {
  const records = await read('data.csv', content, "period: date, value: sales, decimal: ','");
  expect(records.map(({ value }) => value)).toEqual(values);
});

test('columns go by name, by letter or by number, with a header and without', async () => {
  const more = (columns: string) => `${columns}, dimensions: { region: B }`;
  const rows = '2026-01-01,West,1\n';
  const expected = [{ period: '2026-01-01', value: 1, dims: { region: 'West' } }];
  expect(await read('data.csv', `a,b,c\n${rows}`, more('period: A, value: 3'))).toMatchObject(expected);
  expect(await read('data.csv', rows, more('period: 1, value: C, header: 0'))).toMatchObject(expected);
  expect(await read('data.csv', `x,y,z\na,b,c\n${rows}`, more('period: a, value: c, header: 2'))).toMatchObject(
    expected
  );
});

test('a cell of several lines is one cell, and later rows have the right line', async () => {
  const more = 'period: date, value: sales, dimensions: { region: region }';
  const records = await read('data.csv', 'date,region,sales\n2026-01-01,"a\r\nb",1\n2026-01-02,"say ""c""",2\n', more);
  expect(records.map(({ dims, where }) => [dims.region, where])).toEqual([
    ['a\nb', 'data.csv line 2'],
    ['say "c"', 'data.csv line 4'],
  ]);
});

test('a header alone is no mistake: nothing has happened yet', async () => {
  expect(await read('data.csv', 'date,sales\n')).toEqual([]);
});

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');

test.each([
  ['an empty file', 'data.csv', '', /is empty/],
  ['blank lines alone', 'data.csv', '\n \n', /is empty/],
  ['a column that is not there', 'data.csv', 'date,turnover\n1,2\n', /no column `sales`; it has date, turnover/],
  ['a name that two columns have', 'data.csv', 'date,sales,sales\n1,2,3\n', /two columns `sales`, 2 and 3/],
  ['a header in another encoding', 'data.csv', Buffer.from('date,sales\xfc\n', 'latin1'), /set its `encoding`/],
  ['UTF-16 without a mark', 'data.csv', utf16(ROWS), /perhaps set `encoding: utf-16le`/],
  ['a workbook by another name', 'data.csv', Buffer.from('PK\x03\x04…'), /Excel workbook.*not csv; set `format: xlsx`/],
  ['a Parquet file by another name', 'data.csv', 'PAR1…', /set `format: parquet`/],
  [
    'an old workbook',
    'data.xlsx',
    Buffer.from('d0cf11e0a1b11ae1', 'hex'),
    /old Excel file.*password.*save it as \.xlsx/,
  ],
  ['a picture', 'data.xlsx', PNG, /is not xlsx: it begins with/],
  ['a web page', 'data.csv', '<!DOCTYPE html><html>', /is a web page.*login/],
  ['a name that says nothing', 'data.dat', ROWS, /set `format`/],
  ['gzip that is cut off', 'data.csv.gz', gzipSync(ROWS).subarray(0, 25), /broken gzip file.*copy it again/],
  ['a workbook that is cut off', 'data.xlsx', Buffer.from('PK\x03\x04cut'), /no whole workbook.*copy it again/],
  ['a Parquet file that is cut off', 'data.parquet', 'PAR1cut', /no whole Parquet file/],
  ['text that is no JSON', 'data.json', '[{"date": 1},\n{"date"', /is no JSON/],
  ['an endless row', 'data.csv', `date,sales\n${'x'.repeat(LONGEST_ROW + 400_000)}`, /line 2 is longer/],
])('%s is refused with the name of the file', async (_, name, content, message) => {
  const error = await failure(name, content);
  expect(error).toMatchObject({ code: 'SOURCE_FORMAT', message: expect.stringMatching(message) });
  expect(error.message).toContain(join(folder, name));
});

test('a file that this user may not read says so', async () => {
  const path = join(folder, 'locked.csv');
  writeFileSync(path, ROWS);
  chmodSync(path, 0);
  chmodSync(folder, 0o755);
  const kpi = kpiFrom('kind: flow\nsource: { kind: file, path: locked.csv, period: date, value: sales }');
  // Nothing is forbidden to root.
  const isRoot = process.geteuid!() === 0;
  if (isRoot) {
    process.seteuid!(65_534);
  }
  try {
    await expect(readAll(createFileSource(kpi, kpi.source as FileSource, context))).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      message: expect.stringContaining('permission denied'),
    });
  } finally {
    if (isRoot) {
      process.seteuid!(0);
    }
  }
});

test('many quotes that are never closed are given up on, and take no endless time', async () => {
  const error = await failure('data.csv', `date,sales\n${'2026-01-01,"x"y\n'.repeat(50_000)}`);
  expect(error).toMatchObject({ code: 'SOURCE_FORMAT', message: expect.stringMatching(/line \d+ opens one quote/) });
});
