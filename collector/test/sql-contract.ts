/** What every database that queries are asked of has to do, in its own SQL. */
import { existsSync } from 'node:fs';

import type { SqlConnection } from '../src/sources/connection';

import { readAll } from './read-all';
import { failureOf, HOUR, type SqlOptions, sqlSourceOf, WINDOW } from './sql';

/** A column of instants, and how a query bounds it. */
export interface InstantColumn {
  column: string;
  /** default `:from` and `:to` */
  bounds?: [string, string];
  /** the business day of it; default the column `day` */
  day?: string;
  /** default `orders` */
  table?: string;
}

export interface SqlDialect {
  /** To `ORDERS`, in a table `orders` of `day`, `region`, `net`, `n` and the columns of instants. */
  connection: () => SqlConnection;
  instants: InstantColumn[];
  /** 12,000 rows of `period`, `value` */
  many: string;
  /** works for minutes, or gives nothing before */
  endless: string;
  /** what writes, or gets out of its place */
  forbidden: string[];
  /** those of which the message says that a source only reads */
  writing: Array<[query: string, message: RegExp]>;
  /** files that a forbidden query would leave */
  traces?: string[];
  mistakes: Array<[query: string, message: RegExp]>;
}

/** `day`, UTC, local time in New York, where clocks change on 8 March; `region`, `net`, `n` */
export const ORDERS = [
  ['2026-03-06', '2026-03-07 04:59:59', '2026-03-06 23:59:59', 'West', '1', '1'],
  ['2026-03-07', '2026-03-07 05:00:00', '2026-03-07 00:00:00', 'West', '10.25', '1'],
  ['2026-03-07', '2026-03-07 15:00:00', '2026-03-07 10:00:00', null, '20', '9007199254740993'],
  ['2026-03-08', '2026-03-09 03:59:59', '2026-03-08 23:59:59', 'East', '40', '3'],
  ['2026-03-10', '2026-03-10 04:00:00', '2026-03-10 00:00:00', 'East', '80', '4'],
] as const;

/** As rows of `values`. @param columns of `ORDERS`, by their places; 1 and 2 are UTC and local */
export function ordersAs(columns: readonly number[], write = (text: string, _column: number) => `'${text}'`): string {
  const cell = (text: string | null, column: number) =>
    text === null ? 'null' : column > 3 ? text : write(text, column);
  return ORDERS.map((row) => `(${columns.map((column) => cell(row[column]!, column)).join(', ')})`).join(',\n');
}

export function sqlContract(dialect: SqlDialect): void {
  const sourceOf = (query: string, options?: SqlOptions) => sqlSourceOf(dialect.connection(), query, options);
  const failure = (query: string, options?: SqlOptions, signal?: AbortSignal) =>
    failureOf(sourceOf(query, options), signal);

  test.each(['', ';', ' -- as they are'])(
    'dates stay the dates that they are, and numbers keep all of their digits; it ends with `%s`',
    async (end) => {
      const query = `select day as period, region, sum(net) as value, max(n) as weight from orders where day >= :from and day < :to group by 1, 2 order by 1, 3${end}`;
      const records = await readAll(sourceOf(query), WINDOW);
      // Drivers give exact numbers as texts or bigints, which validation reads alike.
      expect(
        records.map(({ value, weight, ...r }) => ({ ...r, value: Number(value), weight: String(weight) }))
      ).toEqual([
        { period: '2026-03-07', value: 10.25, weight: '1', dims: { region: 'West' }, where: 'row 1' },
        { period: '2026-03-07', value: 20, weight: '9007199254740993', dims: { region: null }, where: 'row 2' },
        { period: '2026-03-08', value: 40, weight: '3', dims: { region: 'East' }, where: 'row 3' },
      ]);
    }
  );

  describe.each(dialect.instants)(
    'by `$column`',
    ({ column, bounds: [from, to] = [':from', ':to'], day = 'day', table = 'orders' }) => {
      const bounded = `from ${table} where ${column} >= ${from} and ${column} < ${to}`;

      test('days of the business zone are bound, also when clocks change', async () => {
        const records = await readAll(
          sourceOf(`select ${day} as period, sum(net) as value ${bounded} group by 1 order by 1`),
          WINDOW
        );
        expect(records.map(({ period, value }) => [String(period).slice(0, 10), Number(value)])).toEqual([
          ['2026-03-07', 30.25],
          ['2026-03-08', 40],
        ]);
      });

      test('instants bound an hourly KPI', async () => {
        const source = sourceOf(`select ${column} as period, net as value ${bounded}`, { grain: 'hour' });
        expect((await readAll(source, HOUR)).map(({ value }) => Number(value))).toEqual([10.25]);
      });
    }
  );

  test('many rows come in batches and count on', async () => {
    const sizes: number[] = [];
    let last = '';
    for await (const batch of sourceOf(dialect.many).read(WINDOW, new AbortController().signal)) {
      sizes.push(batch.length);
      last = batch.at(-1)?.where ?? last;
    }
    expect([sizes.reduce((a, b) => a + b), last]).toEqual([12_000, 'row 12000']);
    expect(Math.max(...sizes)).toBeLessThanOrEqual(5000);
  });

  test('a query without rows still has to have the columns', async () => {
    expect(await readAll(sourceOf('select day as period, net as value from orders where 1 = 0'), WINDOW)).toEqual([]);
    for (const where of ['1 = 0', '1 = 1']) {
      expect(await failure(`select day, net as value from orders where ${where}`)).toMatchObject({
        code: 'SOURCE_FORMAT',
        message: 'the query selects day, value but no `period`; write `… as period`',
      });
    }
  });

  test('nothing can be written, nor slipped in behind a semicolon', async () => {
    for (const query of [
      'delete from orders',
      'select 1 as period, 2 as value; delete from orders',
      'select 1) select 1; delete from orders -- ',
      'select 1) as x; delete from orders -- ',
      'select 1); delete from orders; select * from (select 1',
      'select 1 as period, 2 as value) as x; delete from orders; select * from (select 1',
      ...dialect.forbidden,
    ]) {
      expect([query, await failure(query)]).toMatchObject([query, { code: expect.stringMatching(/REFUSED|FORMAT/) }]);
    }
    for (const [query, message] of dialect.writing) {
      expect(await failure(query)).toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringMatching(message) });
    }
    expect((dialect.traces ?? []).filter((path) => existsSync(path))).toEqual([]);
    const [left] = await readAll(sourceOf('select 2026 as period, count(*) as value from orders'), WINDOW);
    expect(Number(left!.value)).toBe(ORDERS.length);
  });

  test.each(dialect.mistakes)('%s is answered with what is wrong', async (query, message) => {
    const error = await failure(query);
    expect(error).toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringMatching(message) });
    expect(error.message).not.toContain('\n');
  });

  test('a query that takes too long is ended, and the program goes on meanwhile', async () => {
    let ticks = 0;
    const clock = setInterval(() => ticks++, 10);
    expect(await failure(dialect.endless, { timeout: '400ms' })).toMatchObject({
      code: 'SOURCE_TIMEOUT',
      message: expect.stringContaining('longer than 400 ms'),
    });
    clearInterval(clock);
    expect(ticks).toBeGreaterThan(5);
  });

  test('a read that is broken off ends at once', async () => {
    const stop = new AbortController();
    setTimeout(() => stop.abort(new Error('enough')), 200);
    // It has ended long before the query would.
    expect((await failure(dialect.endless, {}, stop.signal)).message).toBe('enough');
  });
}

/** Of a server that is reached by an address with a password. */
export function sqlServerContract(connection: () => Extract<SqlConnection, { url: string }>, login: RegExp): void {
  test('a password is refused without being shown, and so is a server that is away or an address that is none', async () => {
    const at = (change: (url: string) => string) =>
      failureOf(sqlSourceOf({ ...connection(), url: change(connection().url) }, 'select 1'));
    const wrong = await at((url) => url.replace('not-a-secret', 'wr0ng'));
    expect(wrong).toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringMatching(login) });
    const elsewhere = (port: string) => (url: string) => url.replace(/:[^:@]+@.*\//, `:wr0ng@127.0.0.1:${port}/`);
    const away = await at(elsewhere('1'));
    expect(away).toMatchObject({
      code: 'SOURCE_UNREACHABLE',
      message: expect.stringContaining('`erp` cannot be reached'),
    });
    const broken = await at(elsewhere('port'));
    expect(broken).toMatchObject({ code: 'SOURCE_UNREACHABLE', message: expect.stringContaining('not of the form') });
    const told = [wrong, away, broken].map(({ message, details }) => [message, details]);
    expect(JSON.stringify(told)).not.toContain('wr0ng');
  });
}
