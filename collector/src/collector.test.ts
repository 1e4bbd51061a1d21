/** The collector as a whole, on a real embedded store. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { KpiError } from '@kpi-monitor/model/errors';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { addDays, civil, isoDate } from '@kpi-monitor/model/time/civil';
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';
import type { Store } from '@kpi-monitor/store/store';
import Database from 'libsql';

import { until as cameAbout } from '../../tests/support/until';
import { catalogueFrom, catalogueOf } from '../test/catalogue';

import { type Collector, type CollectorOptions, createCollector } from './collector';
import { createDeadLetters } from './dead-letters';
import type { Log } from './log';

const calendar = createCalendar({ zone: 'America/New_York', holidays: 'US' });
const NOON = Date.UTC(2026, 5, 17, 16);

let folder: string;
let store: Store;
let collectors: Collector[];
let logged: Array<{ level: string; about: Record<string, unknown>; message: string }>;
/** makes the store unreachable */
let isDown: boolean;
let now: number;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kpi-collector-'));
  store = createDuckdbStore({ path: ':memory:' });
  await store.open({ zone: calendar.zone, createdBy: 'test' });
  collectors = [];
  logged = [];
  isDown = false;
  now = NOON;
});
afterEach(async () => {
  await Promise.all(collectors.map((collector) => collector.stop()));
  await store.close();
  rmSync(folder, { recursive: true });
});

const log = Object.fromEntries(
  ['debug', 'info', 'warn', 'error'].map((level) => [
    level,
    (about: object, message: string) => logged.push({ level, about: { ...about }, message }),
  ])
) as unknown as Log;

function collect(
  files: Record<string, string> | CollectorOptions['catalogue'],
  more: Partial<CollectorOptions> = {}
): Collector {
  const fragile = new Proxy(store, {
    get(target, name: keyof Store) {
      const method = target[name] as unknown;
      return typeof method !== 'function'
        ? method
        : (...args: unknown[]) => {
            if (isDown) {
              return Promise.reject(new KpiError('STORE_UNREACHABLE', 'the store is away'));
            }
            return (method as (...args: unknown[]) => unknown).apply(target, args);
          };
    },
  });
  const catalogue = 'byId' in files ? (files as CollectorOptions['catalogue']) : catalogueFrom(files);
  const collector = createCollector({
    catalogue,
    calendar,
    store: fragile,
    catalogueFolder: folder,
    deadLetters: createDeadLetters(join(folder, 'dead.jsonl')),
    clock: () => now,
    log,
    ...more,
  });
  collectors.push(collector);
  return collector;
}

const write = (text: string) => writeFileSync(join(folder, 'data.csv'), text);
const CSV = 'kind: flow\nsource: { kind: csv, path: data.csv, period: date, value: sales, every: 20ms, jitter: 0ms';
const BY_REGION = CSV.replace('kind: flow', 'kind: flow\ndimensions: [region]') + ', dimensions: { region: region }';

async function stored(kpi: string, v = 1): Promise<Record<string, Record<string, number>>> {
  const series = await store.read({ series: [{ kpi, v }], from: -8.64e15, to: 8.64e15 });
  return Object.fromEntries(
    series.map(({ dims, times, values }) => [
      Object.values(dims).join(' '),
      Object.fromEntries(times.map((time, i) => [new Date(time).toISOString().slice(0, 10), values[i]!])),
    ])
  );
}

const until = (condition: () => boolean | Promise<boolean>) =>
  cameAbout(() => `the log has ${JSON.stringify(logged.slice(-5))}; what was waited for`, condition);

test('a file with bad rows loads the good ones, lists the bad with their lines, and says how many', async () => {
  write(
    'date,sales\n2010-06-01,1\n2026-06-02,n/a\n2026-06-03,3\n2026-06-03,4\nnever,5\n2027-01-01,6\n2026-06-05,7,8\n'
  );
  const [report] = await collect({ orders: `${CSV} }` }).runOnce();
  expect(report).toMatchObject({ kpi: 'orders', points: 2, error: null });
  expect(report!.rejected).toEqual({
    RECORD_VALUE: 1,
    RECORD_DUPLICATE: 1,
    RECORD_PERIOD: 1,
    RECORD_FUTURE: 1,
    RECORD_FORM: 1,
  });
  expect(await stored('orders')).toEqual({ '': { '2010-06-01': 1, '2026-06-03': 3 } });
  const letters = readFileSync(join(folder, 'dead.jsonl'), 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line));
  expect(letters.map(({ where, code }) => `${where} ${code}`)).toEqual([
    'data.csv line 3 RECORD_VALUE',
    'data.csv line 5 RECORD_DUPLICATE',
    'data.csv line 6 RECORD_PERIOD',
    'data.csv line 7 RECORD_FUTURE',
    'data.csv line 8 RECORD_FORM',
  ]);
  expect(logged.filter(({ level }) => level === 'warn')).toHaveLength(1);
});

test('a file is read again only when it has changed, and then all of it', async () => {
  write('date,sales\n2010-06-01,1\n');
  const collector = collect({ orders: `${CSV} }` });
  const written: number[] = [];
  collector.onWritten(({ points }) => written.push(points));
  await collector.runOnce();
  await collector.runOnce();
  expect(written).toEqual([1]);
  write('date,sales\n2010-06-01,12\n2010-06-02,2\n');
  await collector.runOnce();
  expect(written).toEqual([1, 2]);
  expect(await stored('orders')).toEqual({ '': { '2010-06-01': 12, '2010-06-02': 2 } });
  expect(collector.status()[0]).toMatchObject({
    kpi: 'orders',
    source: 'csv',
    reads: 3,
    points: 3,
    lastError: null,
    lastSuccess: NOON,
  });
});

test('what a formula reads is read by naming the formula', async () => {
  write('date,sales\n2026-06-01,1\n');
  const files = { a: `${CSV} }`, b: `${CSV} }`, c: `${CSV} }`, f: 'kind: ratio\nformula: a / b' };
  const reports = await collect(files).runOnce(['f', 'a']);
  expect(reports.map((report) => report.kpi)).toEqual(['a', 'b']);
  await expect(async () => collect(files).runOnce(['g'])).rejects.toMatchObject({ code: 'KPI_UNKNOWN' });
});

test('absent rows of known slices become zeros once they are due, never for what is still to come', async () => {
  const zero = `${BY_REGION}, missing: zero, expected_by: "period_end 06:00" }`;
  write('date,region,sales\n2026-06-12,West,1\n2026-06-14,West,2\n2026-06-13,East,3\n');
  const collector = collect({ orders: zero });
  await collector.runOnce();
  // Yesterday was expected at six this morning; today will be tomorrow.
  expect(await stored('orders')).toEqual({
    West: { '2026-06-12': 1, '2026-06-13': 0, '2026-06-14': 2, '2026-06-15': 0, '2026-06-16': 0 },
    East: { '2026-06-13': 3, '2026-06-14': 0, '2026-06-15': 0, '2026-06-16': 0 },
  });
  now += 86_400_000;
  const [report] = await collector.runOnce();
  expect(report!.zeros).toBeGreaterThan(0);
  expect((await stored('orders')).West).toHaveProperty('2026-06-17', 0);
  expect((await stored('orders')).West).toHaveProperty('2026-06-14', 2);
});

test('slices that were seen before a restart get their zeros too', async () => {
  const zero = `${BY_REGION}, missing: zero }`;
  write('date,region,sales\n2026-06-10,West,1\n2026-06-10,East,1\n');
  await collect({ orders: zero }).runOnce();
  write('date,region,sales\n2026-06-10,West,1\n2026-06-11,West,1\n');
  await collect({ orders: zero }).runOnce();
  expect((await stored('orders')).East).toMatchObject({ '2026-06-10': 0, '2026-06-11': 0 });
});

test('a failed read writes no zeros', async () => {
  const zero = `${BY_REGION}, missing: zero }`;
  write('date,region,sales\n2026-06-10,West,1\n');
  const collector = collect({ orders: zero });
  await collector.runOnce();
  const before = await stored('orders');
  rmSync(join(folder, 'data.csv'));
  now += 5 * 86_400_000;
  const [report] = await collector.runOnce();
  expect(report!.error).toMatchObject({ code: 'SOURCE_UNREACHABLE' });
  expect(await stored('orders')).toEqual(before);
});

test('a gap stays a gap', async () => {
  write('date,sales\n2026-06-01,1\n2026-06-03,3\n');
  await collect({ orders: `${CSV}, missing: gap }` }).runOnce();
  expect(await stored('orders')).toEqual({ '': { '2026-06-01': 1, '2026-06-03': 3 } });
});

describe('the demo company', () => {
  const one = (id: string) => {
    const catalogue = catalogueOf('kpis');
    return { ...catalogue, byId: new Map([[id, catalogue.byId.get(id)!]]), kpis: [] };
  };

  test('gets two years on the first start, and then what is new', async () => {
    const collector = collect(one('cash_flow'));
    const [first] = await collector.runOnce();
    expect(first).toMatchObject({ window: { from: civil(2024, 6, 1) }, error: null });
    expect(first!.points).toBeGreaterThan(4 * 730);
    const [second] = await collector.runOnce();
    expect(second!.points).toBe(4 * 4);
    const again = collect(one('cash_flow'));
    expect((await again.runOnce())[0]!.points).toBe(4 * 4);
  });

  test('a first read that was broken off is done again as a whole', async () => {
    const collector = collect(one('revenue'));
    const write = store.write.bind(store);
    let writes = 0;
    jest.spyOn(store, 'write').mockImplementation(async (points) => {
      if (++writes === 1) {
        await write(points.slice(0, 500));
        throw new KpiError('STORE_UNREACHABLE', 'the store went away');
      }
      return write(points);
    });
    const [broken] = await collector.runOnce();
    expect(broken!.error).toMatchObject({ code: 'STORE_UNREACHABLE' });
    const [whole] = await collector.runOnce();
    expect(whole).toMatchObject({ window: { from: civil(2024, 6, 1) }, error: null });
    const series = await stored('revenue');
    expect(Object.values(series).every((one) => Object.keys(one).length === 747)).toBe(true);
  });

  test('days that nobody collected are made up for', async () => {
    const collector = collect(one('cash_flow'));
    await collector.runOnce();
    now += 40 * 86_400_000;
    const [report] = await collector.runOnce();
    expect(report!.window!.from).toBeLessThanOrEqual(civil(2026, 6, 17));
    expect(Object.keys((await stored('cash_flow')).North!)).toHaveLength(747 + 40);
  });

  test('a stretch of history is read in parts that are told as they are done', async () => {
    const collector = collect(one('cash_flow'));
    const seen: number[] = [];
    const reports = await collector.backfill({
      from: civil(2020, 1, 1),
      to: civil(2021, 1, 1),
      onProgress: ({ done, total }) => seen.push(done / total),
    });
    expect(reports).toMatchObject([{ kpi: 'cash_flow', points: 4 * 366, rejected: 0, error: null }]);
    expect(seen.length).toBeGreaterThan(3);
    expect(seen.at(-1)).toBe(1);
    expect(Object.keys((await stored('cash_flow')).East!).slice(0, 1)).toEqual(['2020-01-01']);
  });
});

test('a backfill that ends before it begins, or does not know where to begin, is refused', async () => {
  const http = { orders: 'kind: flow\nsource: { kind: http, url: "http://127.0.0.1:1", map: "rows" }' };
  await expect(collect(http).backfill()).rejects.toMatchObject({
    code: 'QUERY_RANGE',
    message: expect.stringContaining('give --from'),
  });
  await expect(collect(http).backfill({ from: 2, to: 1 })).rejects.toMatchObject({ code: 'QUERY_RANGE' });
});

test('a store that is away is waited for, each failure is told once, and nothing is lost', async () => {
  write('date,sales\n2026-06-01,1\n');
  const collector = collect({ orders: `${CSV} }` });
  isDown = true;
  collector.start();
  await until(() => collector.status()[0]!.failures >= 3);
  expect(collector.status()[0]!.lastError).toEqual({ code: 'STORE_UNREACHABLE', message: 'the store is away' });
  expect(logged.filter(({ level }) => level === 'warn').map(({ about }) => about.code)).toEqual(['STORE_UNREACHABLE']);
  isDown = false;
  await until(async () => Object.keys(await stored('orders')).length > 0);
  await until(() => collector.status()[0]!.failures === 0);
  expect(logged.some(({ level, message }) => level === 'info' && message === 'reading again')).toBe(true);
  expect(await stored('orders')).toEqual({ '': { '2026-06-01': 1 } });
});

test('a source that is not ready is waited for: that is no failure, is told once, and says since when and for what', async () => {
  const file = "kind: file, path: data.csv, period: date, value: sales, settle: 0ms, ready_file: 'done/{from}.ok'";
  const collector = collect({ orders: `kind: flow\nsource: { ${file}, every: 20ms, jitter: 0ms }` });
  const status = () => collector.status()[0]!;
  collector.start();
  await until(() => status().failures === 0 && status().state === 'waiting');
  write('date,sales\n2026-06-01,1\n');
  await until(() => status().readWaits >= 3 && status().state === 'waiting');
  expect(status()).toMatchObject({
    waiting: {
      since: now,
      message: expect.stringMatching(/^16 Jun 2026 is not complete: there is no file done\/2026-06-.*\.ok yet$/),
    },
    ...{ lastError: null, lastSuccess: null, failures: 0, readFailures: 0, failuresByCode: {} },
  });
  const told = () => logged.filter(({ level }) => level !== 'debug').map(({ message }) => message);
  expect(told()).toEqual([expect.stringMatching(/^waits for its source: /)]);
  mkdirSync(join(folder, 'done'));
  writeFileSync(join(folder, 'done/2026-06-16.ok'), '');
  await until(() => status().points === 1);
  expect(status().waiting).toBeNull();
  expect(told()).toEqual([expect.stringMatching(/^waits for/), 'its source is ready']);
});

test('a source that failed before and waits now has recovered, and one that fails while it waits is failing', async () => {
  const file = "kind: file, path: data.csv, period: date, value: sales, settle: 0ms, ready_file: '{from}.ok'";
  const collector = collect({ orders: `kind: flow\nsource: { ${file} }` });
  writeFileSync(join(folder, '2026-06-16.ok'), '');
  const [failed] = await collector.runOnce();
  expect(failed!.error!.code).toBe('SOURCE_UNREACHABLE');
  rmSync(join(folder, '2026-06-16.ok'));
  await collector.runOnce();
  expect(collector.status()[0]).toMatchObject({ state: 'waiting', failures: 0, lastError: null, readFailures: 1 });
  writeFileSync(join(folder, '2026-06-16.ok'), '');
  await collector.runOnce();
  expect(collector.status()[0]).toMatchObject({ state: 'idle', waiting: null, failures: 1, readWaits: 1 });
});

describe('a web server', () => {
  let server: Server;
  let mode: 'ok' | 'hang' | 'error';
  let open: number;
  let mostOpen: number;
  const HTTP = (more: string) => {
    const { port } = server.address() as { port: number };
    return `kind: flow\nsource: { kind: http, url: "http://127.0.0.1:${port}/", map: rows, every: 20ms, jitter: 0ms, timeout: 100ms${more} }`;
  };

  beforeEach(async () => {
    [mode, open, mostOpen] = ['ok', 0, 0];
    server = createServer((_, response) => {
      mostOpen = Math.max(mostOpen, ++open);
      response.on('close', () => open--);
      if (mode === 'hang') {
        return;
      }
      setTimeout(
        () => response.writeHead(mode === 'ok' ? 200 : 500).end('{"rows": [{"period": "2026-06-16", "value": 5}]}'),
        30
      );
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  afterEach(() => {
    server.closeAllConnections();
    server.close();
  });

  test('that hangs or fails is tried again until it answers, one request at a time', async () => {
    mode = 'hang';
    const collector = collect({ orders: HTTP('') });
    collector.start();
    await until(() => collector.status()[0]!.lastError?.code === 'SOURCE_TIMEOUT');
    mode = 'error';
    await until(() => collector.status()[0]!.lastError?.code === 'SOURCE_REFUSED');
    mode = 'ok';
    await until(() => collector.status()[0]!.failures === 0 && collector.status()[0]!.points > 1);
    expect(mostOpen).toBe(1);
    expect(await stored('orders')).toEqual({ '': { '2026-06-16': 5 } });
  });

  test('is not waited for when the collector is stopped, and that is no failure', async () => {
    mode = 'hang';
    const collector = collect({ orders: HTTP('').replace('timeout: 100ms', 'timeout: 60s') });
    collector.start();
    await until(() => open === 1);
    await collector.stop();
    expect(collector.status()[0]).toMatchObject({ state: 'stopped', failures: 0, lastError: null, nextRun: null });
    await until(() => open === 0);
  });

  test('counts for Prometheus what was read, written and refused', async () => {
    const collector = collect({ orders: HTTP('').replace('kind: flow', 'kind: flow\nvalid: { max: 1 }') });
    await collector.runOnce();
    const value = (name: string, label?: string) =>
      collector.counters().find((c) => c.name === name && (!label || Object.values(c.labels).includes(label)))?.value;
    expect(value('kpi_collector_reads_total', 'success')).toBe(1);
    expect(value('kpi_collector_reads_total', 'failure')).toBe(0);
    expect(value('kpi_collector_points_total')).toBe(0);
    expect(value('kpi_collector_rejected_total', 'RECORD_RANGE')).toBe(1);
    expect(value('kpi_collector_last_success_timestamp_seconds')).toBe(NOON / 1000);
  });
});

test('a point that the store refuses goes to the dead letters and blocks no other', async () => {
  write(`date,region,sales\n2026-06-01,${'\\ud800'},1\n2026-06-02,West,2\n`);
  const real = store.write.bind(store);
  jest.spyOn(store, 'write').mockImplementation(async (points) => {
    const [first, ...rest] = points;
    const outcome = await real(rest);
    return { ...outcome, rejected: [{ point: first!, reason: 'poisoned' }] };
  });
  const [report] = await collect({ orders: `${BY_REGION} }` }).runOnce();
  expect(report).toMatchObject({ points: 1, rejected: { RECORD_REFUSED: 1 }, error: null });
  expect(readFileSync(join(folder, 'dead.jsonl'), 'utf8')).toContain('the store refused it: poisoned');
});

test('another version of a KPI begins its own history', async () => {
  write('date,sales\n2026-06-01,1\n');
  await collect({ orders: `version: 2\n${CSV} }` }).runOnce();
  expect(await stored('orders', 1)).toEqual({});
  expect(await stored('orders', 2)).toEqual({ '': { '2026-06-01': 1 } });
});

test('the whole default catalogue is collected at once', async () => {
  const collector = collect(catalogueOf('kpis'));
  collector.start();
  await until(() => collector.status().every(({ lastSuccess }) => lastSuccess !== null));
  const status = collector.status();
  expect(status.every(({ lastError, rejected }) => lastError === null && rejected === 0)).toBe(true);
  expect(status.reduce((sum, { points }) => sum + points, 0)).toBeGreaterThan(70_000);
  expect((await stored('new_customers'))['North Online']).toHaveProperty(
    new Date(addDays(civil(2026, 6, 17), -1)).toISOString().slice(0, 10)
  );
});

test('a server that asks to be left alone is, for as long as it says', async () => {
  const server = createServer((_, response) => void response.writeHead(503, { 'retry-after': '900' }).end());
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as { port: number };
  const collector = collect({
    orders: `kind: flow\nsource: { kind: http, url: "http://127.0.0.1:${port}", map: rows, every: 1m, jitter: 0s }`,
  });
  collector.start();
  await until(() => collector.status()[0]!.nextRun !== null);
  expect(collector.status()[0]).toMatchObject({ failures: 1, nextRun: now + 900_000 });
  await collector.stop();
  server.close();
});

test('what was refused is noted by the day that it is about, and a value that came late with its hours', async () => {
  now = Date.UTC(2026, 5, 17, 16);
  write('date,sales\n2026-06-14,1\n2026-06-15,n/a\n2026-06-15,2\n2026-06-15,3\n');
  const collector = collect({ orders: `${CSV}, expected_by: "period_end 06:00" }` });
  await collector.runOnce();
  const noted = async () => {
    const request = { series: [{ kpi: 'orders', v: 1 }], from: -Infinity, to: Infinity };
    const found = await store.recorded('quality', request);
    return Object.fromEntries(
      found.flatMap(({ dims, times, values }) => times.map((time, i) => [`${dims.what} ${isoDate(time)}`, values[i]!]))
    );
  };
  expect(await noted()).toEqual({ 'RECORD_VALUE 2026-06-15': 1, 'RECORD_DUPLICATE 2026-06-15': 1 });
  // Noon in New York: six hours after the sixteenth was expected.
  write('date,sales\n2026-06-14,1\n2026-06-15,2\n2026-06-16,3\n');
  await collector.runOnce();
  expect(await noted()).toEqual({ 'late 2026-06-16': 6 });
});

test('`since` says how far back the first read goes, in parts, and what a backfill begins with', async () => {
  const path = join(folder, 'shop.db');
  const shop = new Database(path, {});
  shop.exec(`create table orders (day text, net real);
    insert into orders values ('2024-12-31', 1), ('2025-01-01', 2), ('2025-09-01', 4), ('2026-06-16', 8)`);
  const files = {
    orders: `kind: flow
source: { kind: sql, connection: shop, since: 2025-01-01, query: "select day as period, net as value from orders where day >= :from and day < :to" }`,
  };
  const collector = collect(files, { connections: () => ({ shop: { kind: 'sqlite', path } }) });
  expect(await collector.runOnce()).toMatchObject([
    { points: 3, window: { from: civil(2025, 1, 1), to: civil(2026, 6, 18) }, error: null },
  ]);
  expect(await collector.runOnce()).toMatchObject([{ points: 1, window: { from: civil(2026, 6, 14) } }]);
  shop.exec("update orders set net = 3 where day = '2025-01-01'");
  shop.close();
  expect(await collector.backfill()).toMatchObject([{ points: 3, error: null }]);
  expect(await stored('orders')).toEqual({ '': { '2025-01-01': 3, '2025-09-01': 4, '2026-06-16': 8 } });
});

test('history is asked for once, though its last part is waited for', async () => {
  const path = join(folder, 'shop.db');
  const shop = new Database(path, {});
  shop.exec(`create table loads (day text); create table orders (day text, net real);
    insert into orders values ('2025-01-01', 1), ('2026-06-16', 8)`);
  const files = {
    orders: `kind: flow
source:
  kind: sql
  connection: shop
  since: 2025-01-01
  query: "select day as period, net as value from orders where day >= :from and day < :to"
  ready_when: "select count(*) > 0 from loads where day >= :from and day < :to"`,
  };
  const collector = collect(files, { connections: () => ({ shop: { kind: 'sqlite', path } }) });
  expect(await collector.runOnce()).toMatchObject([{ error: { code: 'SOURCE_NOT_READY' } }]);
  // A part that was asked for again would lose it.
  shop.exec("delete from orders where day = '2025-01-01'; insert into loads values ('2026-06-16')");
  shop.close();
  expect(await collector.runOnce()).toMatchObject([{ points: 1, error: null }]);
  expect(await stored('orders')).toEqual({ '': { '2025-01-01': 1, '2026-06-16': 8 } });
});

test('a KPI whose connection has changed is read anew by it; the others go on', async () => {
  const shop = (name: string, net: number) => {
    const path = join(folder, name);
    const database = new Database(path, {});
    database.exec(`create table orders (day text, net real); insert into orders values ('2026-06-16', ${net})`);
    database.close();
    return { shop: { kind: 'sqlite' as const, path } };
  };
  let connections = shop('old.db', 1);
  const query = 'select day as period, net as value from orders where day >= :from and day < :to';
  const files = {
    orders: `kind: flow\nsource: { kind: sql, connection: shop, query: "${query}" }`,
    visits: 'kind: flow\nsource: { kind: csv, path: visits.csv, period: date, value: visits }',
  };
  const collector = collect(files, { connections: () => connections });
  await collector.runOnce(['orders']);
  connections = shop('new.db', 2);
  expect(collector.exchange(catalogueFrom(files))).toEqual({ begun: ['orders'], ended: ['orders'] });
  await collector.runOnce(['orders']);
  expect(await stored('orders')).toEqual({ '': { '2026-06-16': 2 } });
});
