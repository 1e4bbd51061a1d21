/** A DuckDB file, opened read-only and shut off from other files and the network. */
import { statSync } from 'node:fs';

import { type DuckDBConnection, DuckDBInstance, type DuckDBResult, StatementType } from '@duckdb/node-api';
import { KpiError } from '@kpi-monitor/model/errors';
import { isHeld } from '@kpi-monitor/store/duckdb/database';

import type { FileConnection } from '../connection';

import { Deadline, type Driver, type RowBatch, type SqlQuery } from './driver';
import { READ_ONLY, refused, timedOut, unreachable } from './errors';
import { numberPlaceholders } from './placeholders';

const OPTIONS = {
  access_mode: 'READ_ONLY',
  enable_external_access: 'false',
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  memory_limit: '512MB',
};

export const readDuckdb: Driver<FileConnection> = async function* ({ path }, query, signal) {
  const instance = await open(path, query);
  const connection = await instance.connect();
  const deadline = new Deadline(query.timeout, signal, () => connection.interrupt());
  try {
    await connection.run(`SET TimeZone = '${query.zone.replaceAll("'", "''")}'`);
    yield* batches(connection, query, deadline);
  } catch (error) {
    signal.throwIfAborted();
    throw asSourceError(error, query, deadline);
  } finally {
    deadline.end();
    connection.closeSync();
    instance.closeSync();
  }
};

async function* batches(connection: DuckDBConnection, query: SqlQuery, deadline: Deadline): AsyncGenerator<RowBatch> {
  const { text, parameters } = numberPlaceholders(query.text);
  const prepared = await connection.prepare(text);
  let result: DuckDBResult | null = null;
  let isWhole = false;
  try {
    if (prepared.statementType !== StatementType.SELECT) {
      throw refused(query, { why: `it is a ${StatementType[prepared.statementType]}`, advice: READ_ONLY });
    }
    prepared.bind(parameters.map((bound) => query.bounds[bound]));
    result = await prepared.stream();
    const columns = result.deduplicatedColumnNames();
    let isFirst = true;
    for (;;) {
      const chunk = await result.fetchChunk();
      isWhole = !chunk || chunk.rowCount === 0;
      if (isWhole && !isFirst) {
        return;
      }
      const rows = isWhole ? [] : chunk!.getRows().map((values) => rowOf(columns, values));
      yield { columns, rows };
      if (isWhole) {
        return;
      }
      deadline.restart();
      isFirst = false;
    }
  } finally {
    if (!isWhole) {
      // An unread result would keep the file.
      connection.interrupt();
      await result?.fetchChunk().catch(() => {});
    }
    prepared.destroySync();
  }
}

/** Dates, decimals and the like as DuckDB writes them. */
function rowOf(columns: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  return Object.fromEntries(
    columns.map((name, i) => {
      const value = values[i];
      return [name, typeof value === 'object' && value !== null ? String(value) : value];
    })
  );
}

async function open(path: string, query: SqlQuery): Promise<DuckDBInstance> {
  if (!statSync(path, { throwIfNoEntry: false })?.isFile()) {
    throw unreachable(query, `there is no file ${path}`);
  }
  if (isHeld(path)) {
    throw unreachable(query, `${path} is the store of this process itself; read from another file`);
  }
  try {
    // Cached: two KPIs that read one file at once share it, and its lock.
    return await DuckDBInstance.fromCache(path, OPTIONS);
  } catch (error) {
    const { message } = error as Error;
    if (/could not set lock|conflicting lock/i.test(message)) {
      const pid = /PID (\d+)/.exec(message)?.[1];
      const who = pid ? `process ${pid}` : 'another process';
      const why = `${who} has ${path} open for writing, and DuckDB then lets nobody else in; read a copy, or when it is closed`;
      throw unreachable(query, why, error);
    }
    if (/not a valid DuckDB database/i.test(message)) {
      throw refused(query, { why: `${path} is no DuckDB file`, advice: 'name another' }, error);
    }
    throw unreachable(query, firstLine(message), error);
  }
}

function asSourceError(error: unknown, query: SqlQuery, deadline: Deadline): KpiError {
  if (error instanceof KpiError) {
    return error;
  }
  if (deadline.isOver) {
    return timedOut(query, error);
  }
  const { message } = error as Error;
  if (/^(IO|FATAL) Error/i.test(message)) {
    return unreachable(query, firstLine(message), error);
  }
  return refused(query, { why: firstLine(message) }, error);
}

/** Below it DuckDB draws the query, with a mark under the mistake. */
function firstLine(message: string): string {
  const [first, ...rest] = message.split('\n').filter((line) => line.trim() && !/^LINE \d|^\s*\^/.test(line));
  return [first, ...rest.filter((line) => /^(Candidate|Did you mean)/.test(line))].join(' ').trim();
}
