/** Against a real PostgreSQL. */
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import type { SqlSource } from '@kpi-monitor/model/catalogue/source-schema';

import { need } from '../../../../tests/support/need';
import { kpiFrom } from '../../../test/catalogue';
import { type Postgres, startPostgres } from '../../../test/postgres';
import { readAll } from '../../../test/read-all';
import { failureOf, sqlSourceOf, WINDOW } from '../../../test/sql';
import { ordersAs, sqlContract, sqlServerContract } from '../../../test/sql-contract';

import { createSqlSource } from './source';

const program = need('postgres', 'the SQL source');
const calendar = createCalendar({ zone: 'America/New_York' });

(program ? describe : describe.skip)('PostgreSQL', () => {
  let postgres: Postgres;
  beforeAll(async () => {
    postgres = await startPostgres(program!);
    await postgres.run(`
      create table orders (day date, placed timestamptz, local timestamp, region text, net numeric(12,2), n bigint);
      insert into orders values ${ordersAs([0, 1, 2, 3, 4, 5], (text, column) => `'${text}${column === 1 ? '+00' : ''}'`)};
      create function spoil() returns int language sql as $$ delete from orders; select 1 $$;
    `);
  });
  afterAll(() => postgres?.stop());

  const connection = () => ({ kind: 'postgres' as const, url: postgres.url });
  const insert = 'insert into orders (net) values (1) returning day as period, net as value';

  sqlContract({
    connection,
    instants: ['placed', 'local'].map((column) => ({ column, day: `date_trunc('day', ${column})` })),
    many: 'select 2026 as period, i as value from generate_series(1, 12000) i',
    endless: 'select 2026 as period, 1 as value from pg_sleep(600)',
    forbidden: [
      `with x as (${insert}) select * from x`,
      'select 1 as period, 2 as value; rollback; delete from orders',
    ],
    writing: [['select day as period, spoil() as value from orders', /read-only transaction/]],
    mistakes: [
      [
        'select day as period, sum(nett) as value from orders',
        /column "nett" does not exist \(at character 27 of the query\)/,
      ],
      ['select day as period, 1 as value from ordres', /relation "ordres" does not exist/],
    ],
  });
  sqlServerContract(connection, /password authentication failed/);

  test('a query that takes too long is cancelled in the database', async () => {
    const sleeping = 'select 2026 as period, 1 as value from pg_sleep(20)';
    const error = await failureOf(sqlSourceOf(connection(), sleeping, { timeout: '200ms' }));
    expect(error).toMatchObject({ code: 'SOURCE_TIMEOUT', message: expect.stringContaining('longer than 200 ms') });
    const busy = await readAll(
      sqlSourceOf(
        connection(),
        "select 2026 as period, count(*) as value from pg_stat_activity where query like '%pg_sleep(20)%' and pid <> pg_backend_pid() and state = 'active'"
      ),
      WINDOW
    );
    expect(busy).toMatchObject([{ value: '0' }]);
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
