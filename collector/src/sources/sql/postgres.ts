/** PostgreSQL: a cursor in a transaction that cannot write. */
import { KpiError } from '@kpi-monitor/model/errors';
import { Client, type QueryConfig, types } from 'pg';

import type { PostgresConnection } from '../connection';

import { type Driver, ROWS_AT_ONCE, type SqlQuery } from './driver';
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
import { numberPlaceholders } from './placeholders';

const DECLARE = 'DECLARE kpi NO SCROLL CURSOR FOR ';
const DATE_TYPES = new Set([1082, 1114, 1184]);

export const readPostgres: Driver<PostgresConnection> = async function* (connection, query, signal) {
  const { text, parameters } = numberPlaceholders(query.text);
  const client = clientOf(connection, query);
  client.on('error', () => {});
  // With a query under way, `end` cuts the connection instead of waiting.
  const cut = () => void client.end().catch(() => {});
  signal.addEventListener('abort', cut, { once: true });
  try {
    await client.connect();
    await begin(client, query.zone, query.timeout);
    const values = parameters.map((bound) => query.bounds[bound]);
    await client.query(extended(DECLARE + text, values));
    for (;;) {
      const { rows, fields } = await client.query<Record<string, unknown>>(`FETCH ${ROWS_AT_ONCE} FROM kpi`);
      yield { columns: fields.map((field) => field.name), rows };
      if (rows.length < ROWS_AT_ONCE) {
        break;
      }
    }
    await client.query('ROLLBACK');
  } catch (error) {
    signal.throwIfAborted();
    throw asSourceError(error, query);
  } finally {
    signal.removeEventListener('abort', cut);
    await client.end().catch(() => {});
  }
};

function clientOf({ url }: PostgresConnection, query: SqlQuery): Client {
  try {
    return new Client({
      connectionString: url,
      connectionTimeoutMillis: query.timeout,
      application_name: 'kpi-monitor',
      // Dates as PostgreSQL writes them: pg would make them midnights of this machine's zone.
      types: {
        getTypeParser: (oid: number, format?: string) =>
          DATE_TYPES.has(oid) ? (value: string) => value : types.getTypeParser(oid, format as 'text'),
      } as typeof types,
    });
  } catch {
    throw unreadableUrl(query, 'postgres://user:password@host:5432/database');
  }
}

async function begin(client: Client, zone: string, timeout: number): Promise<void> {
  await client.query('BEGIN TRANSACTION READ ONLY');
  // `date_trunc` and comparisons with time stamps then mean days of the business zone.
  await client.query("SELECT set_config('TimeZone', $1, true), set_config('statement_timeout', $2, true)", [
    zone,
    String(timeout),
  ]);
}

/** The extended protocol takes one statement only, so that nothing can be hidden behind a semicolon. */
function extended(text: string, values: string[]): QueryConfig {
  return { text, values, queryMode: 'extended' } as QueryConfig;
}

function asSourceError(error: unknown, place: QueryPlace): KpiError {
  if (error instanceof KpiError) {
    return error;
  }
  const { code = '', message, position, hint } = error as Record<'code' | 'message' | 'position' | 'hint', string>;
  // 57014 is the statement's own time-out, 57P01 to 57P03 a server that goes down or is not up yet.
  if (code === '57014') {
    return timedOut(place, error);
  }
  if (isNetworkError(code) || code.startsWith('08') || /^57P0[123]$/.test(code) || code === '53300' || code === '') {
    return unreachable(place, message || code || 'no answer', error);
  }
  const where = position ? ` (at character ${Number(position) - DECLARE.length} of the query)` : '';
  return refused(place, { why: message + where, advice: hint ?? adviceOn(code), state: code }, error);
}

/** https://www.postgresql.org/docs/current/errcodes-appendix.html */
function adviceOn(code: string): string | null {
  if (code.startsWith('28')) {
    return CHECK_LOGIN;
  }
  return code === '25006' ? READ_ONLY : null;
}
