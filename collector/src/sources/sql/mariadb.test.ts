/** Against a real MariaDB. */
import { join } from 'node:path';
import { tmpdir } from 'node:os';

import { need } from '../../../../tests/support/need';
import { until } from '../../../../tests/support/until';
import { type Mariadb, startMariadb } from '../../../test/mariadb';
import { readAll } from '../../../test/read-all';
import { failureOf, type SqlOptions, sqlSourceOf, WINDOW } from '../../../test/sql';
import { ordersAs, sqlContract, sqlServerContract } from '../../../test/sql-contract';

const program = need('mariadbd', 'the SQL source on MariaDB');

(program ? describe : describe.skip)('MariaDB', () => {
  let mariadb: Mariadb;
  beforeAll(async () => {
    mariadb = await startMariadb(program!, ['America/New_York']);
    await mariadb.run(`
      set time_zone = '+00:00';
      create table orders (day date, placed timestamp(3), local datetime, utc datetime, region varchar(20), net decimal(30,2), n bigint);
      insert into orders values ${ordersAs([0, 1, 2, 1, 3, 4, 5])};
      create function spoil() returns int modifies sql data begin delete from orders; return 1; end
    `);
  });
  afterAll(() => mariadb?.stop());

  const outfile = join(tmpdir(), `kpi-outfile-${process.pid}`);
  const connection = () => ({ kind: 'mysql' as const, url: mariadb.url });
  const failure = (query: string, options?: SqlOptions) => failureOf(sqlSourceOf(connection(), query, options));

  sqlContract({
    connection,
    instants: [
      { column: 'placed', day: 'date(placed)' },
      { column: 'local', day: 'date(local)' },
      {
        ...{ column: 'utc', bounds: [':from_utc', ':to_utc'] },
        day: "date(convert_tz(utc, '+00:00', 'America/New_York'))",
      },
    ],
    many: 'select 2026 as period, seq as value from seq_1_to_12000',
    endless: 'select 2026 as period, sleep(600) as value',
    forbidden: [
      'set global max_connections = 1',
      `select day as period, net as value from orders into outfile '${outfile}'`,
    ],
    writing: [
      [
        'select day as period, spoil() as value from orders',
        /READ ONLY transaction; a source may read and never write/,
      ],
    ],
    traces: [outfile],
    mistakes: [
      ['select day as period, sum(nett) as value from orders', /refused: Unknown column 'nett'/],
      ['select day as period, 1 as value from order', /refused: .*syntax.* near 'order/],
      ['select day as period, 1 as value from ordres', /refused: Table 'shop.ordres' doesn't exist$/],
    ],
  });
  sqlServerContract(connection, /Access denied .*; check user and password of the connection/);

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
});
