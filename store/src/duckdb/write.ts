/** Writing to DuckDB: batches go through the appender into a staging table and replace equal keys from there. */
import { BIGINT, BOOLEAN, DOUBLE, type DuckDBConnection, DuckDBDataChunk, INTEGER, VARCHAR } from '@duckdb/node-api';

import { dimsKey } from '../points';
import { slices } from '../slices';
import type { Point } from '../store';

import type { Dictionary, SeriesEntry } from './dictionary';

/** points in one transaction: keeps memory flat however much is written at once */
export const BATCH = 20_000;
const VECTOR = 2048;

/** Stores one batch inside the running transaction; gives the series that it adds to the dictionary. */
export async function writeBatch(
  connection: DuckDBConnection,
  dictionary: Dictionary,
  points: readonly Point[]
): Promise<SeriesEntry[]> {
  const added = new Map<string, SeriesEntry>();
  const rows = new Map<string, { id: number; point: Point }>();
  for (const point of points) {
    const { id } = dictionary.find(point) ?? newSeries(added, dictionary.size, point);
    // within one batch the last wins
    rows.set(`${id} ${point.time}`, { id, point });
  }
  await appendSeries(connection, [...added.values()]);
  await stage(connection, [...rows.values()]);
  await connection.run('DELETE FROM point USING staged s WHERE point.series = s.series AND point.time = s.time');
  await connection.run('INSERT INTO point SELECT * FROM staged');
  return [...added.values()];
}

function newSeries(added: Map<string, SeriesEntry>, known: number, { kpi, v, dims }: Point): SeriesEntry {
  const key = `${kpi} ${v} ${dimsKey(dims)}`;
  const entry = added.get(key) ?? { id: known + added.size, kpi, v, dims: { ...dims } };
  added.set(key, entry);
  return entry;
}

async function appendSeries(connection: DuckDBConnection, entries: readonly SeriesEntry[]): Promise<void> {
  if (entries.length === 0) {
    return;
  }
  const appender = await connection.createAppender('series');
  for (const part of slices(entries, VECTOR)) {
    const chunk = DuckDBDataChunk.create([INTEGER, VARCHAR, INTEGER, VARCHAR]);
    chunk.setRows(part.map(({ id, kpi, v, dims }) => [id, kpi, v, dimsKey(dims)]));
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}

async function stage(connection: DuckDBConnection, rows: Array<{ id: number; point: Point }>): Promise<void> {
  // a new table each time: one that is emptied keeps its deleted rows and grows slow
  await connection.run(
    'CREATE OR REPLACE TEMP TABLE staged (series INTEGER, time BIGINT, value DOUBLE, weight DOUBLE, void BOOLEAN)'
  );
  const appender = await connection.createAppender('staged', 'main', 'temp');
  for (const part of slices(rows, VECTOR)) {
    const chunk = DuckDBDataChunk.create([INTEGER, BIGINT, DOUBLE, DOUBLE, BOOLEAN]);
    chunk.setColumns([
      part.map(({ id }) => id),
      part.map(({ point }) => BigInt(point.time)),
      part.map(({ point }) => point.value),
      part.map(({ point }) => point.weight ?? null),
      part.map(({ point }) => point.void === true),
    ]);
    appender.appendDataChunk(chunk);
  }
  appender.closeSync();
}
