/** Points and log entries as lines of InfluxDB's line protocol. */
import { escape } from '@influxdata/influxdb-client';

import type { BookName, LogEntry, LogName, Point } from '../store';

import { encodeTag } from './tags';

/** The measurement of the KPIs' values. */
export const VALUES = 'kpi';

/** The key of a point: lines with an equal one overwrite each other. */
export function keyOf({ kpi, v, dims, time }: Point): string {
  return `${measurement(VALUES, { ...dims, kpi, v: String(v) })} ${time}`;
}

export function bookMeasurement(book: BookName): string {
  return `kpi_${book}`;
}

/**
 * A point, with a time in milliseconds. Fields that a later line leaves out stay as they were, so all of them are
 * written each time: `void=0` revives a key, and `weight=0` says that there is none.
 */
export function pointLine(point: Point, into = VALUES): string {
  const { kpi, v, dims, time, value, weight = 0 } = point;
  const fields = `value=${value},weight=${weight},void=${point.void ? 1 : 0}i`;
  return `${measurement(into, { ...dims, kpi, v: String(v) })} ${fields} ${time}`;
}

/** A log entry, with a time in nanoseconds: entries of one millisecond are told apart by their revision. */
export function entryLine(log: LogName, { time, kpi, revision, data }: LogEntry): string {
  const fields = `revision=${revision}i,data=${escape.quoted(JSON.stringify(data))}`;
  const nanoseconds = BigInt(time) * 1_000_000n + BigInt(revision % 1_000_000);
  return `${measurement(`kpi_${log}`, { kpi })} ${fields} ${nanoseconds}`;
}

/** Measurement and tags, sorted as the server wants them; an empty tag is the same as none. */
function measurement(name: string, tags: Record<string, string>): string {
  return Object.entries(tags)
    .filter(([, value]) => value !== '')
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .reduce((line, [key, value]) => `${line},${escape.tag(key)}=${escape.tag(encodeTag(value))}`, name);
}
