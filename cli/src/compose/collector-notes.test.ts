import { SILENT } from '@kpi-monitor/collector/log';
import { KpiError } from '@kpi-monitor/model/errors';
import type { CollectorLine, CollectorState } from '@kpi-monitor/model/query/collector-frames';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';
import type { Store } from '@kpi-monitor/store/store';

import { createCollectorNotes } from './collector-notes';

const MINUTE = 60_000;
const NOW = Date.UTC(2026, 5, 17, 12);

let store: Store;
let now: number;
let isDown: boolean;
let state: CollectorState;

beforeEach(async () => {
  store = createDuckdbStore({ path: ':memory:' });
  await store.open({ zone: 'UTC', createdBy: 'test' });
  now = NOW;
  isDown = false;
  state = stateWith({ reads: 10, failures: 1, delivered: 100, waiting: 0, oldest: null });
});
afterEach(() => store.close());

interface Counts {
  reads: number;
  failures: number;
  delivered: number;
  waiting: number;
  oldest: number | null;
}

function stateWith({ reads, failures, delivered, waiting, oldest }: Counts): CollectorState {
  const source = { kpi: 'orders', source: 'csv', state: 'idle' as const, lastRead: NOW, lastSuccess: NOW };
  const counts = {
    lastError: null,
    failures: 0,
    waiting: null,
    reads,
    readFailures: failures,
    readWaits: 0,
    points: 0,
    rejected: 0,
    nextRun: null,
  };
  const journal = { state: 'delivering' as const, entries: waiting, bytes: 4096, oldest, lastDelivered: NOW };
  return {
    sources: [{ ...source, ...counts }],
    journal: { ...journal, lastError: null, delivered, refused: 0, lost: 0 },
    pushes: { requests: 0, accepted: 0, rejected: 0 },
    ...{ deadLetters: 'dead.jsonl', since: NOW, at: NOW },
  };
}

function open() {
  const away = () => Promise.reject(new KpiError('STORE_UNREACHABLE', 'it is away'));
  return createCollectorNotes({
    store: {
      name: 'the store',
      record: (book, points) => (isDown ? away() : store.record(book, points)),
      recorded: (book, request) => (isDown ? away() : store.recorded(book, request)),
      forget: (book, before) => store.forget(book, before),
    },
    ...{ state: () => state, name: 'collector', clock: () => now, log: SILENT },
  });
}

const after = async (notes: ReturnType<typeof open>, minutes: number, counts: Counts) => {
  now += minutes * MINUTE;
  state = stateWith(counts);
  await notes.note();
};
const linesOf = async (notes: ReturnType<typeof open>, lines: CollectorLine[], from = NOW, to = NOW + DAY_MS) => {
  const { lines: found, notice } = await notes.history(lines, from, to);
  return { notice, ...Object.fromEntries([...found].map(([line, { values }]) => [line, values])) };
};

const QUIET: Counts = { reads: 10, failures: 1, delivered: 100, waiting: 0, oldest: null };

test('what is counted is noted by the minute, what stands as it stands', async () => {
  const notes = open();
  await after(notes, 1, { ...QUIET, reads: 15, failures: 2, delivered: 130 });
  await after(notes, 1, { ...QUIET, reads: 16, failures: 3, delivered: 130, waiting: 4, oldest: now - 30_000 });
  expect(await linesOf(notes, ['reads', 'failed', 'written', 'waiting', 'lag'])).toEqual({
    ...{ notice: '', reads: [4, 0], failed: [1, 1], written: [30, 0] },
    ...{ waiting: [0, 4], lag: [0, 90] },
  });
});

test('a restart forgets nothing that was noted before', async () => {
  const notes = open();
  await after(notes, 1, { ...QUIET, delivered: 130 });
  const again = open();
  await after(again, 1, { ...QUIET, delivered: 135 });
  expect(await linesOf(again, ['written'])).toEqual({ notice: '', written: [30, 5] });
});

test('an outage of the store is shown while it lasts, and kept once it is over', async () => {
  const notes = open();
  isDown = true;
  await after(notes, 1, { ...QUIET, waiting: 7, oldest: NOW });
  expect(await linesOf(notes, ['waiting'])).toEqual({
    waiting: [7],
    notice: 'what was noted earlier is not shown: the store: it is away',
  });
  isDown = false;
  await after(notes, 1, QUIET);
  expect(await linesOf(open(), ['waiting'])).toEqual({ notice: '', waiting: [7, 0] });
});

test('a long stretch is thinned: rates to means a minute, the others to the most that there was', async () => {
  const notes = open();
  for (let minute = 0; minute < 10; minute++) {
    const waiting = minute === 3 ? 50 : 0;
    await after(notes, 1, { ...QUIET, delivered: 100 + 6 * (minute + 1), waiting, oldest: null });
  }
  const { lines } = await notes.history(['written', 'waiting'], NOW - 20 * DAY_MS, NOW + DAY_MS);
  expect(lines.get('written')!.values.every((value) => value === 6)).toBe(true);
  expect(Math.max(...lines.get('waiting')!.values)).toBe(50);
  expect(lines.get('waiting')!.values.length).toBeLessThan(3);
});

test('the embedded store forgets what is older than a month', async () => {
  await after(open(), 1, QUIET);
  const notes = open();
  await after(notes, 40 * 1440, QUIET);
  const request = { series: [{ kpi: 'collector', v: 1 }], from: -Infinity, to: Infinity, where: { line: ['lag'] } };
  expect((await store.recorded('collector', request))[0]!.times).toHaveLength(1);
});
