/** SQLite: a file opened read-only. The query runs in a thread of the driver's, where it can be interrupted. */
import { statSync } from 'node:fs';
import { pathToFileURL } from 'node:url';

import { KpiError } from '@kpi-monitor/model/errors';
import Database from 'libsql/promise';

import type { FileConnection } from '../connection';

import { Deadline, type Driver, ROWS_AT_ONCE, type SqlQuery } from './driver';
import { READ_ONLY, refused, timedOut, unreachable } from './errors';

/** What libsql's types leave out. */
interface Statement {
  iterate(bounds: Readonly<Record<string, string>>): Promise<Iterable<Record<string, unknown>>>;
  columns(): Array<{ name: string }>;
}

export const readSqlite: Driver<FileConnection> = async function* ({ path }, query, signal) {
  const database = open(path, query);
  const deadline = new Deadline(query.timeout, signal, () => database.interrupt());
  try {
    database.defaultSafeIntegers(true);
    // Materialized, all of the work is done in that thread before the first row; it also takes nothing but a query.
    const statement = (await database.prepare(
      `WITH kpi AS MATERIALIZED (${query.text}\n) SELECT * FROM kpi`
    )) as unknown as Statement;
    const columns = statement.columns().map(({ name }) => name);
    let rows: Array<Record<string, unknown>> = [];
    let isFirst = true;
    const found = await statement.iterate({ ...query.bounds });
    for (const row of found) {
      if (rows.push(row) === ROWS_AT_ONCE) {
        yield { columns, rows };
        signal.throwIfAborted();
        deadline.restart();
        rows = [];
        isFirst = false;
      }
    }
    if (rows.length > 0 || isFirst) {
      yield { columns, rows };
    }
  } catch (error) {
    signal.throwIfAborted();
    throw asSourceError(error, query, deadline);
  } finally {
    deadline.end();
    database.close();
  }
};

function open(path: string, query: SqlQuery): InstanceType<typeof Database> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw unreachable(query, `there is no file ${path}`);
  }
  try {
    return new Database(`${pathToFileURL(path).href}?mode=ro`, {});
  } catch (error) {
    throw unreachable(query, `${path} cannot be opened; see that this user may read it`, error);
  }
}

function asSourceError(error: unknown, query: SqlQuery, deadline: Deadline): KpiError {
  if (error instanceof KpiError) {
    return error;
  }
  const { code = '', message } = error as { code?: string; message: string };
  if (deadline.isOver) {
    return timedOut(query, error);
  }
  if (/^SQLITE_(BUSY|LOCKED|CANTOPEN|IOERR|PROTOCOL)/.test(code)) {
    return unreachable(query, message, error);
  }
  if (code === 'SQLITE_NOTADB' || code === 'SQLITE_CORRUPT') {
    return refused(query, { why: message, advice: 'name a file that SQLite wrote', state: code }, error);
  }
  const isWrite = code.startsWith('SQLITE_READONLY') || /near "(insert|update|delete|replace)"/i.test(message);
  return refused(query, { why: message, advice: isWrite ? READ_ONLY : null, state: code }, error);
}
