/** Against real SQLite and DuckDB files. */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { DuckDBInstance } from '@duckdb/node-api';
import { openStore } from '@kpi-monitor/store/open-store';
import Database from 'libsql';

import { readAll } from '../../../test/read-all';
import { failureOf, HOUR, type SqlOptions, sqlSourceOf, WINDOW } from '../../../test/sql';

const folder = mkdtempSync(join(tmpdir(), 'kpi #sql '));
afterAll(() => rmSync(folder, { recursive: true }));

const ROWS = `
  ('2026-03-06', '2026-03-07 04:59:59', '2026-03-06 23:59:59', 'West', 1, 1),
  ('2026-03-07', '2026-03-07 05:00:00', '2026-03-07 00:00:00', 'West', 10.25, 1),
  ('2026-03-07', '2026-03-07 15:00:00', '2026-03-07 10:00:00', null, 20, 9007199254740993),
  ('2026-03-08', '2026-03-09 03:59:59', '2026-03-08 23:59:59', 'East', 40, 3),
  ('2026-03-10', '2026-03-10 04:00:00', '2026-03-10 00:00:00', 'East', 80, 4)`;

const files = {
  sqlite: join(folder, 'shop.db'),
  duckdb: join(folder, 'shop.duckdb'),
};

beforeAll(async () => {
  const sqlite = new Database(files.sqlite, {});
  sqlite.exec(`pragma journal_mode = wal;
    create table orders (day text, utc text, local text, region text, net real, n integer);
    insert into orders values ${ROWS}`);
  sqlite.close();
  const instance = await DuckDBInstance.create(files.duckdb);
  const duckdb = await instance.connect();
  await duckdb.run(`create table orders (day date, utc timestamp, local timestamp, region text, net decimal(12,2), n hugeint);
    insert into orders values ${ROWS};
    create view zoned as select utc at time zone 'UTC' as placed, * from orders`);
  duckdb.closeSync();
  instance.closeSync();
});

describe.each(['sqlite', 'duckdb'] as const)('%s', (kind) => {
  const sourceOf = (query: string, { path = files[kind], ...options }: SqlOptions & { path?: string } = {}) =>
    sqlSourceOf({ kind, path }, query, options);
  const failure = (query: string, options?: SqlOptions & { path?: string }, signal?: AbortSignal) =>
    failureOf(sourceOf(query, options), signal);

  test('dates stay the dates that they are, and numbers keep all of their digits', async () => {
    const query =
      'select day as period, region, sum(net) as value, max(n) as weight from orders where day >= :from and day < :to group by 1, 2 order by 1, 3 -- as they are';
    const records = await readAll(sourceOf(query), WINDOW);
    expect(records.map(({ value, ...rest }) => ({ ...rest, value: Number(value) }))).toEqual([
      { period: '2026-03-07', value: 10.25, weight: 1n, dims: { region: 'West' }, where: 'row 1' },
      { period: '2026-03-07', value: 20, weight: 9007199254740993n, dims: { region: null }, where: 'row 2' },
      { period: '2026-03-08', value: 40, weight: 3n, dims: { region: 'East' }, where: 'row 3' },
    ]);
  });

  test.each([
    ['local', ':from', ':to'],
    ['utc', ':from_utc', ':to_utc'],
  ])('days of the business zone bound `%s`, also when clocks change', async (column, from, to) => {
    const query = `select 2026 as period, sum(net) as value from orders where ${column} >= ${from} and ${column} < ${to}`;
    expect((await readAll(sourceOf(query), WINDOW)).map((r) => Number(r.value))).toEqual([70.25]);
    const hourly = `select ${column} as period, net as value from orders where ${column} >= ${from} and ${column} < ${to}`;
    const hour = await readAll(sourceOf(hourly, { grain: 'hour' }), HOUR);
    expect(hour.map((r) => Number(r.value))).toEqual([10.25]);
  });

  test('many rows come in batches and count on', async () => {
    const query =
      'with recursive c(i) as (select 1 union all select i + 1 from c where i < 12000) select 2026 as period, i as value from c';
    let rows = 0;
    let most = 0;
    let last = '';
    for await (const batch of sourceOf(query).read(WINDOW, new AbortController().signal)) {
      rows += batch.length;
      most = Math.max(most, batch.length);
      last = batch.at(-1)?.where ?? last;
    }
    expect([rows, last]).toEqual([12_000, 'row 12000']);
    expect(most).toBeLessThanOrEqual(5000);
  });

  test('a query without rows still has to have the columns', async () => {
    expect(await readAll(sourceOf('select day as period, net as value from orders where 1 = 0'), WINDOW)).toEqual([]);
    expect(await failure('select day, net as value from orders where 1 = 0')).toMatchObject({
      code: 'SOURCE_FORMAT',
      message: 'the query selects day, value but no `period`; write `… as period`',
    });
  });

  test('nothing can be written, nor slipped in behind a semicolon', async () => {
    const other = join(folder, `other-${kind}`);
    for (const query of [
      'delete from orders',
      'delete from orders returning day as period, net as value',
      'select 1 as period, 2 as value; delete from orders',
      'select 1) select 1; delete from orders -- ',
      'select 1); delete from orders; select * from (select 1',
      `attach '${other}' as other`,
      `copy orders to '${other}'`,
      'pragma query_only = 0',
    ]) {
      expect([query, await failure(query)]).toMatchObject([query, { code: expect.stringMatching(/REFUSED|FORMAT/) }]);
    }
    expect(await failure('delete from orders')).toMatchObject({ message: expect.stringContaining('never write') });
    expect(existsSync(other)).toBe(false);
    expect(await readAll(sourceOf('select 2026 as period, count(*) as value from orders'), WINDOW)).toMatchObject([
      { value: 5n },
    ]);
  });

  test.each([
    ['select day as period, sum(nett) as value from orders', /refused: .*nett/],
    ['select day as period, 1 as value from ordres', /refused: .*ordres/],
    ['selct 1', /refused: .*near "selct"/],
  ])('%s is answered with what is wrong', async (query, message) => {
    const error = await failure(query);
    expect(error).toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringMatching(message) });
    expect(error.message).not.toContain('\n');
  });

  const endless =
    'with recursive c(i) as (select 1 union all select i + 1 from c where i < 100000000000) select i as period, 1 as value from c where i % 1000000000 = 0';

  test('a query that takes too long is ended, and the program goes on meanwhile', async () => {
    let ticks = 0;
    const clock = setInterval(() => ticks++, 10);
    expect(await failure(endless, { timeout: '400ms' })).toMatchObject({
      code: 'SOURCE_TIMEOUT',
      message: expect.stringContaining('longer than 400 ms'),
    });
    clearInterval(clock);
    expect(ticks).toBeGreaterThan(5);
  });

  test('a read that is broken off ends at once', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 200);
    expect((await failure(endless, {}, stop.signal)).message).toBe('enough');
  });

  test('a file that is not there, or not a database, is said so', async () => {
    const path = join(folder, 'away.db');
    expect(await failure('select 1', { path })).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      message: `the database \`erp\` cannot be reached: there is no file ${path}`,
    });
    expect(existsSync(path)).toBe(false);
    const text = join(folder, 'text.db');
    writeFileSync(text, 'period,value\n'.repeat(1000));
    expect(await failure('select 1 as period, count(*) as value from sqlite_master', { path: text })).toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringMatching(/file/),
    });
  });
});

describe('who else has the file', () => {
  test('SQLite reads what another process is writing', async () => {
    const writer = new Database(files.sqlite, {});
    writer.exec("begin immediate; insert into orders values ('2026-03-09', '', '', 'North', 1, 1)");
    const source = sqlSourceOf({ kind: 'sqlite', path: files.sqlite }, 'select day as period, 1 as value from orders');
    expect(await readAll(source, WINDOW)).toHaveLength(5);
    writer.exec('rollback');
    writer.close();
  });

  test('DuckDB names the process that writes the file, and reads when it is gone', async () => {
    const source = sqlSourceOf({ kind: 'duckdb', path: files.duckdb }, 'select day as period, 1 as value from orders');
    const program = `require('@duckdb/node-api').DuckDBInstance.create(process.argv[1]).then(() => { console.log('open'); setInterval(() => {}, 1000); })`;
    const writer = spawn(process.execPath, ['-e', program, files.duckdb], { stdio: ['ignore', 'pipe', 'inherit'] });
    await once(writer.stdout, 'data');
    expect(await failureOf(source)).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      message: expect.stringContaining(`process ${writer.pid} has ${files.duckdb} open for writing`),
    });
    writer.kill();
    await once(writer, 'exit');
    const both = await Promise.all([readAll(source, WINDOW), readAll(source, WINDOW)]);
    expect(both.map((records) => records.length)).toEqual([5, 5]);
  });

  test('after a read, also one that was given up, DuckDB lets others write', async () => {
    const source = sqlSourceOf(
      { kind: 'duckdb', path: files.duckdb },
      'select i as period, 1 as value from range(1000000) t(i)'
    );
    for await (const batch of source.read(WINDOW, new AbortController().signal)) {
      expect(batch.length).toBeGreaterThan(0);
      break;
    }
    const program = `require('@duckdb/node-api').DuckDBInstance.create(process.argv[1]).then(() => process.exit(0), () => process.exit(1))`;
    const writer = spawn(process.execPath, ['-e', program, files.duckdb], { stdio: 'ignore' });
    expect(await once(writer, 'exit')).toEqual([0, null]);
  });

  test('the store of this process is not opened a second time', async () => {
    const path = join(folder, 'store.duckdb');
    const store = await openStore({ kind: 'duckdb', path }, { zone: 'UTC', createdBy: 'test' });
    expect(await failureOf(sqlSourceOf({ kind: 'duckdb', path }, 'select 1'))).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      message: expect.stringContaining('the store of this process itself'),
    });
    await store.close();
  });

  test('instants bound what has a time zone', async () => {
    const query = 'select placed as period, net as value from zoned where placed >= :from and placed < :to';
    const source = sqlSourceOf({ kind: 'duckdb', path: files.duckdb }, query, { grain: 'hour' });
    expect(await readAll(source, HOUR)).toMatchObject([{ period: '2026-03-07 05:00:00+00', value: '10.25' }]);
  });
});
