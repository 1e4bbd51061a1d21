/** Records of a Parquet file, read by DuckDB with nothing but that file in reach of the query. */
import {
  type DuckDBConnection,
  DuckDBInstance,
  type DuckDBResult,
  DuckDBTypeId,
  type DuckDBValue,
} from '@duckdb/node-api';
import type { FileSource } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';

import { WallClock } from '../../validation/period';
import type { RawRecord } from '../source';

import { badFile, unreadable } from './failures';
import { recordsOfTable, type Row } from './table';

const OPTIONS = {
  autoinstall_known_extensions: 'false',
  autoload_known_extensions: 'false',
  memory_limit: '512MB',
  threads: '1',
};

/** @throws KpiError SOURCE_UNREACHABLE, SOURCE_FORMAT */
export async function* readParquet(path: string, config: FileSource, signal: AbortSignal): AsyncGenerator<RawRecord[]> {
  const form = { path, config: { ...config, header: 1 }, isStrict: false };
  yield* recordsOfTable(rowsOf(path, signal), form);
}

async function* rowsOf(path: string, signal: AbortSignal): AsyncGenerator<Row[]> {
  const instance = await DuckDBInstance.create(':memory:', OPTIONS);
  const connection = await instance.connect();
  const interrupt = () => connection.interrupt();
  signal.addEventListener('abort', interrupt, { once: true });
  try {
    yield* batches(connection, path);
  } catch (error) {
    signal.throwIfAborted();
    throw asSourceError(error, path);
  } finally {
    signal.removeEventListener('abort', interrupt);
    connection.closeSync();
    instance.closeSync();
  }
}

async function* batches(connection: DuckDBConnection, path: string): AsyncGenerator<Row[]> {
  // As in other patterns, a bracket takes the special meaning from what is in it.
  const name = path.replace(/[*?[]/g, '[$&]');
  const result: DuckDBResult = await connection.stream('SELECT * FROM read_parquet($name)', { name });
  yield [{ cells: result.columnNames(), where: 'header', number: 1 }];
  const types = result.columnTypes().map(({ typeId }) => typeId);
  for (let number = 1; ;) {
    const chunk = await result.fetchChunk();
    if (!chunk || chunk.rowCount === 0) {
      return;
    }
    yield chunk.getRows().map((values): Row => {
      const row = {
        cells: values.map((value, i) => valueOf(value, types[i]!)),
        where: `row ${number}`,
        number: number + 1,
      };
      number++;
      return row;
    });
  }
}

function valueOf(value: DuckDBValue, type: DuckDBTypeId): unknown {
  if (value === null || typeof value !== 'object') {
    return value;
  }
  switch (type) {
    case DuckDBTypeId.DATE:
      return new WallClock((value as unknown as { days: number }).days * 86_400_000);
    case DuckDBTypeId.TIMESTAMP:
      return new WallClock(Number((value as unknown as { micros: bigint }).micros / 1000n));
    case DuckDBTypeId.TIMESTAMP_S:
      return new WallClock(Number((value as unknown as { seconds: bigint }).seconds) * 1000);
    case DuckDBTypeId.TIMESTAMP_MS:
      return new WallClock(Number((value as unknown as { millis: bigint }).millis));
    case DuckDBTypeId.TIMESTAMP_NS:
      return new WallClock(Number((value as unknown as { nanos: bigint }).nanos / 1_000_000n));
    case DuckDBTypeId.TIMESTAMP_TZ:
      return new Date(Number((value as unknown as { micros: bigint }).micros / 1000n));
    default:
      // Decimals, among others, as DuckDB writes them.
      return String(value);
  }
}

function asSourceError(error: unknown, path: string): KpiError {
  if (error instanceof KpiError) {
    return error;
  }
  const message = (error as Error).message.split('\n')[0]!;
  return /permission denied|cannot open file/i.test(message)
    ? unreadable(path, error)
    : badFile(path, `is no whole Parquet file (${message.slice(0, 300)}); copy or write it again`, error);
}
