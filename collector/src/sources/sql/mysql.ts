/** MySQL and MariaDB: a prepared statement in a transaction that cannot write, its rows streamed. */
import { KpiError } from '@kpi-monitor/model/errors';
import { type Connection as Client, createConnection, type FieldPacket } from 'mysql2';

import type { MysqlConnection } from '../connection';

import { type Driver, ROWS_AT_ONCE, type RowBatch, type SqlQuery } from './driver';
import {
  CHECK_LOGIN,
  isNetworkError,
  type QueryPlace,
  READ_ONLY,
  refused,
  timedOut,
  unreachable,
  unreadableUrl,
} from './errors';
import { markPlaceholders } from './placeholders';

export const readMysql: Driver<MysqlConnection> = async function* (connection, query, signal) {
  const client = connect(connection, query);
  client.on('error', () => {});
  const cut = () => client.destroy();
  signal.addEventListener('abort', cut, { once: true });
  try {
    await begin(client, connection, query);
    yield* batches(client, query);
    // A connection that was cut ends the rows as if there were no more.
    signal.throwIfAborted();
  } catch (error) {
    signal.throwIfAborted();
    throw asSourceError(error, query);
  } finally {
    signal.removeEventListener('abort', cut);
    client.destroy();
  }
};

function connect({ url, tls }: MysqlConnection, query: SqlQuery): Client {
  const form = 'mysql://user:password@host:3306/database';
  if (!URL.canParse(url)) {
    throw unreadableUrl(query, form);
  }
  try {
    return createConnection({
      uri: url.replace(/^mariadb:/, 'mysql:'),
      ...(tls && { ssl: { rejectUnauthorized: true, verifyIdentity: true } }),
      connectTimeout: query.timeout,
      // Dates as the database writes them, and numbers with all of their digits.
      dateStrings: true,
      supportBigNumbers: true,
      bigNumberStrings: true,
      multipleStatements: false,
    });
  } catch {
    throw unreadableUrl(query, form);
  }
}

async function begin(client: Client, { time_zone: zone }: MysqlConnection, query: SqlQuery): Promise<void> {
  const run = (sql: string, values: Array<string | number> = []) =>
    new Promise<Array<Record<string, unknown>>>((resolve, reject) =>
      client.query(sql, values, (error, rows) => (error ? reject(error) : resolve(rows as [])))
    );
  const [row] = await run('SELECT VERSION() AS version');
  await (/mariadb/i.test(String(row!.version))
    ? run('SET SESSION max_statement_time = ?', [query.timeout / 1000])
    : run('SET SESSION max_execution_time = ?', [query.timeout]));
  if (zone !== 'server') {
    // TIMESTAMP columns then show and compare as days of the business zone.
    await run('SET SESSION time_zone = ?', [query.zone === 'UTC' ? '+00:00' : query.zone]);
  }
  await run('START TRANSACTION READ ONLY');
}

/** As the table of an outer query nothing but a query can be written: no SET, no INTO OUTFILE, no second statement. */
async function* batches(client: Client, { text: query, bounds }: SqlQuery): AsyncGenerator<RowBatch> {
  const { text, parameters } = markPlaceholders(query);
  const command = client.execute(
    `SELECT * FROM (${text}\n) AS kpi`,
    parameters.map((bound) => bounds[bound])
  );
  let columns: string[] = [];
  command.on('fields', (fields: FieldPacket[]) => (columns = fields.map((field) => field.name)));
  let rows: Array<Record<string, unknown>> = [];
  let isFirst = true;
  const found = command.stream({ highWaterMark: ROWS_AT_ONCE });
  // The driver tells its connection alone when that breaks.
  client.on('error', (error) => found.destroy(error));
  for await (const row of found) {
    if (rows.push(row as Record<string, unknown>) === ROWS_AT_ONCE) {
      yield { columns, rows };
      rows = [];
      isFirst = false;
    }
  }
  if (rows.length > 0 || isFirst) {
    yield { columns, rows };
  }
}

interface MysqlError {
  code?: string;
  errno?: number;
  message: string;
  sqlMessage?: string;
  sqlState?: string;
}

/** Numbers of https://dev.mysql.com/doc/mysql-errors/8.4/en/server-error-reference.html and MariaDB's from 1900 on. */
function asSourceError(error: unknown, place: SqlQuery): KpiError {
  if (error instanceof KpiError) {
    return error;
  }
  const { code = '', errno = 0, message, sqlMessage, sqlState } = error as MysqlError;
  if (errno === 3024 || errno === 1969) {
    return timedOut(place, error);
  }
  if (isNetworkError(code) || AWAY.has(errno) || code.startsWith('PROTOCOL_') || code.startsWith('HANDSHAKE_')) {
    const why = message || code || 'no answer';
    return unreachable(place, `${why}${adviceOnTls(why)}`, error);
  }
  const why = (sqlMessage ?? message).replace(/ near '\n\) AS kpi'/, ' at its end').replace(/\s+\) AS kpi/, '');
  return refused(place, { why, advice: adviceOn(errno, place), state: sqlState ?? code }, error);
}

/** Where the server's certificate is not believed. */
function adviceOnTls(why: string): string {
  if (/self[- ]signed|unable to (get|verify)/.test(why)) {
    return '; name the certificate of its authority in NODE_EXTRA_CA_CERTS, and start this process anew';
  }
  return /altnames|not cert's CN/.test(why) ? '; write the host in its url as the certificate has it' : '';
}

/** Too many connections, a server that is shutting down, and lost connections. */
const AWAY = new Set([1040, 1053, 1152, 1158, 1159, 1160, 1161, 1203, 1927]);
const LOGIN = new Set([1044, 1045, 1049, 1698]);
const WRITING = new Set([1290, 1792, 1836]);

function adviceOn(errno: number, { zone }: SqlQuery & QueryPlace): string | null {
  if (LOGIN.has(errno)) {
    return errno === 1049 ? 'check the database of the connection' : CHECK_LOGIN;
  }
  if (errno === 1298) {
    const load = 'mysql_tzinfo_to_sql /usr/share/zoneinfo | mysql mysql';
    return `the server knows no time zones by name, such as ${zone}: load them by \`${load}\`, or write \`time_zone: server\` in the connection if its dates are of the business zone already`;
  }
  return WRITING.has(errno) ? READ_ONLY : null;
}
