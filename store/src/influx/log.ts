/** The append-only logs in InfluxDB: a measurement each, in the bucket without retention. */
import { asKpiError, KpiError } from '@kpi-monitor/model/errors';

import { revisionConflict } from '../meta';
import { TIME_RANGE } from '../points';
import type { LogEntry, LogName } from '../store';

import type { InfluxClient } from './client';
import { between, identifier, literal } from './influxql';
import { entryLine } from './line';
import { decodeTag, encodeTag } from './tags';

/**
 * Appends after reading the newest revision. InfluxDB has no compare-and-set: who calls lets appends take turns, and
 * a log has one writing process.
 */
export async function appendEntry(
  client: InfluxClient,
  bucket: string,
  log: LogName,
  entry: Omit<LogEntry, 'revision'>,
  expected?: number
): Promise<LogEntry> {
  const { time, kpi, data } = entry;
  const [newest] = await client.query(bucket, `SELECT max("revision") FROM ${from(log, kpi)}`);
  const current = Number(newest?.values[0]?.[1] ?? 0);
  if (expected !== undefined && expected !== current) {
    throw revisionConflict(log, kpi, expected, current);
  }
  const appended = { time, kpi, revision: current + 1, data };
  await writeRecord(client, bucket, entryLine(log, appended));
  return appended;
}

export async function logEntries(
  client: InfluxClient,
  bucket: string,
  log: LogName,
  kpi?: string
): Promise<LogEntry[]> {
  const found = await client.query(bucket, `SELECT "revision", "data" FROM ${from(log, kpi)} GROUP BY "kpi"`);
  return found
    .flatMap(({ tags, values }) =>
      values.map(([time, revision, data]) => ({
        time: time as number,
        kpi: decodeTag(tags['kpi'] ?? ''),
        revision: revision as number,
        data: JSON.parse(data as string) as Record<string, unknown>,
      }))
    )
    .sort((a, b) => a.time - b.time || a.revision - b.revision || (a.kpi < b.kpi ? -1 : 1));
}

/** Writes one record of our own to the bucket that keeps everything. */
export async function writeRecord(client: InfluxClient, bucket: string, line: string): Promise<void> {
  try {
    await client.write(bucket, [line], 'ns');
  } catch (error) {
    const { code, message } = asKpiError(error);
    if (code !== 'RECORD_REFUSED') {
      throw error;
    }
    const remedy = /retention/.test(message) ? '; it holds what is never to be lost: remove its retention' : '';
    throw new KpiError('STORE_REFUSED', `${client.place}, bucket ${bucket}: ${message}${remedy}`, undefined, {
      cause: error,
    });
  }
}

function from(log: LogName, kpi?: string): string {
  const about = kpi === undefined ? '' : ` AND "kpi" = ${literal(encodeTag(kpi))}`;
  return `${identifier(`kpi_${log}`)} WHERE ${between(TIME_RANGE.from, TIME_RANGE.to)}${about}`;
}
