import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { KpiError } from '@kpi-monitor/model/errors';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import type { Point } from '@kpi-monitor/store/store';

import { catalogueFrom } from '../../test/catalogue';
import { createDeadLetters, type DeadLetter } from '../dead-letters';
import type { Sink } from '../journal/sink';

import { replay, type ReplayRequest } from './replay';

const folder = mkdtempSync(join(tmpdir(), 'kpi-replay-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const DAY = Date.UTC(2026, 2, 1);
const catalogue = catalogueFrom({
  orders: 'kind: flow\ndimensions: [region]\nvalid: { max: 100 }\nsource: { kind: push }\n',
  visits: 'kind: flow\nsource: { kind: demo }\n',
});
let files = 0;

const letter = (value: unknown, more: Partial<DeadLetter> = {}, region = 'West'): DeadLetter => ({
  ...{ at: '2026-03-05T10:00:00.000Z', kpi: 'orders', code: 'RECORD_RANGE', message: 'too high' },
  record: { period: '2026-03-01', value, dims: { region } },
  ...more,
});

/** Letters in a file of their own, and what became of them. */
async function letters(...given: DeadLetter[]) {
  const deadLetters = createDeadLetters(join(folder, `${++files}.jsonl`), { maxBytes: 400 });
  for (const one of given) {
    await deadLetters.add([one]);
  }
  const stored: Point[] = [];
  const read = async () => stored.map(({ kpi, dims, time, value }) => ({ kpi, dims, times: [time], values: [value] }));
  const put: Sink['put'] = async ({ points }) => {
    stored.push(...points);
    return { refused: [], isStored: true };
  };
  const options = {
    ...{ catalogue, deadLetters, store: { read } },
    calendar: createCalendar({ zone: 'America/New_York' }),
    clock: () => Date.UTC(2026, 2, 10),
  };
  return {
    deadLetters,
    stored,
    left: async () => (await deadLetters.list()).map((kept) => kept.letter.record),
    run: (request: ReplayRequest = {}, sink: Partial<Sink> = {}) =>
      replay(request, { ...options, sink: { put, keep: async () => {}, ...sink } }),
  };
}

const fates = ({ records }: Awaited<ReturnType<typeof replay>>) =>
  records.map(({ fate, reason }) => reason?.code ?? fate);

test('stores what fits by now and takes its letter away, over all files; what does not fit stays', async () => {
  const { run, stored, left } = await letters(
    letter(90),
    letter('n/a', {}, 'East'),
    letter(101, {}, 'North'),
    letter(12, { kpi: 'gone', code: 'KPI_UNKNOWN' }),
    letter(7, { code: 'RECORD_SOURCE' }, 'South')
  );
  expect(fates(await run({ dryRun: true }))).toEqual([
    'replayed',
    'KPI_UNKNOWN',
    'RECORD_RANGE',
    'RECORD_VALUE',
    'replayed',
  ]);
  expect(await left()).toHaveLength(5);
  expect(stored).toEqual([]);
  await run();
  expect(stored.map(({ value, time, dims }) => [value, time, dims.region])).toEqual([
    [7, DAY, 'South'],
    [90, DAY, 'West'],
  ]);
  expect(await left()).toMatchObject([{ value: 'n/a' }, { value: 101 }, { value: 12 }]);
});

test('a stamp of the store is a date, west of Greenwich, too', async () => {
  const refused = letter(5, { code: 'RECORD_REFUSED' });
  const { run, stored } = await letters({
    ...refused,
    record: { ...(refused.record as object), period: new Date(DAY).toISOString() },
  });
  await run();
  expect(stored).toMatchObject([{ time: DAY }]);
});

test('of equal records one is stored, of one key the newest, and a value that came since is not overwritten', async () => {
  const first = letter(10);
  const { run, stored, left } = await letters(
    letter(10),
    { ...first, at: '2026-03-06T10:00:00.000Z', where: 'line 2' },
    letter(20)
  );
  expect(fates(await run())).toEqual(['replayed', 'RECORD_DUPLICATE']);
  expect(stored.map(({ value }) => value)).toEqual([20]);
  expect(fates(await run())).toEqual(['held']);
  expect(await left()).toHaveLength(2);
  expect(fates(await run({ overwrite: true }))).toEqual(['replayed']);
  expect(stored.map(({ value }) => value)).toEqual([20, 10]);
  expect(await left()).toEqual([]);
});

test('what is no record of its source, or is cut off, is never stored', async () => {
  const { run, stored } = await letters(
    letter(3, { code: 'RECORD_FORM' }),
    letter(4, { kpi: 'visits', code: 'RECORD_SOURCE', record: { period: '2026-03-01', value: 4 } }),
    letter(5, { record: { period: '2026-03-01', value: 'x'.repeat(3000), dims: {} } })
  );
  const { records } = await run();
  expect(records.map(({ fate }) => fate)).toEqual(['refused', 'refused', 'refused']);
  expect(stored).toEqual([]);
});

test('filters by KPI, reason and time; discards without storing', async () => {
  const { run, stored, left } = await letters(
    letter(1, { at: '2026-03-01T00:00:00.000Z' }),
    letter(2, { code: 'RECORD_DIMENSION' }, 'East'),
    letter(3, { kpi: 'visits', record: { period: '2026-03-01', value: 3 } })
  );
  expect((await run({ dryRun: true, kpis: ['visits'] })).records).toHaveLength(1);
  expect((await run({ dryRun: true, codes: ['RECORD_DIMENSION'] })).records).toMatchObject([
    { letter: { record: { value: 2 } } },
  ]);
  expect((await run({ dryRun: true, to: Date.parse('2026-03-02') })).records).toMatchObject([
    { letter: { record: { value: 1 } } },
  ]);
  expect(fates(await run({ discard: true, kpis: ['orders'] }))).toEqual(['discarded', 'discarded']);
  expect(stored).toEqual([]);
  expect(await left()).toMatchObject([{ value: 3 }]);
});

test('broken off at any point, a record is still among the letters or stored, and the repeat ends it', async () => {
  const { run, stored, left, deadLetters } = await letters(letter(1), letter(2, {}, 'East'));
  const full = new KpiError('JOURNAL_FULL');
  await expect(run({}, { put: () => Promise.reject(full) })).rejects.toBe(full);
  expect(await left()).toHaveLength(2);
  const remove = deadLetters.remove;
  deadLetters.remove = () => Promise.reject(new Error('killed'));
  await expect(run()).rejects.toThrow('killed');
  expect([stored.length, (await left()).length]).toEqual([2, 2]);
  deadLetters.remove = remove;
  expect(fates(await run())).toEqual(['replayed', 'replayed']);
  expect(await left()).toEqual([]);
});

test('letters that are added while others are taken away are kept, and what was mended once is news again', async () => {
  const { run, left, deadLetters } = await letters(letter(1), letter(2, {}, 'East'));
  const [, added] = await Promise.all([run(), deadLetters.add([letter(3, {}, 'North')]), deadLetters.add([letter(1)])]);
  expect(added).toBe(1);
  expect((await left()).length).toBeGreaterThanOrEqual(1);
  expect(await deadLetters.add([letter(1)])).toBe(1);
  expect(readFileSync(deadLetters.path, 'utf8').endsWith('\n')).toBe(true);
});
