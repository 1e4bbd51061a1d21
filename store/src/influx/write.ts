/** Writing to InfluxDB, without a buffer of our own: who calls keeps the points until they are stored. */
import { KpiError } from '@kpi-monitor/model/errors';

import { slices } from '../slices';
import type { Point, WriteOutcome } from '../store';

import type { InfluxClient } from './client';
import { keyOf, pointLine, VALUES } from './line';

/** lines in one request */
const BATCH = 5000;

/** Stores points; gives back those that the server refused. */
export async function writePoints(
  client: InfluxClient,
  bucket: string,
  points: readonly Point[],
  into = VALUES
): Promise<WriteOutcome['rejected']> {
  // the last of equal keys wins
  const unique = [...new Map(points.map((point) => [keyOf(point), point])).values()];
  const rejected: WriteOutcome['rejected'] = [];
  for (const batch of slices(unique, BATCH)) {
    rejected.push(...(await writeBatch(client, bucket, batch, into)));
  }
  return rejected;
}

/** A refused batch is halved until the point at fault stands alone; writing the others twice is harmless. */
async function writeBatch(
  client: InfluxClient,
  bucket: string,
  points: readonly Point[],
  into: string
): Promise<WriteOutcome['rejected']> {
  try {
    const lines = points.map((point) => pointLine(point, into));
    await client.write(bucket, lines, 'ms');
    return [];
  } catch (error) {
    if (!(error instanceof KpiError) || error.code !== 'RECORD_REFUSED') {
      throw error;
    }
    if (points.length === 1 || droppedBy(error) === points.length) {
      return points.map((point) => ({ point, reason: error.message }));
    }
    const half = Math.ceil(points.length / 2);
    const first = await writeBatch(client, bucket, points.slice(0, half), into);
    return [...first, ...(await writeBatch(client, bucket, points.slice(half), into))];
  }
}

/** How many points the server says it left out of a batch, as it does with those that are older than the bucket keeps. */
function droppedBy({ message }: KpiError): number {
  return Number(/\bdropped=(\d+)/.exec(message)?.[1] ?? 0);
}
