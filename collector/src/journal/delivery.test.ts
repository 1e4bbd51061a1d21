/** From the journal to a store that behaves as stores do on bad days. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { KpiError } from '@kpi-monitor/model/errors';
import type { Point, Store } from '@kpi-monitor/store/store';

import { until } from '../../../tests/support/until';
import { SILENT } from '../log';

import { createDelivery, type Delivery, type Refused } from './delivery';
import { type Journal, openJournal } from './journal';
import { journalSink, type Sink } from './sink';

let folder: string;
let journal: Journal;
let delivery: Delivery;
let sink: Sink;
let written: number[];
let refused: Refused[];
let failure: KpiError | null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kpi-delivery-'));
  journal = await openJournal({ folder });
  written = [];
  refused = [];
  failure = null;
  const store = {
    name: 'a store',
    async write(points: Point[]) {
      if (failure) {
        throw failure;
      }
      const rejected = points.filter(({ value }) => value < 0).map((point) => ({ point, reason: 'it is negative' }));
      written.push(...points.filter(({ value }) => value >= 0).map(({ value }) => value));
      return { written: points.length - rejected.length, rejected };
    },
  } as unknown as Store;
  delivery = createDelivery({
    journal,
    store,
    log: SILENT,
    clock: Date.now,
    onRefused: async (some) => void refused.push(...some),
    isRestatement: () => false,
  });
  sink = journalSink(journal, delivery);
});
afterEach(async () => {
  await delivery.stop();
  await journal.close();
  rmSync(folder, { recursive: true, force: true });
});

function put(...values: number[]) {
  const points = values.map((value) => ({ kpi: 'orders', v: 1, dims: {}, time: 0, value }));
  return sink.put({ kind: 'points', at: Date.now(), points });
}

test('what is put is in the store when it says so, in order', async () => {
  delivery.start();
  await expect(put(1, 2)).resolves.toEqual({ refused: [], isStored: true });
  await put(3);
  expect(written).toEqual([1, 2, 3]);
  expect(journal.state().entries).toBe(0);
  expect(delivery.state()).toMatchObject({ delivered: 3, refused: 0, lastError: null });
});

test('a refused point blocks nobody, and whoever put it is told', async () => {
  delivery.start();
  const [first, second] = await Promise.all([put(1, -2, 3), put(4)]);
  expect(first.refused).toMatchObject([{ point: { value: -2 }, reason: 'it is negative' }]);
  expect(second.refused).toEqual([]);
  expect(written).toEqual([1, 3, 4]);
  expect(refused).toHaveLength(1);
});

test('while the store is away values wait on disk, nobody is kept waiting, and all arrive once it is back', async () => {
  failure = new KpiError('STORE_UNREACHABLE', 'connection refused');
  delivery.start();
  await expect(put(1)).resolves.toEqual({ refused: [], isStored: false });
  await expect(put(2)).resolves.toEqual({ refused: [], isStored: false });
  expect(delivery.state()).toMatchObject({ state: 'waiting', lastError: { code: 'STORE_UNREACHABLE' } });
  expect(journal.state().entries).toBe(2);
  failure = null;
  await until('what waited', () => written.length >= 2);
  expect(written).toEqual([1, 2]);
  await expect(put(3)).resolves.toMatchObject({ isStored: true });
});

test('a server that asks for patience gets it', async () => {
  failure = new KpiError('STORE_UNREACHABLE', 'answers 429', { status: 429, retryAfter: 30 });
  delivery.start();
  await put(1);
  expect(delivery.state().retryAt! - Date.now()).toBeGreaterThan(29_000);
});

test('what an earlier process accepted is delivered by the next', async () => {
  await put(1, 2);
  expect(written).toEqual([]);
  await delivery.stop();
  delivery.start();
  await put(3);
  expect(written).toEqual([1, 2, 3]);
});
