/** The append-only logs in DuckDB. */
import type { DuckDBConnection, DuckDBMaterializedResult, DuckDBValue } from '@duckdb/node-api';

import { revisionConflict } from '../meta';
import type { LogEntry, LogName } from '../store';

/** Appends inside the running transaction. @throws KpiError STORE_REFUSED when `expected` is not the newest revision */
export async function appendEntry(
  connection: DuckDBConnection,
  log: LogName,
  entry: Omit<LogEntry, 'revision'>,
  expected?: number
): Promise<LogEntry> {
  const { time, kpi, data } = entry;
  const newest = await connection.run('SELECT coalesce(max(revision), 0) FROM log WHERE log = $1 AND kpi = $2', [
    log,
    kpi,
  ]);
  const current = Number((await newest.getRows())[0]![0]);
  if (expected !== undefined && expected !== current) {
    throw revisionConflict(log, kpi, expected, current);
  }
  const revision = current + 1;
  await connection.run('INSERT INTO log VALUES ($1, $2, $3, $4, $5)', [
    log,
    kpi,
    revision,
    BigInt(time),
    JSON.stringify(data),
  ]);
  return { time, kpi, revision, data };
}

export async function logEntries(
  run: (sql: string, values: DuckDBValue[]) => Promise<DuckDBMaterializedResult>,
  log: LogName,
  kpi?: string
): Promise<LogEntry[]> {
  const result = await run(
    `SELECT time::DOUBLE, kpi, revision, data FROM log WHERE log = $1 ${kpi === undefined ? '' : 'AND kpi = $2'}
     ORDER BY time, revision, kpi`,
    kpi === undefined ? [log] : [log, kpi]
  );
  return (await result.getRows()).map(([time, about, revision, data]) => ({
    time: Number(time),
    kpi: String(about),
    revision: Number(revision),
    data: JSON.parse(String(data)),
  }));
}
