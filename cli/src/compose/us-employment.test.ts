/** The example with real figures: what is in the CSV file is what the KPIs say. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { Frame } from '@kpi-monitor/model/query/frames';
import { civil } from '@kpi-monitor/model/time/civil';

import { testFolder } from '../../test/folder';
import { readConfig } from '../config/read';

import { type House, openHouse } from './house';

const ROOT = join(__dirname, '../../..');
const CSV = join(ROOT, 'node_modules/vega-datasets/data/us-employment.csv');
const data = testFolder();
let house: House;

beforeAll(async () => {
  const config = readConfig({ catalogue: join(ROOT, 'examples/us-employment') });
  const own = { ...config, dataFolder: data.path, store: { kind: 'duckdb' as const, path: ':memory:' } };
  house = await openHouse({ ...own, folder: data.path }, { version: '0.0.0' });
  const reports = await house.collector.runOnce();
  expect(reports.filter(({ error, rejected }) => error || Object.keys(rejected).length > 0)).toEqual([]);
});
afterAll(async () => {
  await house.close();
  data.remove();
});

/** A cell of the file, found by nothing but its own lines. */
function cell(month: string, column: string): number {
  const [header, ...rows] = readFileSync(CSV, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  return Number(rows.find((row) => row[0] === month)![header!.indexOf(column)]);
}

async function stored(kpi: string, time: number): Promise<number | undefined> {
  const [series] = await house.store.read({ series: [{ kpi, v: 1 }], from: time, to: time + 1 });
  return series?.values[0];
}

test.each([
  ['total_jobs', '2006-01-01', 'nonfarm', 135_450],
  ['manufacturing_jobs', '2009-06-01', 'manufacturing', 11_726],
  ['retail_jobs', '2015-11-01', 'retail_trade', 15_704.2],
])('%s of %s is what the column %s holds: %d', async (kpi, month, column, figure) => {
  const [year, number] = month.split('-').map(Number);
  expect(cell(month, column)).toBe(figure);
  expect(await stored(kpi, civil(year!, number!, 1))).toBe(figure);
});

test('the newest month plays "now": every KPI has a status, and none is late', async () => {
  const { results } = await house.engine.answer({
    queries: [{ refId: 'A', v: 1, type: 'status', select: {}, format: 'table' }],
    from: 'now-1y',
    to: 'now',
  });
  const [frame] = results.A!.frames as [Frame];
  const column = (name: string) => frame.data.values[frame.schema.fields.findIndex((field) => field.name === name)]!;
  expect(column('kpi')).toHaveLength(house.catalogue.kpis.length);
  expect(column('periodText').every((text) => text === 'December 2015')).toBe(true);
  expect(column('freshness').every((freshness) => freshness === 'fresh')).toBe(true);
  const growth = (cell('2015-12-01', 'construction') / cell('2014-12-01', 'construction') - 1) * 100;
  expect(column('value')[column('kpi').indexOf('construction_growth')]).toBeCloseTo(growth, 9);
});
