/** What the book says after reads and pushes, on a real embedded store. */
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil, DAY_MS } from '@kpi-monitor/model/time/civil';
import { KpiError } from '@kpi-monitor/model/errors';
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';
import type { Store } from '@kpi-monitor/store/store';

import { kpiFrom } from '../../test/catalogue';
import { SILENT } from '../log';

import { createLedger, type Ledger } from './ledger';

const calendar = createCalendar();
const kpi = kpiFrom('kind: flow\nsource: { kind: demo, expected_by: "period_end 06:00" }');
const day = (n: number) => civil(2026, 6, n);
const WINDOW = { from: day(1), to: day(11) };

let store: Store;
let ledger: Ledger;
let now: number;
let isDown: boolean;
let writes: number;

beforeEach(async () => {
  store = createDuckdbStore({ path: ':memory:' });
  await store.open({ zone: calendar.zone, createdBy: 'test' });
  now = day(10) + 43_200_000;
  isDown = false;
  writes = 0;
  ledger = open();
});
afterEach(() => store.close());

function open(): Ledger {
  const away = () => Promise.reject(new KpiError('STORE_UNREACHABLE', 'away'));
  return createLedger({
    store: {
      record: (book, points) => (writes++, isDown ? away() : store.record(book, points)),
      recorded: (book, request) => (isDown ? away() : store.recorded(book, request)),
    },
    ...{ calendar, log: SILENT, clock: () => now },
  });
}

async function noted(): Promise<Record<string, Record<number, number>>> {
  const series = [{ kpi: kpi.id, v: kpi.version }];
  const found = await store.recorded('quality', { series, from: -Infinity, to: Infinity });
  return Object.fromEntries(
    found.map(({ dims, times, values }) => [
      dims.what,
      Object.fromEntries(times.map((time, i) => [new Date(time).getUTCDate(), values[i]!])),
    ])
  );
}

const value = (n: number) => ({ code: 'RECORD_VALUE' as const, time: day(n) });

test('a bad row counts once, on the day of its period, however often it is read, and no more once it is mended', async () => {
  await ledger.read(kpi, WINDOW, [value(3), value(3), value(5)]);
  await ledger.read(kpi, WINDOW, [value(3), value(3), value(5)]);
  expect(await noted()).toEqual({ RECORD_VALUE: { 3: 2, 5: 1 } });
  expect(writes).toBe(1);
  await ledger.read(kpi, { from: day(4), to: day(11) }, []);
  expect(await noted()).toEqual({ RECORD_VALUE: { 3: 2 } });
  await ledger.read(kpi, WINDOW, []);
  expect(await noted()).toEqual({});
});

test('what cannot be dated is about the day of the read; the next day it is another one', async () => {
  await ledger.read(kpi, WINDOW, [{ code: 'RECORD_PERIOD' }, { code: 'RECORD_FUTURE', time: day(20) }]);
  expect(await noted()).toEqual({ RECORD_PERIOD: { 10: 1 }, RECORD_FUTURE: { 10: 1 } });
  now += DAY_MS;
  await ledger.read(kpi, { from: day(11), to: day(12) }, [{ code: 'RECORD_PERIOD' }]);
  expect(await noted()).toEqual({ RECORD_PERIOD: { 10: 1, 11: 1 }, RECORD_FUTURE: { 10: 1 } });
});

test('pushes add up, and go on adding after a restart', async () => {
  await ledger.pushed(kpi, [value(3)]);
  await ledger.pushed(kpi, [value(3), value(4)]);
  ledger = open();
  await ledger.pushed(kpi, [value(3)]);
  expect(await noted()).toEqual({ RECORD_VALUE: { 3: 3, 4: 1 } });
});

test('how late a day was is that of its latest value, and reads do not take it back', async () => {
  await ledger.late(kpi, new Map([[day(3), 2.5]]));
  await ledger.late(kpi, new Map([[day(3), 1]]));
  await ledger.read(kpi, WINDOW, []);
  expect(await noted()).toEqual({ late: { 3: 2.5 } });
});

test('while the store is away nothing throws, and what was noted is there once it is back', async () => {
  await ledger.read(kpi, WINDOW, [value(2)]);
  isDown = true;
  await ledger.read(kpi, WINDOW, [value(2), value(3)]);
  await ledger.late(kpi, new Map([[day(4), 3]]));
  isDown = false;
  await ledger.read(kpi, WINDOW, [value(2), value(3)]);
  expect(await noted()).toEqual({ RECORD_VALUE: { 2: 1, 3: 1 }, late: { 4: 3 } });
});
