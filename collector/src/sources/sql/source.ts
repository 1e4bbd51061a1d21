/** Rows of a PostgreSQL query, read in a transaction that cannot write. */
import type { SqlSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { isoDate } from '@kpi-monitor/model/time/civil';
import { type Grain, isCivil } from '@kpi-monitor/model/time/grain';
import { DateTime } from 'luxon';
import { Client, type QueryConfig, types } from 'pg';

import { milliseconds } from '../../duration';
import type { RawRecord, Source } from '../source';

import { asSourceError } from './errors';
import { numberPlaceholders } from './placeholders';

export interface Connection {
  kind: 'postgres';
  /** `postgres://user:password@host:port/database`, secrets still as `${env:…}` */
  url: string;
}

export interface SqlContext {
  grain: Grain;
  calendar: Calendar;
  connections: Readonly<Record<string, Connection>>;
  /** puts secrets in for `${env:…}` and `${file:…}` */
  resolve: (text: string) => string;
}

const ROWS_AT_ONCE = 5000;
const DECLARE = 'DECLARE kpi NO SCROLL CURSOR FOR ';
const DATE_TYPES = new Set([1082, 1114, 1184]);

/** @throws KpiError KPI_SOURCE when the connection is not configured */
export function createSqlSource(config: SqlSource, context: SqlContext): Source {
  const connection = Object.hasOwn(context.connections, config.connection)
    ? context.connections[config.connection]
    : null;
  if (!connection) {
    const known = Object.keys(context.connections).join(', ') || 'none';
    const message = `kpi-monitor.yaml has no connection \`${config.connection}\`; it has ${known}`;
    throw new KpiError('KPI_SOURCE', message, { connection: config.connection });
  }
  const { text, parameters } = numberPlaceholders(config.query.trim().replace(/;\s*$/, ''));
  const timeout = milliseconds(config.timeout);
  return {
    origin: () => null,
    async *read(window, signal) {
      const client = new Client({
        connectionString: context.resolve(connection.url),
        connectionTimeoutMillis: timeout,
        application_name: 'kpi-monitor',
        // Dates as PostgreSQL writes them: pg would make them midnights of this machine's zone.
        types: {
          getTypeParser: (oid: number, format?: string) =>
            DATE_TYPES.has(oid) ? (value: string) => value : types.getTypeParser(oid, format as 'text'),
        } as typeof types,
      });
      client.on('error', () => {});
      // With a query under way, `end` cuts the connection instead of waiting.
      const cut = () => void client.end().catch(() => {});
      signal.addEventListener('abort', cut, { once: true });
      try {
        await client.connect();
        await begin(client, context.calendar.zone, timeout);
        const values = parameters.map((bound) => boundText(window[bound], context));
        await client.query(extended(DECLARE + text, values));
        for (let row = 0; ;) {
          const { rows, fields } = await client.query<Record<string, unknown>>(`FETCH ${ROWS_AT_ONCE} FROM kpi`);
          requireColumns(
            fields.map((field) => field.name),
            config
          );
          yield rows.map((columns, i) => recordOf(columns, row + i + 1));
          row += rows.length;
          if (rows.length < ROWS_AT_ONCE) {
            break;
          }
        }
        await client.query('ROLLBACK');
      } catch (error) {
        signal.throwIfAborted();
        throw asSourceError(error, { connection: config.connection, timeout, before: DECLARE.length });
      } finally {
        signal.removeEventListener('abort', cut);
        await client.end().catch(() => {});
      }
    },
  };
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

/** A date, or the local time with its offset: right for `timestamptz`, and for `timestamp`, which ignores the offset. */
function boundText(time: number, { grain, calendar }: SqlContext): string {
  return isCivil(grain)
    ? isoDate(time)
    : DateTime.fromMillis(time, { zone: calendar.zone }).toFormat('yyyy-MM-dd HH:mm:ss.SSSZZ');
}

function requireColumns(names: string[], { connection }: SqlSource): void {
  for (const name of ['period', 'value']) {
    if (!names.includes(name)) {
      const message = `the query selects ${names.join(', ')} but no \`${name}\`; write \`… as ${name}\``;
      throw new KpiError('SOURCE_FORMAT', message, { connection });
    }
  }
}

function recordOf({ period, value, weight, ...dims }: Record<string, unknown>, row: number): RawRecord {
  return { period, value, weight, dims, where: `row ${row}` };
}
