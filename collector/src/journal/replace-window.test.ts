/** Windows that are read again, on a real embedded store. */
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';
import type { Store } from '@kpi-monitor/store/store';

import type { WindowEntry } from './entry';
import { replaceWindow } from './replace-window';

const DAY = 86_400_000;
let store: Store;

beforeEach(async () => {
  store = createDuckdbStore({ path: ':memory:' });
  await store.open({ zone: 'UTC', createdBy: 'test' });
});
afterEach(() => store.close());

/** `{West: [1, null, 3]}`: values of days from the first on */
function window(days: Record<string, Array<number | null>>, at = 100 * DAY): WindowEntry {
  const points = Object.entries(days).flatMap(([region, values]) =>
    values.flatMap((value, day) =>
      value === null ? [] : [{ kpi: 'orders', v: 1, dims: { region }, time: day * DAY, value }]
    )
  );
  return { kind: 'window', at, kpi: 'orders', v: 1, from: 0, to: 10 * DAY, points };
}

async function held(): Promise<Record<string, Record<number, number>>> {
  const series = await store.read({ series: [{ kpi: 'orders', v: 1 }], from: 0, to: 20 * DAY });
  return Object.fromEntries(
    series
      .filter(({ times }) => times.length > 0)
      .map(({ dims, times, values }) => [
        dims.region,
        Object.fromEntries(times.map((time, i) => [time / DAY, values[i]!])),
      ])
  );
}

const always = () => true;
const revisions = async () => (await store.entries('revision', 'orders')).map(({ data }) => data);

test('an order that moved from West to East counts once', async () => {
  await replaceWindow(store, window({ West: [10, 20], East: [1, null] }), always);
  await replaceWindow(store, window({ West: [10, null], East: [1, 20] }), always);
  expect(await held()).toEqual({ West: { 0: 10 }, East: { 0: 1, 1: 20 } });
});

test('what is outside of the window stays', async () => {
  await store.write([{ kpi: 'orders', v: 1, dims: { region: 'West' }, time: 12 * DAY, value: 5 }]);
  await replaceWindow(store, window({ West: [10] }), always);
  expect(await held()).toEqual({ West: { 0: 10, 12: 5 } });
});

test('a source that is empty for a moment takes no history along', async () => {
  await replaceWindow(store, window({ West: [10, 20] }), always);
  const { written } = await replaceWindow(store, window({}), always);
  expect(written).toEqual([]);
  expect(await held()).toEqual({ West: { 0: 10, 1: 20 } });
});

test('what did not change is not written again', async () => {
  await replaceWindow(store, window({ West: [10, 20, 30] }), always);
  const { written } = await replaceWindow(store, window({ West: [10, 21, 30] }), always);
  expect(written).toMatchObject([{ time: DAY, value: 21 }]);
});

test('a withdrawn key that comes back counts again', async () => {
  await replaceWindow(store, window({ West: [10, 20] }), always);
  await replaceWindow(store, window({ West: [10, null] }), always);
  await replaceWindow(store, window({ West: [10, 22] }), always);
  expect(await held()).toEqual({ West: { 0: 10, 1: 22 } });
});

test('changes of what was final are kept: old, new, withdrawn, and added to a period that had values', async () => {
  await replaceWindow(store, window({ West: [10, 20], East: [5, 6] }), always);
  expect(await revisions()).toEqual([]);
  await replaceWindow(store, window({ West: [11, 20], East: [5, null], North: [null, 7, 8] }), always);
  expect(await revisions()).toEqual([
    {
      kpi: 'orders',
      v: 1,
      count: 3,
      changes: [
        { time: 0, dims: { region: 'West' }, old: 10, new: 11 },
        { time: DAY, dims: { region: 'North' }, old: null, new: 7 },
        { time: DAY, dims: { region: 'East' }, old: 6, new: null },
      ],
    },
  ]);
});

test('changes of what was not final are news, not restatements', async () => {
  await replaceWindow(store, window({ West: [10, 20] }), always);
  await replaceWindow(store, window({ West: [11, 22] }), ({ time }) => time < DAY);
  expect(await revisions()).toMatchObject([{ changes: [{ time: 0, old: 10, new: 11 }] }]);
});

test('a weight that changes is a change', async () => {
  const weighted = (weight: number): WindowEntry => {
    const one = window({ West: [4] });
    return { ...one, points: one.points.map((point) => ({ ...point, weight })) };
  };
  await replaceWindow(store, weighted(10), always);
  const { written } = await replaceWindow(store, weighted(12), always);
  expect(written).toMatchObject([{ value: 4, weight: 12 }]);
  expect(await revisions()).toMatchObject([{ changes: [{ old: 4, new: 4, oldWeight: 10 }] }]);
});
