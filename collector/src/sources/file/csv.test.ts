import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { CsvSource } from '@kpi-monitor/model/catalogue/source-schema';
import { createCalendar } from '@kpi-monitor/model/time/calendar';

import { kpiFrom } from '../../../test/catalogue';
import { readAll } from '../../../test/read-all';

import { createFileSource, fileOfCsv } from './source';

const folder = mkdtempSync(join(tmpdir(), 'kpi-csv-'));
const context = { calendar: createCalendar(), clock: () => Date.UTC(2026, 5, 17), catalogueFolder: folder };
afterAll(() => rmSync(folder, { recursive: true }));

function sourceOf(text: string | Buffer, more = '') {
  writeFileSync(join(folder, 'data.csv'), text);
  const kpi = kpiFrom(
    `kind: flow\ndimensions: [region]\nsource: { kind: csv, path: data.csv, period: date, value: sales${more} }`
  );
  return createFileSource(kpi, fileOfCsv(kpi.source as CsvSource), context);
}

const read = (text: string | Buffer, more = '') => readAll(sourceOf(text, more));

test('rows become records that know their line', async () => {
  const records = await read(
    'date,region,sales\n2026-01-01,West,"1,234.5"\n2026-01-02,"East\nEnd",7\n2026-01-03,South,8\n',
    ', dimensions: { region: region }'
  );
  expect(records).toEqual([
    { period: '2026-01-01', value: 1234.5, dims: { region: 'West' }, part: 'data.csv', where: 'data.csv line 2' },
    { period: '2026-01-02', value: 7, dims: { region: 'East\nEnd' }, part: 'data.csv', where: 'data.csv line 3' },
    { period: '2026-01-03', value: 8, dims: { region: 'South' }, part: 'data.csv', where: 'data.csv line 5' },
  ]);
});

test('a byte order mark, carriage returns, blank lines and a missing last line break do no harm', async () => {
  const records = await read('\ufeffdate,sales\r\n\r\n2026-01-01,1\r\n\r\n2026-01-02,2');
  expect(records.map(({ value, where }) => [value, where])).toEqual([
    [1, 'data.csv line 3'],
    [2, 'data.csv line 5'],
  ]);
});

test('semicolons, decimal commas, scale and weights', async () => {
  const [record] = await read(
    'date;sales;n\n01.02.2026;1.234,5;12\n',
    `, weight: n, delimiter: ";", decimal: ",", scale: 1000`
  );
  expect(record).toMatchObject({ period: '01.02.2026', value: 1234500, weight: 12 });
});

test('what is scaled keeps the digits that it had', async () => {
  const [record] = await read('date,sales\n2026-01,5840.4\n', ', scale: 1000');
  expect(record!.value).toBe(5840400);
});

test('a value that is no number is passed on as it is, for the dead letters', async () => {
  expect((await read('date,sales\n2026-01,n/a\n'))[0]!.value).toBe('n/a');
});

test('a row with too many or too few columns is broken: its values may stand in the wrong place', async () => {
  const records = await read('date,sales\n2026-01,1,5\n2026-02\n2026-03,3\n');
  expect(records[0]).toMatchObject({
    part: 'data.csv',
    where: 'data.csv line 2',
    broken: 'it has 3 columns, the header has 2: 2026-01,1,5',
  });
  expect(records[1]).toMatchObject({
    part: 'data.csv',
    where: 'data.csv line 3',
    broken: expect.stringContaining('1 columns'),
  });
  expect(records[2]!.broken).toBeUndefined();
});

test('a quote that is never closed is reported with its line, and takes no other line along', async () => {
  const records = await read('date,sales\n2026-01,1\n2026-02,"2\n2026-03,3\n');
  expect(records).toMatchObject([
    { value: 1 },
    { where: 'data.csv line 3', broken: expect.stringContaining('never closed') },
    { value: 3, where: 'data.csv line 4' },
  ]);
});

test('a file of many chunks comes whole, in order and with the right lines', async () => {
  const n = 60_000;
  const start = Date.UTC(1850, 0, 1);
  const lines = Array.from(
    { length: n },
    (_, i) => `${new Date(start + i * 86_400_000).toISOString().slice(0, 10)},${i}`
  );
  const records = await read(['date,sales', ...lines].join('\n'));
  expect(records).toHaveLength(n);
  expect(records.every((record, i) => record.value === i && record.where === `data.csv line ${i + 2}`)).toBe(true);
});

test.each([
  ['SOURCE_FORMAT', 'no column `sales`; it has date, turnover', 'date,turnover\n2026-01,1\n'],
  ['SOURCE_FORMAT', 'is empty', ''],
  ['SOURCE_FORMAT', 'is empty', '\n\n'],
])('%s: %s', async (code, message, text) => {
  const error = await read(text).catch((e) => e);
  expect(error).toMatchObject({ code, message: expect.stringContaining(message) });
});

test('a file that is not there, or is a folder, is named', async () => {
  const source = (path: string) => {
    const kpi = kpiFrom(`kind: flow\nsource: { kind: csv, path: ${path}, period: date, value: sales }`);
    return createFileSource(kpi, fileOfCsv(kpi.source as CsvSource), context);
  };
  await expect(readAll(source('missing.csv'))).rejects.toMatchObject({
    code: 'SOURCE_UNREACHABLE',
    message: `${join(folder, 'missing.csv')}: there is no such file`,
  });
  await expect(readAll(source('.'))).rejects.toMatchObject({
    code: 'SOURCE_UNREACHABLE',
    message: expect.stringContaining('not a file'),
  });
});

test('a read that is broken off ends', async () => {
  const stop = new AbortController();
  const source = sourceOf(`date,sales\n${'2026-01-01,1\n'.repeat(100_000)}`);
  const seen: number[] = [];
  const reading = (async () => {
    for await (const batch of source.read({ from: 0, to: 1 }, stop.signal)) {
      seen.push(batch.length);
      stop.abort(new Error('stopped'));
    }
  })();
  await expect(reading).rejects.toThrow('stopped');
  expect(seen.length).toBeLessThan(5);
});
