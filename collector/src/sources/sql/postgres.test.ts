/** Against a real PostgreSQL. */
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import type { SqlSource } from '@kpi-monitor/model/catalogue/source-schema';

import { need } from '../../../../tests/support/need';
import { kpiFrom } from '../../../test/catalogue';
import { type Postgres, startPostgres } from '../../../test/postgres';
import { readAll } from '../../../test/read-all';
import { failureOf, HOUR, type SqlOptions, sqlSourceOf, WINDOW as window } from '../../../test/sql';

import { createSqlSource } from './source';

const program = need('postgres', 'the SQL source');
const calendar = createCalendar({ zone: 'America/New_York' });

(program ? describe : describe.skip)('PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres(program!);
    await postgres.run(`
      create table orders (day date, placed timestamptz, local timestamp, region text, net numeric(12,2), n int);
      insert into orders values
        ('2026-03-06', '2026-03-07 04:59:59+00', '2026-03-06 23:59:59', 'West', 1, 1),
        ('2026-03-07', '2026-03-07 05:00:00+00', '2026-03-07 00:00:00', 'West', 10.25, 1),
        ('2026-03-07', '2026-03-07 15:00:00+00', '2026-03-07 10:00:00', null, 20, 2),
        ('2026-03-08', '2026-03-09 03:59:59+00', '2026-03-08 23:59:59', 'East', 40, 3),
        ('2026-03-10', '2026-03-10 04:00:00+00', '2026-03-10 00:00:00', 'East', 80, 4);
    `);
  });
  afterAll(() => postgres?.stop());

  const sourceOf = (query: string, { url = postgres.url, ...options }: SqlOptions & { url?: string } = {}) =>
    sqlSourceOf({ kind: 'postgres', url }, query, options);
  const failure = (query: string, options?: SqlOptions & { url?: string }, signal?: AbortSignal) =>
    failureOf(sourceOf(query, options), signal);

  test('dates stay the dates that they are, whatever zone this machine is in', async () => {
    const query =
      'select day as period, region, sum(net) as value, sum(n) as weight from orders where day >= :from and day < :to group by 1, 2 order by 1, 3';
    expect(await readAll(sourceOf(query), window)).toEqual([
      { period: '2026-03-07', value: '10.25', weight: '1', dims: { region: 'West' }, where: 'row 1' },
      { period: '2026-03-07', value: '20.00', weight: '2', dims: { region: null }, where: 'row 2' },
      { period: '2026-03-08', value: '40.00', weight: '3', dims: { region: 'East' }, where: 'row 3' },
    ]);
  });

  test.each(['placed', 'local'])('days of the business zone bound `%s`, also when clocks change', async (column) => {
    const query = `select date_trunc('day', ${column}) as period, sum(net) as value from orders where ${column} >= :from and ${column} < :to group by 1 order by 1;`;
    const records = await readAll(sourceOf(query), window);
    expect(records.map((r) => [String(r.period).slice(0, 10), r.value])).toEqual([
      ['2026-03-07', '30.25'],
      ['2026-03-08', '40.00'],
    ]);
  });

  test.each(['placed', 'local'])('instants bound an hourly KPI on `%s`', async (column) => {
    const query = `select ${column} as period, net as value from orders where ${column} >= :from and ${column} < :to`;
    expect((await readAll(sourceOf(query, { grain: 'hour' }), HOUR)).map((r) => r.value)).toEqual(['10.25']);
  });

  test('many rows come in batches and count on', async () => {
    const sizes: number[] = [];
    let last = '';
    for await (const batch of sourceOf('select 2026 as period, i as value from generate_series(1, 12000) i').read(
      window,
      new AbortController().signal
    )) {
      sizes.push(batch.length);
      last = batch.at(-1)?.where ?? last;
    }
    expect(sizes).toEqual([5000, 5000, 2000]);
    expect(last).toBe('row 12000');
  });

  test('nothing can be written, nor slipped in behind a semicolon', async () => {
    const insert = 'insert into orders (net) values (1) returning day as period, net as value';
    expect(await failure(`with x as (${insert}) select * from x`)).toMatchObject({ code: 'SOURCE_REFUSED' });
    await postgres.run(
      'create or replace function spoil() returns int language sql as $$ delete from orders; select 1 $$'
    );
    expect(await failure('select day as period, spoil() as value from orders')).toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringContaining('read-only transaction'),
    });
    expect(await failure('select 1 as period, 2 as value; rollback; delete from orders')).toMatchObject({
      code: 'SOURCE_REFUSED',
    });
    expect(await readAll(sourceOf('select 2026 as period, count(*) as value from orders'), window)).toMatchObject([
      { value: '5' },
    ]);
  });

  test('a mistake in the query is quoted with its place', async () => {
    expect(await failure('select day as period, sum(nett) as value from orders')).toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringMatching(/column "nett" does not exist \(at character 27 of the query\)/),
    });
  });

  test('a query without period or value says which column it lacks', async () => {
    expect(await failure('select day, net as value from orders')).toMatchObject({
      code: 'SOURCE_FORMAT',
      message: 'the query selects day, value but no `period`; write `… as period`',
    });
  });

  test('a query that takes too long is cancelled in the database', async () => {
    const error = await failure('select 2026 as period, 1 as value from pg_sleep(20)', { timeout: '200ms' });
    expect(error).toMatchObject({ code: 'SOURCE_TIMEOUT', message: expect.stringContaining('longer than 200 ms') });
    const busy = await readAll(
      sourceOf(
        "select 2026 as period, count(*) as value from pg_stat_activity where query like '%pg_sleep(20)%' and pid <> pg_backend_pid() and state = 'active'"
      ),
      window
    );
    expect(busy).toMatchObject([{ value: '0' }]);
  });

  test('a read that is broken off ends at once', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('stopped')), 300);
    // Nobody waits for ten minutes: it has ended long before the query would.
    expect(await failure('select 2026 as period, 1 as value from pg_sleep(600)', {}, stop.signal)).toMatchObject({
      message: 'stopped',
    });
  });

  test('a wrong password is refused, a server that is away unreachable, and neither message holds the password', async () => {
    const wrong = await failure('select 1', { url: postgres.url.replace('not-a-secret', 'wr0ng') });
    expect(wrong).toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringContaining('password authentication failed'),
    });
    const away = await failure('select 1', { url: 'postgres://kpi:wr0ng@127.0.0.1:1/postgres' });
    expect(away).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      message: expect.stringContaining('`erp` cannot be reached'),
    });
    const broken = await failure('select 1', { url: 'postgres://kpi:wr0ng@127.0.0.1:port/postgres' });
    expect(broken).toMatchObject({ code: 'SOURCE_UNREACHABLE', message: expect.stringContaining('not of the form') });
    expect(JSON.stringify([wrong.message, wrong.details, away.message, away.details, broken.message])).not.toContain(
      'wr0ng'
    );
  });

  test('a connection that nobody configured is named', () => {
    const kpi = kpiFrom('kind: flow\nsource: { kind: sql, connection: crm, query: "" }');
    const context = {
      grain: 'day' as const,
      calendar,
      connections: { erp: { kind: 'postgres' as const, url: '' } },
      resolve: (text: string) => text,
    };
    expect(() => createSqlSource(kpi.source as SqlSource, context)).toThrow(
      'kpi-monitor.yaml has no connection `crm`; it has erp'
    );
  });
});
