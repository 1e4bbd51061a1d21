import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fastify from 'fastify';

import { recordedOutput, SHOP, type TestFolder, testFolder } from '../../test/folder';
import { openHouse } from '../compose/house';
import { readConfig } from '../config/read';
import { collectorRoutes } from '../http/collector-routes';

import { backfill } from './backfill';
import { type ReplayCommand, replayLetters } from './replay';

let folder: TestFolder;
const config = () => join(folder.path, 'kpi-monitor.yaml');
const run = async (options: ReplayCommand = {}, kpis: string[] = []) => {
  const out = recordedOutput();
  return { code: await replayLetters(kpis, { config: config(), ...options }, out, '0.0.0'), out };
};
const letters = () => readFileSync(join(folder.path, '.kpi/dead-letters.jsonl'), 'utf8');

/** A file with one value above what the KPI allowed, which it now does. */
beforeEach(async () => {
  const strict = `${SHOP['kpis/orders.yaml']}valid: { max: 100 }\n`;
  folder = testFolder({
    ...SHOP,
    'kpis/orders.yaml': strict,
    'orders.csv': 'date,region,orders\n2026-01-01,West,300\n2026-01-02,West,n/a\n',
  });
  await backfill([], { config: config() }, recordedOutput(), '0.0.0');
  folder.write('kpis/orders.yaml', SHOP['kpis/orders.yaml']!);
});
afterEach(() => folder.remove());

async function stored(): Promise<number[]> {
  const house = await openHouse(readConfig({ config: config() }), { version: '0.0.0', journal: false });
  const series = await house.store.read({ series: [{ kpi: 'orders', v: 1 }], from: -8.64e15, to: 8.64e15 });
  await house.close();
  return series.flatMap(({ values }) => values);
}

test('lists with reasons, then stores what fits and leaves the rest', async () => {
  const dry = await run({ dryRun: true });
  expect(dry.out.text()).toMatch(/replayed .* orders +RECORD_RANGE +orders.csv line 2 +2026-01-01 West 300/);
  expect(dry.out.text()).toMatch(/refused .* orders +RECORD_VALUE +orders.csv line 3 +2026-01-02 West n\/a/);
  expect(dry.out.text()).toContain('nothing was done, since this was a dry run');
  expect(await stored()).toEqual([]);
  const { code, out } = await run();
  expect([code, out.text()]).toEqual([1, expect.stringContaining('1 replayed, 1 still refused')]);
  expect(await stored()).toEqual([300]);
  expect(letters()).not.toContain('300');
  expect((await run({ code: 'record_range' })).out.text()).toBe('no such dead letters');
});

test('through the running instance', async () => {
  const house = await openHouse(readConfig({ config: config() }), { version: '0.0.0' });
  const app = fastify();
  app.get('/live', () => 'ok');
  await app.register(collectorRoutes, { house, tokens: null });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  folder.write('.kpi/instance.json', JSON.stringify({ pid: process.pid, url }));
  try {
    const { out } = await run({ json: true });
    expect(JSON.parse(out.text())).toMatchObject({ isStored: true, counts: { replayed: 1, refused: 1 } });
    expect(letters()).not.toContain('300');
  } finally {
    await app.close();
    await house.close();
  }
});

test.each<[ReplayCommand, string]>([
  [{ discard: true }, '--discard takes away for good'],
  [{ code: 'RECORD_RANG' }, '--code RECORD_RANG is no reason'],
])('%j is asked wrongly', async (options, message) => {
  await expect(run(options)).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    message: expect.stringContaining(message),
  });
});
