/** Rows of a database query, read where nothing can be written. */
import type { SqlSource } from '@kpi-monitor/model/catalogue/source-schema';
import { asKpiError, KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { isoDate } from '@kpi-monitor/model/time/civil';
import { type Grain, isCivil } from '@kpi-monitor/model/time/grain';
import { DateTime } from 'luxon';

import { milliseconds } from '../../duration';
import { connectionOf, type Connections, type SqlConnection } from '../connection';
import { type DuePeriod, isYes, notReady } from '../readiness';
import type { RawRecord, Source, Window } from '../source';

import type { RowBatch, SqlQuery } from './driver';
import { withoutPassword } from './errors';

export interface SqlContext {
  grain: Grain;
  calendar: Calendar;
  connections: Connections;
  /** the last period that is over, for `ready_when` */
  due?: () => DuePeriod;
  /** puts secrets in for `${env:…}` and `${file:…}` */
  resolve: (text: string) => string;
}

/** @throws KpiError KPI_SOURCE when the connection is not configured */
export function createSqlSource(config: SqlSource, context: SqlContext): Source {
  const connection = connectionOf(context.connections, config.connection, ['postgres', 'mysql', 'sqlite', 'duckdb']);
  const text = config.query.trim().replace(/;\s*$/, '');
  return {
    origin: () => null,
    async *read(window, signal) {
      const query: SqlQuery = {
        text,
        bounds: boundsOf(window, connection.kind, context),
        zone: context.calendar.zone,
        timeout: milliseconds(config.timeout),
        connection: config.connection,
      };
      const resolved = withSecrets(connection, context.resolve);
      let row = 0;
      try {
        const due = context.due?.();
        if (config.ready_when !== undefined && due && window.to > due.from) {
          const asked = { ...query, text: config.ready_when, bounds: boundsOf(due, connection.kind, context) };
          if (!(await saysYes(await batchesOf(resolved, asked, signal)))) {
            throw notReady(due);
          }
        }
        for await (const { columns, rows } of await batchesOf(resolved, query, signal)) {
          requireColumns(columns, config);
          yield rows.map((columns, i) => recordOf(columns, row + i + 1));
          row += rows.length;
        }
      } catch (error) {
        signal.throwIfAborted();
        throw 'url' in resolved ? withoutPassword(asKpiError(error), resolved.url) : error;
      }
    },
  };
}

/** The first value of the first row. */
async function saysYes(batches: AsyncIterable<RowBatch>): Promise<boolean> {
  for await (const { rows } of batches) {
    if (rows.length > 0) {
      return isYes(Object.values(rows[0]!)[0]);
    }
  }
  return false;
}

/** Drivers are loaded when they are needed: most catalogues need one of them, or none. */
async function batchesOf(
  connection: SqlConnection,
  query: SqlQuery,
  signal: AbortSignal
): Promise<AsyncIterable<RowBatch>> {
  switch (connection.kind) {
    case 'postgres':
      return (await import('./postgres')).readPostgres(connection, query, signal);
    case 'mysql':
      return (await import('./mysql')).readMysql(connection, query, signal);
    case 'sqlite':
      return (await import('./sqlite')).readSqlite(connection, query, signal);
    case 'duckdb':
      return (await import('./duckdb')).readDuckdb(connection, query, signal);
  }
}

function withSecrets<C extends SqlConnection>(connection: C, resolve: SqlContext['resolve']): C {
  return 'url' in connection
    ? { ...connection, url: resolve(connection.url) }
    : { ...connection, path: resolve(connection.path) };
}

function boundsOf(window: Window, kind: SqlConnection['kind'], context: SqlContext): SqlQuery['bounds'] {
  const { grain, calendar } = context;
  const utc = (time: number) =>
    new Date(isCivil(grain) ? calendar.toInstant(time) : time).toISOString().replace('T', ' ').slice(0, 19);
  const local = (time: number) => (isCivil(grain) ? isoDate(time) : localText(time, kind, calendar.zone));
  return { from: local(window.from), to: local(window.to), from_utc: utc(window.from), to_utc: utc(window.to) };
}

/**
 * The local time; for PostgreSQL with its offset, which is right for `timestamptz` and for `timestamp`, which ignores
 * it. Elsewhere an offset would be taken for part of a text, or shift what has no zone.
 */
function localText(time: number, kind: SqlConnection['kind'], zone: string): string {
  const local = DateTime.fromMillis(time, { zone });
  return local.toFormat(kind === 'postgres' ? 'yyyy-MM-dd HH:mm:ss.SSSZZ' : 'yyyy-MM-dd HH:mm:ss');
}

function requireColumns(names: readonly string[], { connection }: SqlSource): void {
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
