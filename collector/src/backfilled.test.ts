import { appendFileSync, existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { kpiFrom } from '../test/catalogue';

import { openBackfilled } from './backfilled';

const folder = mkdtempSync(join(tmpdir(), 'kpi-backfilled-'));
const path = join(folder, 'data/backfill.jsonl');
afterAll(() => rmSync(folder, { recursive: true }));

const orders = kpiFrom('kind: flow\nsource: { kind: demo }\n');
const window = { from: 0, to: 10 };

test('knows what was finished, by the definition that it was read with, for three days', async () => {
  const first = await openBackfilled(path, () => 1000);
  expect([first.since, first.of(orders, window)]).toEqual([null, null]);
  await first.add(orders, window, { points: 3, rejected: 1 });
  await first.close();
  appendFileSync(path, '{"at": 1000, "key": "orders 10');
  const second = await openBackfilled(path, () => 2000);
  expect(second.of(orders, window)).toMatchObject({ points: 3, rejected: 1 });
  expect(second.of(orders, { from: 0, to: 11 })).toBeNull();
  expect(second.of(kpiFrom('kind: flow\nsource: { kind: demo, series: other }\n'), window)).toBeNull();
  await second.add(orders, { from: 10, to: 20 }, { points: 4, rejected: 0 });
  await second.close();
  const third = await openBackfilled(path, () => 2000);
  expect(third.of(orders, { from: 10, to: 20 })).toMatchObject({ points: 4 });
  expect((await openBackfilled(path, () => 4 * 86_400_000)).of(orders, window)).toBeNull();
  await third.forget();
  expect(existsSync(path)).toBe(false);
});
