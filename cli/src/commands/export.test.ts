import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Writable } from 'node:stream';

import { addDays, civil, isoDate } from '@kpi-monitor/model/time/civil';

import { recordedOutput, type TestFolder, testFolder } from '../../test/folder';

import { backfill } from './backfill';
import { exportKpis, type ExportOptions } from './export';

const DAYS = Array.from({ length: 2200 }, (_, i) => isoDate(addDays(civil(2020, 1, 1), i)));
let folder: TestFolder;
const config = () => join(folder.path, 'kpi-monitor.yaml');

beforeAll(async () => {
  folder = testFolder({
    'kpi-monitor.yaml': 'zone: Europe/Berlin\n',
    'orders.csv': `date,region,orders\n${DAYS.map((day, i) => `${day},West,${i}\n${day},"=HYPERLINK(""x"")",1\n`).join('')}`,
    'kpis/orders.yaml': `id: orders
name: '@Orders, "all"'
category: sales
kind: flow
dimensions: [region]
judge: { at: month }
references: [{ kind: target, value: 3000 }]
thresholds: { as: percent_of_target, warning: 90, critical: 50 }
source: { kind: csv, path: ../orders.csv, period: date, value: orders, dimensions: { region: region } }
`,
  });
  await backfill([], { config: config() }, recordedOutput(), '0.0.0');
});
afterAll(() => folder.remove());

/** What a slow reader gets. */
async function run(options: ExportOptions, ids = ['orders']): Promise<{ text: string; most: number }> {
  let text = '';
  let most = 0;
  const slow = new Writable({
    highWaterMark: 1000,
    decodeStrings: false,
    write(chunk, _, done) {
      text += chunk;
      most = Math.max(most, slow.writableLength);
      setTimeout(done, 1);
    },
  });
  await exportKpis(ids, { config: config(), ...options }, slow, '0.0.0');
  await new Promise<void>((resolve) => slow.end(resolve));
  return { text, most };
}
const rows = async (options: ExportOptions) => JSON.parse((await run({ ...options, format: 'json' })).text).rows;

test('values, targets and status at the judged grain', async () => {
  expect(await rows({ from: '2020-03-01', to: '2020-05-01' })).toEqual([
    {
      ...{ kpi: 'orders', name: '@Orders, "all"', unit: 'none', grain: 'month', period: '2020-03-01', member: '' },
      ...{ value: 31 * 75 + 31, target: 3000, life: 'settled', status: 'warning' },
    },
    expect.objectContaining({ period: '2020-04-01', value: 105.5 * 30 + 30, status: 'normal' }),
  ]);
});

test('a long stretch comes in pieces without seams: every day once, all settled, those of the past too', async () => {
  const all = await rows({ from: '2020-01-01', to: '2026-01-01', grain: 'day' });
  expect(all.map(({ period }: { period: string }) => period).slice(0, 2200)).toEqual(DAYS.slice(0, all.length));
  expect(new Set(all.slice(0, 2190).map(({ life }: { life: string }) => life))).toEqual(new Set(['settled']));
  expect(all.slice(0, 2190).map(({ value }: { value: number }) => value)).toEqual(
    DAYS.slice(0, 2190).map((_, i) => i + 1)
  );
  expect(all[0]).toMatchObject({ target: null, status: '' });
});

test('split by a dimension, no text becomes a formula, and quotes are as RFC 4180 has them', async () => {
  const { text } = await run({ from: '2020-01-01', to: '2020-01-02', grain: 'day', split: 'region' });
  expect(text.split('\r\n')).toEqual([
    'kpi,name,unit,grain,period,member,value,target,life,status',
    `orders,"'@Orders, ""all""",none,day,2020-01-01,"'=HYPERLINK(""x"")",1,,settled,`,
    `orders,"'@Orders, ""all""",none,day,2020-01-01,West,0,,settled,`,
    '',
  ]);
});

test('waits for whoever reads', async () => {
  const { text, most } = await run({ from: '2020-01-01', to: '2026-01-01', grain: 'day', format: 'ndjson' });
  expect(text.trimEnd().split('\n').length).toBeGreaterThan(2000);
  expect(most).toBeLessThan(text.length * 0.8);
});

test('into a file as a whole, or not at all', async () => {
  const out = join(folder.path, 'out.json');
  await run({ from: '2020-01-01', to: '2020-03-01', out });
  expect(JSON.parse(readFileSync(out, 'utf8')).rows).toHaveLength(2);
  writeFileSync(out, 'before');
  await expect(run({ from: '2020-01-01', to: '2020-02-01', grain: 'hour', out })).rejects.toMatchObject({
    code: 'KPI_GRAIN_TOO_FINE',
  });
  expect([readFileSync(out, 'utf8'), existsSync(`${out}.part`)]).toEqual(['before', false]);
});

test.each<[ExportOptions, string, string]>([
  [{ grain: 'daily' }, 'REQUEST_INVALID', '--grain daily is none of'],
  [{ format: 'xlsx' }, 'REQUEST_INVALID', '--format xlsx is none of csv, json, ndjson'],
  [{ split: 'channel' }, 'KPI_DIMENSION_UNKNOWN', '`orders` cannot be split by `channel`; it has region'],
  [{ from: '2026-02-01', to: '2026-01-01' }, 'QUERY_RANGE', 'is not later than'],
])('%j: %s', async (options, code, message) => {
  await expect(run(options)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
});
