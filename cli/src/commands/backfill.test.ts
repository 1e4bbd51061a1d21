import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';

import fastify from 'fastify';

import { until } from '../../../tests/support/until';
import { recordedOutput, SHOP, type TestFolder, testFolder } from '../../test/folder';
import { readConfig } from '../config/read';
import type { BackfillRun } from '../compose/backfills';
import { openHouse } from '../compose/house';
import { collectorRoutes } from '../http/collector-routes';

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

/** An instance in this process. */
async function running(work: (url: string) => Promise<void>): Promise<void> {
  const house = await openHouse(readConfig({ config: join(folder.path, 'kpi-monitor.yaml') }), { version: '0.0.0' });
  const app = fastify({ forceCloseConnections: true });
  app.get('/live', () => 'ok');
  await app.register(collectorRoutes, { house, tokens: null });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  folder.write('.kpi/instance.json', JSON.stringify({ pid: process.pid, url }));
  try {
    await work(url);
  } finally {
    await app.close();
    await house.close();
  }
}

test('by the running instance, which holds the store', async () => {
  await running(async () => {
    const { code, out } = await run(['orders']);
    expect([code, out.lines[1]]).toEqual([0, expect.stringMatching(/^orders +2 +1$/)]);
    await expect(run(['order'])).rejects.toMatchObject({ code: 'KPI_UNKNOWN' });
  });
  expect(await stored()).toHaveLength(2);
  // An announcement that was not taken back is in nobody's way.
  expect((await run([])).code).toBe(0);
});

test('one at a time; the same again is the one that runs, and it is broken off by whoever asks', async () => {
  const waiting = createServer(() => {});
  await new Promise<void>((resolve) => waiting.listen(0, '127.0.0.1', resolve));
  const { port } = waiting.address() as { port: number };
  const source = `{ kind: http, url: 'http://127.0.0.1:${port}/', map: '$' }`;
  folder.write('kpis/visits.yaml', `id: visits\nname: V\ncategory: sales\nkind: flow\nsource: ${source}\n`);
  await running(async (url) => {
    const call = async (method: string, path = '', body?: object) => {
      const headers = body && { 'content-type': 'application/json' };
      const answer = await fetch(`${url}/api/collector/backfill${path}`, {
        method,
        headers,
        body: JSON.stringify(body),
      });
      return answer.json() as Promise<BackfillRun & { code: string }>;
    };
    const order = { kpis: ['visits'], from: Date.UTC(2026, 0, 1) };
    const { id } = await call('POST', '', order);
    expect(await call('POST', '', order)).toMatchObject({ id, isRunning: true });
    expect(await call('POST', '', {})).toMatchObject({ code: 'REQUEST_INVALID' });
    await call('DELETE', `/${id}`);
    const run = await until('the end', async () => {
      const found = await call('GET', `/${id}`);
      return !found.isRunning && found;
    });
    expect(run).toMatchObject({ isRunning: false, isWhole: false, reports: [{ kpi: 'visits', points: 0 }] });
    expect(await call('GET', '/another')).toMatchObject({ code: 'NOT_FOUND' });
  });
  waiting.closeAllConnections();
  waiting.close();
});
