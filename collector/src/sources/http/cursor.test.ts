/** A source that is asked only for what is new: where it goes on is remembered once what came before is safe. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { KpiError } from '@kpi-monitor/model/errors';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';
import type { Store } from '@kpi-monitor/store/store';

import { catalogueFrom } from '../../../test/catalogue';
import { httpService, json, type Service, status } from '../../../test/http-service';
import { createCollector } from '../../collector';
import { createDeadLetters } from '../../dead-letters';
import { directSink, type Sink } from '../../journal/sink';

const NOW = Date.UTC(2026, 5, 17, 12);
let service: Service;
let folder: string;
let store: Store;
beforeAll(async () => {
  service = await httpService();
});
afterAll(() => service.close());
beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kpi-cursor-'));
  store = createDuckdbStore({ path: ':memory:' });
  await store.open({ zone: 'UTC', createdBy: 'test' });
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const answer = (day: number, value: number, next?: string) =>
  json({ rows: [{ period: `2026-01-0${day}`, value }], ...(next && { next }) });
const urls = () => service.received.map(({ url }) => url);

function collectorOf(more: { v?: number; sink?: (inner: Sink) => Sink } = {}) {
  const plain = directSink({ store, isRestatement: () => false, onStored: () => {}, onRefused: async () => {} });
  const collector = createCollector({
    catalogue: catalogueFrom({
      orders: `kind: flow\nversion: ${more.v ?? 1}\nsource: { kind: http, url: "${service.base}/data?after={cursor}", map: "[rows]", cursor: next, retries: 0 }`,
    }),
    calendar: createCalendar({ zone: 'UTC' }),
    store,
    catalogueFolder: folder,
    cursorFolder: join(folder, 'cursors'),
    deadLetters: createDeadLetters(join(folder, 'dead.jsonl')),
    sink: more.sink?.(plain) ?? plain,
    clock: () => NOW,
  });
  const stored = async () => {
    const found = await store.read({ series: [{ kpi: 'orders', v: more.v ?? 1 }], from: 0, to: NOW });
    return found.flatMap(({ times, values }) => times.map((time, i) => [time, values[i]]));
  };
  return { collector, stored };
}

test('the next read goes on where the last one ended, in another process too; what it does not give stays', async () => {
  service.answer(answer(1, 10, 'a'), answer(2, 20, 'b'), answer(2, 21));
  const first = collectorOf();
  await first.collector.runOnce();
  await first.collector.runOnce();
  // January is far before what a read of now would go back to.
  expect(await first.stored()).toEqual([
    [civil(2026, 1, 1), 10],
    [civil(2026, 1, 2), 20],
  ]);
  const second = collectorOf();
  await second.collector.runOnce();
  await second.collector.runOnce();
  expect(urls()).toEqual(['/data', '/data?after=a', '/data?after=b', '/data?after=b']);
});

test('what is not safe is asked for again', async () => {
  service.answer(answer(1, 10, 'a'));
  let isFull = true;
  const sink = (inner: Sink): Sink => ({
    ...inner,
    put: (entry) => (isFull ? Promise.reject(new KpiError('JOURNAL_DISK', 'full')) : inner.put(entry)),
  });
  const { collector } = collectorOf({ sink });
  expect((await collector.runOnce())[0]!.error).toMatchObject({ code: 'JOURNAL_DISK' });
  isFull = false;
  await collector.runOnce();
  await collector.runOnce();
  expect(urls()).toEqual(['/data', '/data', '/data?after=a']);
});

test('a read that fails half-way moves nothing', async () => {
  service.answer(answer(1, 10, 'a'), status(404), answer(2, 20));
  const { collector } = collectorOf();
  for (let i = 0; i < 3; i++) {
    await collector.runOnce();
  }
  expect(urls()).toEqual(['/data', '/data?after=a', '/data?after=a']);
});

test('a new series version, or a file that was cut off, begins anew', async () => {
  service.answer(answer(1, 10, 'a'));
  await collectorOf().collector.runOnce();
  await collectorOf({ v: 2 }).collector.runOnce();
  const file = join(folder, 'cursors/orders.json');
  writeFileSync(file, readFileSync(file, 'utf8').slice(0, 20));
  await collectorOf({ v: 2 }).collector.runOnce();
  expect(urls()).toEqual(['/data', '/data', '/data']);
});

test('a backfill reads from the beginning, and moves nothing', async () => {
  service.answer(answer(1, 10, 'a'), answer(1, 11, 'a'), answer(2, 20));
  const { collector, stored } = collectorOf();
  await collector.runOnce();
  await collector.backfill({ from: civil(2026, 1, 1), to: civil(2026, 6, 1) });
  await collector.runOnce();
  expect(urls()).toEqual(['/data', '/data', '/data?after=a']);
  expect((await stored())[0]).toEqual([civil(2026, 1, 1), 11]);
});
