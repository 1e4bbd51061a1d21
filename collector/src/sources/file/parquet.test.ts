/** Parquet files, written by DuckDB and read as files. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DuckDBInstance } from '@duckdb/node-api';
import type { FileSource } from '@kpi-monitor/model/catalogue/source-schema';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';

import { kpiFrom } from '../../../test/catalogue';
import { readAll } from '../../../test/read-all';
import { readPeriod } from '../../validation/period';

import { createFileSource } from './source';

const folder = mkdtempSync(join(tmpdir(), 'kpi-parquet-'));
afterAll(() => rmSync(folder, { recursive: true }));

const calendar = createCalendar({ zone: 'America/New_York' });
const context = { calendar, clock: () => Date.UTC(2026, 5, 17), catalogueFolder: folder };

async function write(name: string, query: string): Promise<void> {
  const instance = await DuckDBInstance.create(':memory:');
  const connection = await instance.connect();
  await connection.run(`COPY (${query}) TO '${join(folder, name)}' (FORMAT parquet)`);
  connection.closeSync();
  instance.closeSync();
}

function read(path: string, more = 'period: date, value: sales') {
  const kpi = kpiFrom(`kind: flow\ndimensions: [region]\nsource: { kind: file, path: '${path}', ${more} }`);
  return readAll(createFileSource(kpi, kpi.source as FileSource, context));
}

test.each([
  ["date '2026-03-08'", civil(2026, 3, 8)],
  ["timestamp '2026-03-08 23:30:00'", civil(2026, 3, 8)],
  ["timestamp_s '2026-03-08 23:30:00'", civil(2026, 3, 8)],
  ["timestamp_ms '2026-03-08 23:30:00'", civil(2026, 3, 8)],
  ["timestamp_ns '2026-03-08 23:30:00'", civil(2026, 3, 8)],
  ["timestamptz '2026-03-09 03:30:00+00'", civil(2026, 3, 8)],
  ["'2026-03-08'", civil(2026, 3, 8)],
  ['20260308', civil(2026, 3, 8)],
  ['20260308::bigint', civil(2026, 3, 8)],
])('%s is the day that it says', async (literal, day) => {
  await write('data.parquet', `select ${literal} as date, 1 as sales`);
  const [record] = await read('data.parquet');
  expect(readPeriod(record!.period, { grain: 'day', calendar })).toBe(day);
});

test('numbers of all kinds, members and absent values', async () => {
  await write(
    'data.parquet',
    `select * from (values
      (date '2026-01-01', 'West', 12.50::decimal(10, 2), 1.5::double, 3::bigint),
      (date '2026-01-02', null, 1::decimal(10, 2), 'nan'::double, 4::bigint),
      (date '2026-01-03', 'East', null, 2, 5)) t(date, region, price, rate, n)`
  );
  const more = (value: string) => `period: date, value: ${value}, dimensions: { region: region }`;
  expect(await read('data.parquet', more('price'))).toMatchObject([
    { value: 12.5, dims: { region: 'West' }, where: 'data.parquet row 1' },
    { value: 1, dims: { region: null } },
  ]);
  expect((await read('data.parquet', more('rate'))).map(({ value }) => value)).toEqual([1.5, NaN, 2]);
  expect((await read('data.parquet', more('n'))).map(({ value }) => value)).toEqual([3, 4, 5]);
});

test('a file of many row groups comes whole and in order', async () => {
  await write('data.parquet', "select date '1700-01-01' + i::int as date, i as sales from range(300000) t(i)");
  const records = await read('data.parquet');
  expect(records).toHaveLength(300_000);
  expect(records.every(({ value }, i) => value === i)).toBe(true);
});

test('brackets in a name are part of the name', async () => {
  await write('data[1].parquet', "select '2026-01' as date, 1 as sales");
  writeFileSync(join(folder, 'data1.parquet'), 'PAR1 another');
  expect(await read('data[1].parquet')).toMatchObject([{ value: 1 }]);
});

test('a column that is not there is named with those that are; a file that is cut off is broken', async () => {
  await write('data.parquet', "select '2026-01' as date, 1 as turnover");
  await expect(read('data.parquet')).rejects.toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringContaining('no column `sales`; it has date, turnover'),
  });
  const whole = readFileSync(join(folder, 'data.parquet'));
  writeFileSync(join(folder, 'data.parquet'), whole.subarray(0, whole.length - 20));
  await expect(read('data.parquet')).rejects.toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringMatching(/data\.parquet is no whole Parquet file/),
  });
  // Its end is whole, what it points at is not.
  writeFileSync(join(folder, 'data.parquet'), Buffer.concat([Buffer.from('PAR1'), whole.subarray(40)]));
  await expect(read('data.parquet')).rejects.toMatchObject({ code: 'SOURCE_FORMAT' });
});
