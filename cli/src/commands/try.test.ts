import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import fastify from 'fastify';

import { recordedOutput, SHOP, type TestFolder, testFolder } from '../../test/folder';
import { openHouse } from '../compose/house';
import { readConfig } from '../config/read';
import { collectorRoutes } from '../http/collector-routes';

import { backfill } from './backfill';
import { tryKpi, type TryOptions } from './try';

let folder: TestFolder;
beforeEach(() => (folder = testFolder(SHOP)));
afterEach(() => folder.remove());

const config = () => join(folder.path, 'kpi-monitor.yaml');
const run = async (id: string, options: TryOptions = {}) => {
  const out = recordedOutput();
  return { code: await tryKpi(id, { config: config(), ...options }, out, '0.0.0'), out };
};
const would = async (options: TryOptions = {}) =>
  JSON.parse((await run('orders', { json: true, ...options })).out.text());

test('shows rows, reasons with their place, and what would be written; and writes nothing', async () => {
  const { code, out } = await run('orders');
  expect(code).toBe(1);
  expect(out.text()).toMatch(/line 2 +2026-01-01 +West +3 +1 Jan 2026/);
  expect(out.text()).toMatch(/line 4 .*RECORD_VALUE/);
  expect(out.text()).toContain('RECORD_VALUE 1 x, first at orders.csv line 4: the value `n/a` is not a number');
  expect(out.text()).toContain('would write 2 points: 2 new');
  expect(existsSync(join(folder.path, '.kpi'))).toBe(false);
});

test('says what of the store would be changed, withdrawn and restated, and leaves it alone', async () => {
  await backfill([], { config: config() }, recordedOutput(), '0.0.0');
  folder.write('orders.csv', 'date,region,orders\n2026-01-01,West,5\n2026-01-02,West,1\n');
  const letters = readFileSync(join(folder.path, '.kpi/dead-letters.jsonl'), 'utf8');
  const before = readdirSync(join(folder.path, '.kpi'));
  expect(await would()).toMatchObject({ would: { add: 1, change: 1, keep: 0, withdraw: 1, restate: 2 }, refused: [] });
  expect(await would()).toMatchObject({ would: { add: 1, change: 1 } });
  expect(await would({ from: '2026-01-02', to: '2026-01-03' })).toMatchObject({
    outside: 1,
    would: { add: 1, withdraw: 0 },
  });
  expect(readdirSync(join(folder.path, '.kpi'))).toEqual(before);
  expect(readFileSync(join(folder.path, '.kpi/dead-letters.jsonl'), 'utf8')).toBe(letters);
});

test('asks the running instance for what is stored', async () => {
  await backfill([], { config: config() }, recordedOutput(), '0.0.0');
  const house = await openHouse(readConfig({ config: config() }), { version: '0.0.0', journal: false });
  const app = fastify();
  app.get('/live', () => 'ok');
  await app.register(collectorRoutes, { house, tokens: null });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  folder.write('.kpi/instance.json', JSON.stringify({ pid: process.pid, url }));
  try {
    expect(await would()).toMatchObject({
      would: { add: 0, keep: 2 },
      comparedWith: `what the instance at ${url} holds`,
    });
  } finally {
    await app.close();
    await house.close();
  }
});

test('of a source that is not ready it says what is waited for, and how to see what was before', async () => {
  folder.write(
    'kpis/orders.yaml',
    SHOP['kpis/orders.yaml']!.replace(/kind: csv, /, "kind: file, ready_file: '{from}.ok', ")
  );
  const { code, out } = await run('orders');
  expect(code).toBe(0);
  expect(out.text()).toMatch(/^Orders: waiting: .* is not complete: there is no file .*\.ok yet$/m);
  const [, from, to] = /`kpi try orders --from (\S+) --to (\S+)`/.exec(out.text())!;
  expect((await run('orders', { from, to })).out.text()).toContain('nothing was written');
  expect(await would()).toEqual({ kpi: 'orders', waiting: expect.stringContaining('.ok yet') });
});

test.each([
  ['a formula', 'kind: ratio\nformula: orders * 2', /computed by its formula; try what it is made of: orders/],
  ['a KPI that is pushed', 'kind: flow\nsource: { kind: push }', /takes what programs send/],
])('%s has nothing to read', async (_, lines, message) => {
  folder.write('kpis/other.yaml', `id: other\nname: Other\ncategory: sales\n${lines}\n`);
  await expect(run('other')).rejects.toMatchObject({ code: 'KPI_SOURCE', message: expect.stringMatching(message) });
});
