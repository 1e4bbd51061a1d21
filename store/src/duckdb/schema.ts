/** The tables of a DuckDB store. */
import type { DuckDBConnection } from '@duckdb/node-api';

import { SCHEMA_VERSION, type StoreMeta } from '../store';

/**
 * `point` has no index: a key is kept unique by the one writer (delete, then insert), which is faster for batches than
 * an index is and takes no memory; reads prune by the zone maps of series and time.
 */
const TABLES = `
  CREATE TABLE meta (schema INTEGER, zone VARCHAR, created_by VARCHAR);
  CREATE TABLE series (id INTEGER, kpi VARCHAR, v INTEGER, dims VARCHAR);
  CREATE TABLE point (series INTEGER, time BIGINT, value DOUBLE, weight DOUBLE, void BOOLEAN);
  CREATE TABLE log (log VARCHAR, kpi VARCHAR, revision INTEGER, time BIGINT, data VARCHAR);
`;

/** The metadata row; creates the tables in a new file. */
export async function metaOf(
  connection: DuckDBConnection,
  fresh: { zone: string; createdBy: string }
): Promise<StoreMeta> {
  const tables = await connection.run("SELECT 1 FROM duckdb_tables() WHERE table_name = 'meta'");
  if (tables.rowCount === 0) {
    await connection.run(TABLES);
    await connection.run('INSERT INTO meta VALUES ($1, $2, $3)', [SCHEMA_VERSION, fresh.zone, fresh.createdBy]);
    return { schema: SCHEMA_VERSION, ...fresh };
  }
  const [row] = await (await connection.run('SELECT schema, zone, created_by FROM meta')).getRows();
  return { schema: Number(row![0]), zone: String(row![1]), createdBy: String(row![2]) };
}
