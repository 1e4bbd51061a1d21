/** Against a real MariaDB. */
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { tmpdir } from 'node:os';

import { need } from '../../../../tests/support/need';
import { until } from '../../../../tests/support/until';
import { type Mariadb, startMariadb } from '../../../test/mariadb';
import { readAll } from '../../../test/read-all';
import { failureOf, HOUR, type SqlOptions, sqlSourceOf, WINDOW } from '../../../test/sql';

const program = need('mariadbd', 'the SQL source on MariaDB');

(program ? describe : describe.skip)('MariaDB', () => {
  let mariadb: Mariadb;
  beforeAll(async () => {
    mariadb = await startMariadb(program!, ['America/New_York']);
    await mariadb.run(`
      set time_zone = '+00:00';
      create table orders (day date, placed timestamp(3), local datetime, utc datetime, region varchar(20), net decimal(30,2), n bigint);
      insert into orders values
        ('2026-03-06', '2026-03-07 04:59:59', '2026-03-06 23:59:59', '2026-03-07 04:59:59', 'West', 1, 1),
        ('2026-03-07', '2026-03-07 05:00:00', '2026-03-07 00:00:00', '2026-03-07 05:00:00', 'West', 10.25, 1),
        ('2026-03-07', '2026-03-07 15:00:00', '2026-03-07 10:00:00', '2026-03-07 15:00:00', null, 20, 9007199254740993),
        ('2026-03-08', '2026-03-09 03:59:59', '2026-03-08 23:59:59', '2026-03-09 03:59:59', 'East', 40, 3),
        ('2026-03-10', '2026-03-10 04:00:00', '2026-03-10 00:00:00', '2026-03-10 04:00:00', 'East', 80, 4);
    `);
  });
  afterAll(() => mariadb?.stop());

  const sourceOf = (query: string, { url = mariadb.url, ...options }: SqlOptions & { url?: string } = {}) =>
    sqlSourceOf({ kind: 'mysql', url }, query, options);
  const failure = (query: string, options?: SqlOptions & { url?: string }, signal?: AbortSignal) =>
    failureOf(sourceOf(query, options), signal);

  test('dates stay the dates that they are, and numbers keep all of their digits', async () => {
    const query =
      'select day as period, region, sum(net) as value, max(n) as weight from orders where day >= :from and day < :to group by 1, 2 order by 1, 3;';
    expect(await readAll(sourceOf(query), WINDOW)).toEqual([
      { period: '2026-03-07', value: '10.25', weight: '1', dims: { region: 'West' }, where: 'row 1' },
      { period: '2026-03-07', value: '20.00', weight: '9007199254740993', dims: { region: null }, where: 'row 2' },
      { period: '2026-03-08', value: '40.00', weight: '3', dims: { region: 'East' }, where: 'row 3' },
    ]);
  });

  test.each([
    ['placed', ':from', ':to', 'date(placed)'],
    ['local', ':from', ':to', 'date(local)'],
    ['utc', ':from_utc', ':to_utc', "date(convert_tz(utc, '+00:00', 'America/New_York'))"],
  ])('days of the business zone bound `%s`, also when clocks change', async (column, from, to, day) => {
    const query = `select ${day} as period, sum(net) as value from orders where ${column} >= ${from} and ${column} < ${to} group by 1 order by 1`;
    const records = await readAll(sourceOf(query), WINDOW);
    expect(records.map((r) => [r.period, r.value])).toEqual([
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
    for await (const batch of sourceOf('select 2026 as period, seq as value from seq_1_to_12000').read(
      WINDOW,
      new AbortController().signal
    )) {
      sizes.push(batch.length);
      last = batch.at(-1)?.where ?? last;
    }
    expect(sizes).toEqual([5000, 5000, 2000]);
    expect(last).toBe('row 12000');
  });
  test('a query without rows still has to have the columns', async () => {
    expect(await readAll(sourceOf('select day as period, net as value from orders where 1 = 0'), WINDOW)).toEqual([]);
    expect(await failure('select day, net as value from orders where 1 = 0')).toMatchObject({
      code: 'SOURCE_FORMAT',
      message: 'the query selects day, value but no `period`; write `… as period`',
    });
  });

  test('nothing can be written, nor slipped in behind a semicolon', async () => {
    await mariadb.run('create function spoil() returns int modifies sql data begin delete from orders; return 1; end');
    expect(await failure('select day as period, spoil() as value from orders')).toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringMatching(/READ ONLY transaction; a source may read and never write/),
    });
    const file = join(tmpdir(), `kpi-outfile-${process.pid}`);
    for (const query of [
      'delete from orders',
      'select 1 as period, 2 as value; delete from orders',
      'select 1 as period, 2 as value) as x; delete from orders; select * from (select 1',
      'select 1) as x; delete from orders -- ',
      'set global max_connections = 1',
      `select day as period, net as value from orders into outfile '${file}'`,
    ]) {
      expect(await failure(query)).toMatchObject({ code: 'SOURCE_REFUSED' });
    }
    expect(existsSync(file)).toBe(false);
    expect(await readAll(sourceOf('select 2026 as period, count(*) as value from orders'), WINDOW)).toMatchObject([
      { value: '5' },
    ]);
  });

  test.each([
    ['select day as period, sum(nett) as value from orders', /refused: Unknown column 'nett'/],
    ['select day as period, 1 as value from order', /refused: .*syntax.* near 'order/],
    ['select day as period, 1 as value from ordres', /refused: Table 'shop.ordres' doesn't exist$/],
  ])('%s is answered with what is wrong', async (query, message) => {
    expect(await failure(query)).toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringMatching(message) });
  });

  test('a query that takes too long is ended in the database', async () => {
    const query = 'select 2026 as period, sleep(20) as value';
    expect(await failure(query, { timeout: '300ms' })).toMatchObject({
      code: 'SOURCE_TIMEOUT',
      message: expect.stringContaining('longer than 300 ms'),
    });
  });

  test('a read that is broken off ends at once', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 200);
    expect((await failure('select 2026 as period, sleep(600) as value', {}, stop.signal)).message).toBe('enough');
  });

  test('a connection that breaks under a query is a database that is away', async () => {
    const broken = failure('select 2026 as period, sleep(20) as value');
    const running = "select id from information_schema.processlist where user = 'kpi' and info like '%sleep(20)%'";
    await until('the query', async () => (await mariadb.run(running)).length > 0);
    await mariadb.run('kill user kpi');
    expect(await broken).toMatchObject({ code: 'SOURCE_UNREACHABLE' });
  });

  test('a zone that the server does not know is said so, with what to do', async () => {
    const error = await failure('select 1', { zone: 'Europe/Berlin' });
    expect(error).toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringMatching(/Unknown or incorrect time zone: 'Europe\/Berlin'; .*`time_zone: server`/),
    });
    const asItIs = sqlSourceOf(
      { kind: 'mysql', url: mariadb.url, time_zone: 'server' },
      'select day as period, 1 as value from orders where day < :from',
      { zone: 'Europe/Berlin' }
    );
    expect(await readAll(asItIs, WINDOW)).toHaveLength(1);
  });

  test('a password is refused without being shown, and so is a server that is away', async () => {
    const wrong = await failure('select 1', { url: mariadb.url.replace('not-a-secret', 'wr0ng') });
    expect(wrong).toMatchObject({
      code: 'SOURCE_REFUSED',
      message: expect.stringMatching(/Access denied .*; check user and password of the connection/),
    });
    const away = await failure('select 1', { url: 'mysql://kpi:wr0ng@127.0.0.1:1/shop' });
    expect(away).toMatchObject({ code: 'SOURCE_UNREACHABLE' });
    const broken = await failure('select 1', { url: 'mysql://kpi:wr0ng%@127.0.0.1:port/shop' });
    expect(broken).toMatchObject({ code: 'SOURCE_UNREACHABLE', message: expect.stringContaining('not of the form') });
    expect(JSON.stringify([wrong, away, broken].map(({ message, details }) => [message, details]))).not.toContain(
      'wr0ng'
    );
  });
});
