/** Folders of files, read by a collector into a real store: what is new counts, what is gone stays. */
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { isoDate } from '@kpi-monitor/model/time/civil';
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';
import type { Store } from '@kpi-monitor/store/store';

import { catalogueFrom } from '../test/catalogue';

import { createCollector } from './collector';
import { createDeadLetters } from './dead-letters';

const calendar = createCalendar({ zone: 'America/New_York' });
let folder: string;
let store: Store;
let now: number;
let age: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kpi-files-'));
  mkdirSync(join(folder, 'in'));
  store = createDuckdbStore({ path: ':memory:' });
  await store.open({ zone: calendar.zone, createdBy: 'test' });
  now = Date.UTC(2026, 5, 17, 16);
  age = 0;
});
afterEach(async () => {
  await store.close();
  rmSync(folder, { recursive: true });
});

const GLOB = "path: 'in/*.csv'";
const collect = (path = GLOB, more = 'settle: 0ms') =>
  createCollector({
    catalogue: catalogueFrom({
      orders: `kind: flow\ndimensions: [region]\nsource: { kind: file, ${path}, period: date, value: n, dimensions: { region: region }, ${more} }`,
    }),
    calendar,
    store,
    catalogueFolder: folder,
    deadLetters: createDeadLetters(join(folder, 'dead.jsonl')),
    clock: () => now,
  });

/** `06-01 West 5` lines; each file is newer than the one before. */
function write(name: string, ...rows: string[]): void {
  const lines = rows.map((row) => row.replace(/^(\S+) (\S+) (\S+)$/, '2026-$1,$2,$3'));
  writeFileSync(join(folder, name), ['date,region,n', ...lines, ''].join('\n'));
  const time = Date.UTC(2026, 0, 1) / 1000 + 60 * ++age;
  utimesSync(join(folder, name), time, time);
}

async function stored(): Promise<string[]> {
  const series = await store.read({ series: [{ kpi: 'orders', v: 1 }], from: -8.64e15, to: 8.64e15 });
  return series
    .flatMap(({ dims, times, values }) =>
      times.map((time, i) => `${isoDate(time).slice(5)} ${dims.region} ${values[i]}`)
    )
    .sort();
}

async function readOnce(collector = collect()) {
  const [report] = await collector.runOnce();
  return report!;
}

/** The report in short: days that were read, and how many points came. */
function shown({ window, points, error }: Awaited<ReturnType<typeof readOnce>>) {
  const days = window && (window.from < 0 ? 'all' : `${isoDate(window.from)} ${isoDate(window.to - 1)}`);
  return error ? error.code : [days, points];
}

test('all files are read at first, then those that are new, also after a restart', async () => {
  write('in/jan.csv', '01-05 West 1', '01-06 West 2');
  write('in/feb.csv', '02-05 West 3');
  const collector = collect();
  expect(shown(await readOnce(collector))).toEqual(['all', 3]);
  expect(shown(await readOnce(collector))).toEqual([null, 0]);
  expect(shown(await readOnce())).toEqual([null, 0]);
  write('in/mar.csv', '03-05 West 4', '03-07 West 5');
  expect(shown(await readOnce())).toEqual(['2026-03-05 2026-03-07', 2]);
  expect(await stored()).toEqual(['01-05 West 1', '01-06 West 2', '02-05 West 3', '03-05 West 4', '03-07 West 5']);
});

test('a file that changed replaces what it held, and leaves what others hold of the same days', async () => {
  write('in/west.csv', '01-05 West 1', '01-06 West 2');
  write('in/east.csv', '01-05 East 10', '01-06 East 20');
  write('in/later.csv', '02-01 East 30');
  const collector = collect();
  await readOnce(collector);
  write('in/west.csv', '01-05 West 7');
  expect(shown(await readOnce(collector))).toEqual(['2026-01-05 2026-01-06', 3]);
  expect(await stored()).toEqual(['01-05 East 10', '01-05 West 7', '01-06 East 20', '02-01 East 30']);
});

test('a file that is gone keeps what it held, also where another one changes', async () => {
  write('in/west.csv', '01-05 West 1');
  write('in/east.csv', '01-05 East 10', '01-06 East 20');
  const collector = collect();
  await readOnce(collector);
  renameSync(join(folder, 'in/west.csv'), join(folder, 'done.csv'));
  expect(shown(await readOnce(collector))).toEqual([null, 0]);
  write('in/east.csv', '01-05 East 11');
  await readOnce(collector);
  // What East no longer says is not withdrawn: what West would say is not known.
  expect(await stored()).toEqual(['01-05 East 11', '01-05 West 1', '01-06 East 20']);
  rmSync(join(folder, 'in/east.csv'));
  expect(shown(await readOnce(collector))).toEqual([null, 0]);
});

test('of exports that overlap the newest counts, whichever comes first', async () => {
  write('in/export-1.csv', '01-05 West 1', '01-06 West 2');
  write('in/export-2.csv', '01-06 West 3', '01-07 West 4');
  const collector = collect();
  const first = await readOnce(collector);
  expect(first.rejected).toEqual({});
  expect(await stored()).toEqual(['01-05 West 1', '01-06 West 3', '01-07 West 4']);
  // An old one that comes late.
  const newest = age;
  age = -10;
  write('in/export-0.csv', '01-04 West 0', '01-05 West 9');
  age = newest;
  await readOnce(collector);
  expect(await stored()).toEqual(['01-04 West 0', '01-05 West 1', '01-06 West 3', '01-07 West 4']);
});

test('a broken file keeps no other away, is named, and read once it is mended', async () => {
  write('in/good.csv', '01-05 West 1');
  writeFileSync(join(folder, 'in/bad.csv'), 'date,region\n');
  const collector = collect();
  const report = await readOnce(collector);
  expect(report.error).toMatchObject({ code: 'SOURCE_FORMAT', message: expect.stringContaining('in/bad.csv') });
  expect(await stored()).toEqual(['01-05 West 1']);
  write('in/bad.csv', '01-06 West 2');
  expect(shown(await readOnce(collector))).toEqual(['2026-01-06 2026-01-06', 1]);
  expect(await stored()).toEqual(['01-05 West 1', '01-06 West 2']);
});

test('rows of days to come are read when they are there, though the file stays as it is', async () => {
  write('in/plan.csv', '06-17 West 1', '06-18 West 2');
  const collector = collect();
  expect((await readOnce(collector)).rejected).toEqual({ RECORD_FUTURE: 1 });
  now += 3_600_000;
  expect(shown(await readOnce(collector))).toEqual([null, 0]);
  now += 86_400_000;
  expect(shown(await readOnce(collector))).toEqual(['all', 2]);
  expect(await stored()).toEqual(['06-17 West 1', '06-18 West 2']);
});

test('a catalogue that asks for other columns reads the same files again', async () => {
  write('in/a.csv', '01-05 West 1');
  write('in/b.csv', '01-06 West 2');
  await readOnce();
  expect(shown(await readOnce(collect(GLOB, 'settle: 0ms, scale: 10')))).toEqual(['all', 2]);
  expect(await stored()).toEqual(['01-05 West 10', '01-06 West 20']);
});

test('a store that was emptied is filled again', async () => {
  write('in/a.csv', '01-05 West 1');
  await readOnce();
  await store.close();
  store = createDuckdbStore({ path: ':memory:' });
  await store.open({ zone: calendar.zone, createdBy: 'test' });
  expect(shown(await readOnce())).toEqual(['all', 1]);
});

test('a file that is being written is not read half', async () => {
  write('in/a.csv', '01-05 West 1');
  writeFileSync(join(folder, 'in/growing.csv'), 'date,region,n\n2026-01-06,West,');
  const writing = setInterval(() => appendFileSync(join(folder, 'in/growing.csv'), '7'), 20);
  const collector = collect(GLOB, 'settle: 100ms');
  const report = await readOnce(collector);
  clearInterval(writing);
  expect(report.error).toMatchObject({ message: expect.stringMatching(/growing\.csv is still being written/) });
  expect(await stored()).toEqual(['01-05 West 1']);
  writeFileSync(join(folder, 'in/growing.csv'), 'date,region,n\n2026-01-06,West,7\n');
  expect((await readOnce(collector)).error).toBeNull();
  expect(await stored()).toEqual(['01-05 West 1', '01-06 West 7']);
});

test('names of unfinished files, locks and hidden ones are left alone', async () => {
  write('in/a.csv', '01-05 West 1');
  for (const name of ['b.csv.tmp', 'c.csv.part', '.d.csv', '~$e.csv', '.~lock.a.csv#']) {
    write(`in/${name}`, '01-06 West 2');
  }
  await readOnce(collect("path: 'in/*'", 'format: csv, settle: 0ms'));
  expect(await stored()).toEqual(['01-05 West 1']);
});

test('a pattern goes into folders, and not out of its own by a link', async () => {
  mkdirSync(join(folder, 'in/2026'));
  mkdirSync(join(folder, 'secret'));
  write('in/2026/a.csv', '01-05 West 1');
  write('secret/b.csv', '01-06 West 2');
  symlinkSync(join(folder, 'secret'), join(folder, 'in/folder'));
  symlinkSync(join(folder, 'secret/b.csv'), join(folder, 'in/b.csv'));
  await readOnce(collect("path: 'in/**/*.csv'"));
  expect(await stored()).toEqual(['01-05 West 1']);
  expect(() => collect("path: 'in/*/../../secret/*.csv'")).toThrow(expect.objectContaining({ code: 'KPI_SOURCE' }));
  expect(() => collect(`path: '${folder}/secret/*.csv'`)).not.toThrow();
});

test('where nothing is called so, that is said, until there was something', async () => {
  expect(shown(await readOnce())).toBe('SOURCE_UNREACHABLE');
  expect(shown(await readOnce(collect("path: 'away/*.csv'")))).toBe('SOURCE_UNREACHABLE');
});

test('absent rows become zeros while no file changes, and never over what a file held that is gone', async () => {
  write('in/a.csv', '06-10 West 1');
  write('in/b.csv', '06-12 West 3');
  const zeros = 'missing: zero, settle: 0ms, expected_by: "period_end 06:00"';
  const collector = collect(GLOB, zeros);
  await readOnce(collector);
  expect(await stored()).toEqual([
    '06-10 West 1',
    '06-11 West 0',
    '06-12 West 3',
    '06-13 West 0',
    '06-14 West 0',
    '06-15 West 0',
    '06-16 West 0',
  ]);
  now += 86_400_000;
  await readOnce(collector);
  expect(await stored()).toContain('06-17 West 0');
  rmSync(join(folder, 'in/b.csv'));
  now += 86_400_000;
  await readOnce(collect(GLOB, `${zeros}, reread: 10d`));
  expect(await stored()).toContain('06-12 West 3');
});

test('hundreds of files are read once', async () => {
  for (let i = 0; i < 300; i++) {
    write(`in/${String(i).padStart(3, '0')}.csv`, `01-05 r${i} 1`);
  }
  const collector = collect();
  expect(shown(await readOnce(collector))).toEqual(['all', 300]);
  expect(shown(await readOnce())).toEqual([null, 0]);
});
