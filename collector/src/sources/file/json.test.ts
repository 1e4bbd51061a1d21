/** JSON and NDJSON files, by columns and by mappings. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import type { FileSource } from '@kpi-monitor/model/catalogue/source-schema';
import { createCalendar } from '@kpi-monitor/model/time/calendar';

import { kpiFrom } from '../../../test/catalogue';
import { readAll } from '../../../test/read-all';

import { createFileSource } from './source';

const folder = mkdtempSync(join(tmpdir(), 'kpi-json-'));
afterAll(() => rmSync(folder, { recursive: true }));

const context = { calendar: createCalendar(), clock: () => Date.UTC(2026, 5, 17), catalogueFolder: folder };

async function read(name: string, content: string | Uint8Array, more = 'period: date, value: sales') {
  writeFileSync(join(folder, name), content);
  const kpi = kpiFrom(`kind: flow\ndimensions: [region]\nsource: { kind: file, path: ${name}, ${more} }`);
  return readAll(createFileSource(kpi, kpi.source as FileSource, context));
}

const ROWS = [
  { date: '2026-01-01', sales: 1, at: { region: 'West' } },
  { date: '2026-01-02', sales: '2.5', at: { region: 'East' } },
];

test.each([
  ['data.json', JSON.stringify(ROWS)],
  ['data.json', `\ufeff${JSON.stringify(ROWS, null, 2)}\r\n`],
  ['data.ndjson', ROWS.map((row) => JSON.stringify(row)).join('\n')],
  ['data.jsonl', `${ROWS.map((row) => JSON.stringify(row)).join('\r\n')}\r\n\r\n`],
  ['data.ndjson.gz', gzipSync(ROWS.map((row) => JSON.stringify(row)).join('\n'))],
])('fields of %s are columns, and those inside of others are reached by dots', async (name, content) => {
  const more = 'period: date, value: sales, dimensions: { region: at.region }';
  expect(await read(name, content, more)).toMatchObject([
    { period: '2026-01-01', value: 1, dims: { region: 'West' } },
    { period: '2026-01-02', value: 2.5, dims: { region: 'East' } },
  ]);
});

test('a mapping gives records as it does over HTTP', async () => {
  const more = `map: "days.{ 'period': d, 'value': v, 'region': r }"`;
  expect(await read('data.json', '{"days": [{"d": "2026-01", "v": 1, "r": "West"}]}', more)).toEqual([
    {
      period: '2026-01',
      value: 1,
      weight: undefined,
      dims: { region: 'West' },
      part: 'data.json',
      where: 'data.json item 1',
    },
  ]);
  expect(await read('data.ndjson', '{"days": [{"d": "2026-01", "v": 1}]}\n{"other": 1}\n', more)).toMatchObject([
    { period: '2026-01', value: 1, where: 'data.ndjson line 1' },
  ]);
});

test('items and lines that are no records are broken one by one', async () => {
  const [first, second, third] = await read('data.json', '[5, null, {"date": "2026-01", "sales": 1}]');
  expect([first, second]).toMatchObject(
    [{ broken: 'it is no JSON object', where: 'data.json item 1' }, { broken: /./ }].map(({ broken, ...rest }) => ({
      ...rest,
      broken: expect.stringMatching(broken),
    }))
  );
  expect(third).toMatchObject({ value: 1 });
  expect(await read('data.ndjson', '{"date": "2026-01", "sales": 1}\n{"date": \n[1]\n')).toMatchObject([
    { value: 1 },
    { where: 'data.ndjson line 2', broken: expect.stringMatching(/no JSON/) },
    { where: 'data.ndjson line 3', broken: 'it is no JSON object' },
  ]);
});

test.each([
  ['no list', 'data.json', '{"rows": []}', undefined, /data\.json holds no list.*`map`/],
  ['nothing', 'data.json', ' ', undefined, /data\.json is empty/],
  ['broken JSON', 'data.json', '[\n{"date": 1},\n{"date" 2}]', undefined, /data\.json is no JSON in line 3/],
  [
    'a mapping that finds nothing',
    'data.json',
    '{"rows": []}',
    'map: days',
    /finds nothing in .*data\.json, which holds the fields rows/,
  ],
  ['a mapping that fails', 'data.json', '{"rows": []}', 'map: "$sum(\'a\')"', /fails on .*data\.json/],
])('%s is refused', async (_, name, content, more, message) => {
  await expect(read(name, content, more)).rejects.toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringMatching(message),
  });
});

test('a mapping that cannot be read, or is for another format, is told before anything is read', async () => {
  await expect(read('data.json', '[]', 'map: "rows.{"')).rejects.toMatchObject({ code: 'KPI_SOURCE' });
  await expect(read('data.csv', 'a', 'map: rows')).rejects.toMatchObject({ code: 'KPI_SOURCE' });
});
