import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

import { recordedOutput, SHOP, type TestFolder, testFolder } from '../../test/folder';
import { readConfig } from '../config/read';
import { openHouse } from '../compose/house';

import { backfill, type BackfillOptions } from './backfill';

let folder: TestFolder;
beforeEach(() => (folder = testFolder(SHOP)));
afterEach(() => folder.remove());

const run = async (kpis: string[], options: BackfillOptions = {}) => {
  const out = recordedOutput();
  const code = await backfill(kpis, { config: join(folder.path, 'kpi-monitor.yaml'), ...options }, out, '0.0.0');
  return { code, out };
};

async function stored() {
  const house = await openHouse(readConfig({ config: join(folder.path, 'kpi-monitor.yaml') }), { version: '0.0.0' });
  const series = await house.store.read({ series: [{ kpi: 'orders', v: 1 }], from: -8.64e15, to: 8.64e15 });
  await house.close();
  return series.map(({ dims, values }) => [dims.region, values]);
}

test('stores a stretch of history, and says where what was refused is listed', async () => {
  const { code, out } = await run([]);
  expect(code).toBe(0);
  expect(out.lines[1]).toMatch(/^orders +2 +1$/);
  expect(out.text()).toContain(join(folder.path, '.kpi/dead-letters.jsonl'));
  expect(readFileSync(join(folder.path, '.kpi/dead-letters.jsonl'), 'utf8')).toContain('"orders.csv line 4"');
  expect(await stored()).toEqual([
    ['East', [4]],
    ['West', [3]],
  ]);
});

test('a source that fails makes it fail, by name', async () => {
  folder.write('orders.csv', 'date,orders\n');
  const { code, out } = await run(['orders'], { from: '2026-01-01', to: '2026-02-01' });
  expect(code).toBe(1);
  expect(out.text()).toMatch(/SOURCE_FORMAT orders: .*no column `region`; it has date, orders/);
});

test.each([
  ['QUERY_RANGE', '--from 1.1.2026 is no date; write it as 2026-03-01', [], { from: '1.1.2026' }],
  ['QUERY_RANGE', 'is not later than --from', [], { from: '2026-02-01', to: '2026-01-01' }],
  ['KPI_UNKNOWN', 'no KPI `order` is in the catalogue; is it orders?', ['order'], {}],
] as Array<[string, string, string[], BackfillOptions]>)('%s: %s', async (code, message, kpis, options) => {
  await expect(run(kpis, options)).rejects.toMatchObject({ code, message: expect.stringContaining(message) });
});

test('an instance that holds the store is named', async () => {
  const server = createServer((_, response) => response.end('ok'));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  folder.write('.kpi/instance.json', JSON.stringify({ pid: process.pid, url }));
  await expect(run([])).rejects.toMatchObject({
    code: 'STORE_LOCKED',
    message: expect.stringContaining(`an instance runs at ${url}`),
  });
  server.closeAllConnections();
  server.close();
  // One that died without taking its announcement back is in nobody's way.
  expect((await run([])).code).toBe(0);
});
