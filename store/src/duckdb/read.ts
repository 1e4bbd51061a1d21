/** Reading from DuckDB, column by column: rows as objects would cost ten times as much. */
import type { DuckDBDataChunk, DuckDBMaterializedResult } from '@duckdb/node-api';
import { KpiError } from '@kpi-monitor/model/errors';

import { withinRange } from '../points';
import type { ReadRequest, StepFunction, StoredSeries } from '../store';

import type { SeriesEntry } from './dictionary';

type Run = (sql: string) => Promise<DuckDBMaterializedResult>;

const AGGREGATE: Record<StepFunction, string> = {
  sum: 'sum(value)',
  count: 'count(*)::DOUBLE',
  last: 'arg_max(value, time)',
  min: 'min(value)',
  max: 'max(value)',
};

/** Points of the entries in [from, to), in the order of the entries; those without any are left out. */
export async function readSeries(
  run: Run,
  entries: readonly SeriesEntry[],
  request: ReadRequest
): Promise<StoredSeries[]> {
  const { from, to } = withinRange(request.from, request.to);
  if (entries.length === 0 || from >= to) {
    return [];
  }
  const rows = `FROM point WHERE ${among(entries)} AND time >= ${from} AND time < ${to} AND NOT void`;
  const result = await run(request.step ? stepQuery(request.step, rows) : `SELECT ${COLUMNS} ${rows}`);
  const byId = new Map<number, Columns>(
    entries.map(({ id }) => [id, { times: [], values: [], weights: [], weighted: false }])
  );
  for (const chunk of await result.fetchAllChunks()) {
    distribute(chunk, byId);
  }
  return entries.flatMap(({ id, kpi, dims }) => {
    const columns = byId.get(id)!;
    return columns.times.length > 0 ? [{ kpi, dims, ...ascending(columns) }] : [];
  });
}

/** Newest time that is not void, by series. */
export async function latestTimes(
  run: Run,
  entries: readonly SeriesEntry[],
  before: number
): Promise<Map<number, number>> {
  if (entries.length === 0) {
    return new Map();
  }
  const result = await run(
    `SELECT series, max(time)::DOUBLE FROM point WHERE ${among(entries)} AND time < ${before} AND NOT void GROUP BY series`
  );
  const [ids = [], times = []] = await result.getColumns();
  return new Map(ids.map((id, i) => [id as number, times[i] as number]));
}

/** Takes away what the entries hold from before a time. */
export async function forgetSeries(run: Run, entries: readonly SeriesEntry[], before: number): Promise<void> {
  if (entries.length > 0) {
    await run(`DELETE FROM point WHERE ${among(entries)} AND time < ${before}`);
  }
}

interface Columns {
  times: number[];
  values: number[];
  /** NaN where there is none */
  weights: number[];
  weighted: boolean;
}

// no NULL: the client reads a column with one by big integers, ten times slower
const WEIGHT = "coalesce(weight, 'NaN'::DOUBLE)";
const COLUMNS = `series, time::DOUBLE, value, ${WEIGHT}`;

function stepQuery({ ms, fn }: NonNullable<ReadRequest['step']>, rows: string): string {
  if (!Number.isSafeInteger(ms) || ms <= 0) {
    throw new KpiError('QUERY_INVALID', `a step of ${ms} ms is not a whole number above zero`);
  }
  const start = `time - ((time % ${ms}) + ${ms}) % ${ms}`;
  const weight = fn === 'last' ? `arg_max(${WEIGHT}, time)` : "'NaN'::DOUBLE";
  return `SELECT series, (${start})::DOUBLE AS start, ${AGGREGATE[fn]}, ${weight} ${rows} GROUP BY series, start`;
}

function among(entries: readonly SeriesEntry[]): string {
  return `series IN (${entries.map(({ id }) => id).join(',')})`;
}

function distribute(chunk: DuckDBDataChunk, byId: Map<number, Columns>): void {
  const [series, time, value, weight] = [0, 1, 2, 3].map((column) => chunk.getColumnVector(column));
  let id = -1;
  let columns: Columns | undefined;
  // Each look at `rowCount` is a call into DuckDB.
  const { rowCount } = chunk;
  for (let row = 0; row < rowCount; row++) {
    const next = series!.getItem(row) as number;
    if (!columns || next !== id) {
      id = next;
      columns = byId.get(id)!;
    }
    const weighs = weight!.getItem(row) as number;
    columns.times.push(time!.getItem(row) as number);
    columns.values.push(value!.getItem(row) as number);
    columns.weights.push(weighs);
    columns.weighted ||= !Number.isNaN(weighs);
  }
}

/** Sorts by time where needed: rows come in the order they were written, which is cheaper than sorting them there. */
function ascending(columns: Columns): Pick<StoredSeries, 'times' | 'values' | 'weights'> {
  const { times, values, weights, weighted } = inOrder(columns);
  return {
    times,
    values,
    ...(weighted && { weights: weights.map((weight) => (Number.isNaN(weight) ? null : weight)) }),
  };
}

function inOrder(columns: Columns): Columns {
  const { times, values, weights, weighted } = columns;
  if (times.every((time, i) => i === 0 || times[i - 1]! < time)) {
    return columns;
  }
  const order = times.map((_, i) => i).sort((a, b) => times[a]! - times[b]!);
  const sorted = (column: number[]) => order.map((i) => column[i]!);
  return { times: sorted(times), values: sorted(values), weights: sorted(weights), weighted };
}
