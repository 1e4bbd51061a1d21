/** `ready_when` and `ready_file`: nothing is taken from files before they are complete for the period that is over. */
import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';

import { kpiFrom } from '../../../test/catalogue';
import { readAll } from '../../../test/read-all';
import { createSource } from '../create';

const WINDOW = { from: civil(2026, 6, 14), to: civil(2026, 6, 18) };
const BEFORE = { from: civil(2026, 6, 1), to: civil(2026, 6, 16) };
/** Noon of 17 June in New York; the 16th ended there at 04:00Z. */
const NOON = Date.UTC(2026, 5, 17, 16);

let folder: string;
let now: number;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kpi-ready-'));
  now = NOON;
  write('in/a.csv', 'date,region,n\n2026-06-15,West,4\n2026-06-16,West,5\n');
});
afterEach(() => rmSync(folder, { recursive: true }));

function write(name: string, text = '', changed = NOON): void {
  mkdirSync(dirname(join(folder, name)), { recursive: true });
  writeFileSync(join(folder, name), text);
  utimesSync(join(folder, name), changed / 1000, changed / 1000);
}

const columns = 'period: date, value: n, dimensions: { region: region }, settle: 0ms';
const sourceOf = (more: string, kpi = 'kind: flow\ndimensions: [region]') =>
  createSource(kpiFrom(`${kpi}\nsource: { kind: file, path: 'in/*.csv', ${columns}, ${more} }`), {
    calendar: createCalendar({ zone: 'America/New_York' }),
    clock: () => now,
    catalogueFolder: folder,
    connections: {},
    resolve: (text) => text,
  });
const whatIsNew = (source: ReturnType<typeof sourceOf>) => source.changes!([], null, new AbortController().signal);
const waiting = (why: string) => ({
  code: 'SOURCE_NOT_READY',
  message: `16 Jun 2026 is not complete: ${why}`,
});

test('a file with the date of the period has to be there', async () => {
  const source = sourceOf("ready_file: 'done/{from:yyyyMMdd}.ok'");
  write('done/20260615.ok');
  await expect(whatIsNew(source)).rejects.toMatchObject(waiting('there is no file done/20260616.ok yet'));
  await expect(readAll(source, WINDOW)).rejects.toMatchObject({ code: 'SOURCE_NOT_READY' });
  expect(await readAll(source, BEFORE)).toHaveLength(2);
  write('done/20260616.ok', '', Date.UTC(2026, 5, 1));
  expect(await whatIsNew(source)).toMatchObject({ failure: null });
  expect(await readAll(source, WINDOW)).toHaveLength(2);
  now += 86_400_000;
  await expect(whatIsNew(source)).rejects.toMatchObject({ code: 'SOURCE_NOT_READY' });
});

test('before the first file and its folder are there, it waits for them', async () => {
  rmSync(join(folder, 'in'), { recursive: true });
  const source = sourceOf("ready_file: 'in/{from}/_SUCCESS'");
  await expect(whatIsNew(source)).rejects.toMatchObject(waiting('there is no file in/2026-06-16/_SUCCESS yet'));
});

test('a file without a date counts when it is newer than the period', async () => {
  const source = sourceOf('ready_file: in/_SUCCESS');
  write('in/_SUCCESS', '', Date.UTC(2026, 5, 17, 3, 59));
  await expect(whatIsNew(source)).rejects.toMatchObject(waiting("the file in/_SUCCESS is older than the period's end"));
  write('in/_SUCCESS', '', Date.UTC(2026, 5, 17, 4, 0));
  expect(await whatIsNew(source)).toMatchObject({ failure: null });
});

test('any file of a pattern will do, and the date may be of a month', async () => {
  const source = sourceOf(
    "ready_file: 'closed/*-{from:yyyy-MM}.{txt,ok}'",
    'kind: flow\ngrain: month\ndimensions: [region]'
  );
  write('closed/books-2026-06.ok');
  await expect(whatIsNew(source)).rejects.toMatchObject({
    message: expect.stringContaining('May 2026 is not complete: there is no file closed/*-2026-05.{txt,ok} yet'),
  });
  write('closed/books-2026-05.ok');
  expect(await whatIsNew(source)).toMatchObject({ failure: null });
});

test('the rows of the period, of all files together, can be counted', async () => {
  const source = sourceOf("ready_when: '$count($distinct(rows.region)) = 2'");
  write('in/b.csv', 'date,region,n\n2026-06-15,East,4\n');
  await expect(whatIsNew(source)).rejects.toMatchObject(waiting('`ready_when` is not true yet'));
  expect(await readAll(source, BEFORE)).toHaveLength(3);
  write('in/c.csv', 'date,region,n\n2026-06-16,East,4\n');
  expect(await whatIsNew(source)).toMatchObject({ failure: null });
  expect(await readAll(source, WINDOW)).toHaveLength(4);
});

test('one row that says so is enough, and a file that cannot be read is named while it may be the one', async () => {
  const source = sourceOf(`ready_when: "'East' in rows.region and rows[0].period = $from"`);
  write('in/b.csv', 'date,region\n');
  await expect(whatIsNew(source)).rejects.toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringContaining('b.csv'),
  });
  write('in/c.csv', 'date,region,n\n2026-06-16,East,4\n');
  expect(await whatIsNew(source)).not.toBeNull();
});

test('both have to be so', async () => {
  const source = sourceOf("ready_when: '$sum(rows.value) >= 5', ready_file: 'done/{from}.ok'");
  await expect(whatIsNew(source)).rejects.toMatchObject(waiting('there is no file done/2026-06-16.ok yet'));
  write('done/2026-06-16.ok');
  expect(await whatIsNew(source)).toMatchObject({ failure: null });
});

test.each([
  ["ready_when: 'rows['", 'the `ready_when` cannot be read'],
  ["ready_file: 'done/*/../{from}.ok'", 'climbs up'],
])('%s is refused at once', (more, message) => {
  expect(() => sourceOf(more)).toThrow(
    expect.objectContaining({ code: 'KPI_SOURCE', message: expect.stringContaining(message) })
  );
});
