/** The buckets of an InfluxDB store and the metadata in them. */
import { escape } from '@influxdata/influxdb-client';
import { KpiError } from '@kpi-monitor/model/errors';

import { TIME_RANGE } from '../points';
import { SCHEMA_VERSION, type StoreMeta } from '../store';

import type { InfluxClient } from './client';
import { missing } from './failures';
import { between, identifier } from './influxql';
import { writeRecord } from './log';

/**
 * Sees that the buckets are there. InfluxDB 1.x calls them databases and lets anybody make one; made here, a shard
 * holds a year, since KPIs are few points over many years and a query opens every shard that it touches.
 * @throws KpiError STORE_REFUSED naming a bucket that is missing
 */
export async function ensureBuckets(client: InfluxClient, buckets: readonly string[]): Promise<void> {
  const version = await client.version();
  const [databases] = await client.query('', 'SHOW DATABASES');
  const present = new Set(databases?.values.map(([name]) => name));
  for (const bucket of buckets.filter((name) => !present.has(name))) {
    if (!version.startsWith('1.')) {
      throw new KpiError('STORE_REFUSED', `${client.place}: ${missing(bucket)}`, { bucket });
    }
    await client.query('', `CREATE DATABASE ${identifier(bucket)} WITH DURATION INF SHARD DURATION 52w`);
  }
}

/** The metadata row; written when there is none. */
export async function metaOf(
  client: InfluxClient,
  bucket: string,
  fresh: { zone: string; createdBy: string }
): Promise<StoreMeta> {
  const [found] = await client.query(
    bucket,
    `SELECT "schema", "zone", "created_by" FROM "kpi_meta" WHERE ${between(TIME_RANGE.from, TIME_RANGE.to)}`
  );
  if (found) {
    const [, schema, zone, createdBy] = found.values[0]!;
    return { schema: Number(schema), zone: String(zone), createdBy: String(createdBy) };
  }
  const text = `zone=${escape.quoted(fresh.zone)},created_by=${escape.quoted(fresh.createdBy)}`;
  await writeRecord(client, bucket, `kpi_meta schema=${SCHEMA_VERSION}i,${text} 0`);
  return { schema: SCHEMA_VERSION, ...fresh };
}
