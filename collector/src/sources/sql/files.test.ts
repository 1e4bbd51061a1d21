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
import { failureOf, HOUR, sqlSourceOf, WINDOW } from '../../../test/sql';
import { ordersAs, sqlContract } from '../../../test/sql-contract';

const folder = mkdtempSync(join(tmpdir(), 'kpi #sql '));
afterAll(() => rmSync(folder, { recursive: true }));

const ROWS = ordersAs([0, 1, 2, 3, 4, 5]);

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
  const other = join(folder, `other-${kind}`);
  const counting = (to: number) => `with recursive c(i) as (select 1 union all select i + 1 from c where i < ${to})`;

  sqlContract({
    connection: () => ({ kind, path: files[kind] }),
    instants: [
      { column: 'local' },
      { column: 'utc', bounds: [':from_utc', ':to_utc'] },
      ...(kind === 'duckdb' ? [{ column: 'placed', table: 'zoned' }] : []),
    ],
    many: `${counting(12_000)} select 2026 as period, i as value from c`,
    endless: `${counting(1e11)} select i as period, 1 as value from c where i % 1000000000 = 0`,
    forbidden: [
      'delete from orders returning day as period, net as value',
      `attach '${other}' as other`,
      `copy orders to '${other}'`,
      'pragma query_only = 0',
    ],
    writing: [['delete from orders', /never write/]],
    traces: [other],
    mistakes: [
      ['select day as period, sum(nett) as value from orders', /refused: .*nett/],
      ['select day as period, 1 as value from ordres', /refused: .*ordres/],
      ['selct 1', /refused: .*near "selct"/],
    ],
  });

  const failure = (query: string, path: string) => failureOf(sqlSourceOf({ kind, path }, query));

  test('a file that is not there, or not a database, is said so', async () => {
    const path = join(folder, 'away.db');
    expect(await failure('select 1', path)).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      message: `the database \`erp\` cannot be reached: there is no file ${path}`,
    });
    expect(existsSync(path)).toBe(false);
    const text = join(folder, 'text.db');
    writeFileSync(text, 'period,value\n'.repeat(1000));
    expect(await failure('select 1 as period, count(*) as value from sqlite_master', text)).toMatchObject({
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
