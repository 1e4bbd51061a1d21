import { join } from 'node:path';

import fastify, { type FastifyInstance } from 'fastify';
import { engineRoutes } from '@kpi-monitor/engine/http/routes';

import { recordedOutput, SHOP, type TestFolder, testFolder } from '../../test/folder';
import { type House, openHouse } from '../compose/house';
import { readConfig } from '../config/read';
import { collectorRoutes } from '../http/collector-routes';

import { backfill } from './backfill';
import { status } from './status';

let folder: TestFolder;
let columns: number | undefined;
beforeEach(() => {
  columns = process.stdout.columns;
  folder = testFolder({
    ...SHOP,
    'kpis/late.yaml': SHOP['kpis/orders.yaml']!.replace(/orders/g, 'late').replace('Orders', 'Late'),
  });
});
afterEach(() => {
  process.stdout.columns = columns!;
  folder.remove();
});

const config = () => join(folder.path, 'kpi-monitor.yaml');
const run = async (ids: string[] = [], json = false) => {
  const out = recordedOutput();
  return { code: await status(ids, { config: config(), json }, out, '0.0.0'), out };
};

/** An instance in this process, whose file for `late` is not there. */
async function running(work: (house: House, url: string) => Promise<void>): Promise<void> {
  const house = await openHouse(readConfig({ config: config() }), { version: '0.0.0' });
  const app: FastifyInstance = fastify();
  await app.register(engineRoutes, { engine: house.engine, version: '0.0.0', tokens: null });
  await app.register(collectorRoutes, { house, tokens: null });
  const url = await app.listen({ host: '127.0.0.1', port: 0 });
  folder.write('.kpi/instance.json', JSON.stringify({ pid: process.pid, url }));
  try {
    await house.collector.runOnce();
    await work(house, url);
  } finally {
    await app.close();
    await house.close();
  }
}

test('from the running instance: what was read when, values in their unit, and what fails', async () => {
  await running(async (_, url) => {
    process.stdout.columns = 200;
    const { code, out } = await run();
    expect(code).toBe(1);
    expect(out.text()).toMatch(/orders +7 +1 Jan 2026 +\d+ (months|years) old +\d+ (s|minutes?) ago/);
    expect(out.text()).toMatch(/late +– .*failed 1 x/);
    expect(out.text()).toMatch(/SOURCE_UNREACHABLE late: .*there is no such file/);
    expect(out.text()).toContain(url);
    const document = JSON.parse((await run([], true)).out.text());
    expect(document).toMatchObject({
      instances: [{ url, intake: { journal: { entries: 0 } } }],
      waiting: 0,
      error: null,
    });
    expect(document.kpis).toMatchObject([
      { id: 'late', read: { lastError: { code: 'SOURCE_UNREACHABLE' } } },
      {
        id: 'orders',
        newest: { value: 7, valueText: '7', period: Date.UTC(2026, 0, 1) },
        read: { points: 2, rejected: 1 },
      },
    ]);
    const one = await run(['orders']);
    expect(one.code).toBe(0);
    expect(one.out.text()).toMatch(/since start +1 reads, 2 points, 1 refused\n +RECORD_VALUE 1 x/);
  });
});

test('a source that is not ready waits, which is nothing wrong', async () => {
  folder.write(
    'kpis/late.yaml',
    SHOP['kpis/orders.yaml']!.replace(/orders/g, 'late').replace(/kind: csv, /, "kind: file, ready_file: '{from}.ok', ")
  );
  await running(async () => {
    process.stdout.columns = 200;
    const { code, out } = await run();
    expect(code).toBe(0);
    expect(out.text()).toMatch(/late +– .*waits \d+ (s|minutes?)/);
    expect(out.text()).toMatch(/^waiting late: .* is not complete: there is no file .*\.ok yet$/m);
    const { kpis } = JSON.parse((await run(['late'], true)).out.text());
    expect(kpis).toMatchObject([
      { read: { state: 'waiting', waiting: { since: expect.any(Number) }, lastError: null, readFailures: 0 } },
    ]);
    expect((await run(['late'])).out.text()).toMatch(
      / waiting +.* is not complete: .*\n +since 20.*Z, \d+ (s|minutes?) ago/
    );
  });
});

test('no line is longer than a narrow terminal', async () => {
  await running(async () => {
    process.stdout.columns = 40;
    const { out } = await run();
    expect(out.text()).toMatch(/^orders +7\n +1 Jan 2026\n/m);
    const failures = /^SOURCE_|^http/;
    expect(out.lines.filter((line) => line.length > 40 && !failures.test(line))).toEqual([]);
  });
});

test('without an instance: from the store, and says so', async () => {
  const empty = await run();
  expect(empty.code).toBe(0);
  expect(empty.out.text()).toContain('no instance runs');
  await backfill(['orders'], { config: config() }, recordedOutput(), '0.0.0');
  const { out } = await run();
  expect(out.text()).toMatch(/orders +7 +1 Jan 2026/);
  await expect(run(['order'])).rejects.toMatchObject({ code: 'KPI_UNKNOWN' });
});
