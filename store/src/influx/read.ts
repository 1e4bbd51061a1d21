/** Reading series from InfluxDB. */
import { KpiError } from '@kpi-monitor/model/errors';

import { bySeries, isDimension } from '../points';
import { slices } from '../slices';
import type { ReadRequest, StoredSeries } from '../store';

import type { InfluxClient, ResultSeries } from './client';
import { condition, identifier } from './influxql';
import { VALUES } from './line';
import { decodeTag } from './tags';

/** KPIs in one query: InfluxDB answers each on one core, so that many KPIs are asked for side by side */
const PART = 50;

export async function readSeries(
  client: InfluxClient,
  bucket: string,
  request: ReadRequest,
  measurement = VALUES
): Promise<StoredSeries[]> {
  const { step } = request;
  if (step && (!Number.isSafeInteger(step.ms) || step.ms <= 0)) {
    throw new KpiError('QUERY_INVALID', `a step of ${step.ms} ms is not a whole number above zero`);
  }
  const fields = step ? `${step.fn}("value")${step.fn === 'last' ? ', "weight"' : ''}` : '"value", "weight"';
  const grouped = step ? `time(${step.ms}ms), * fill(none)` : '*';
  const parts = [...slices(request.series, PART)].map(async (series) => {
    const where = condition({ ...request, series });
    const from = identifier(measurement);
    return where ? client.query(bucket, `SELECT ${fields} FROM ${from} WHERE ${where} GROUP BY ${grouped}`) : [];
  });
  return (await Promise.all(parts)).flat().map(storedSeries).sort(bySeries);
}

/** Newest time that is not void, by KPI. */
export async function latestTimes(
  client: InfluxClient,
  bucket: string,
  request: ReadRequest
): Promise<Map<string, number>> {
  const newest = await lastBy(client, bucket, 'kpi', request);
  return new Map(newest.map(({ tags, values }) => [tags['kpi']!, values[0]![0] as number]));
}

/** Members of a dimension that have values which are not void, sorted. */
export async function membersOf(
  client: InfluxClient,
  bucket: string,
  dimension: string,
  request: ReadRequest
): Promise<string[]> {
  const newest = await lastBy(client, bucket, dimension, request);
  return newest
    .map(({ tags }) => tags[dimension]!)
    .filter((member) => member !== '')
    .map(decodeTag)
    .sort();
}

async function lastBy(
  client: InfluxClient,
  bucket: string,
  tag: string,
  request: ReadRequest
): Promise<ResultSeries[]> {
  const where = condition(request);
  return where
    ? client.query(bucket, `SELECT last("value") FROM "kpi" WHERE ${where} GROUP BY ${identifier(tag)}`)
    : [];
}

function storedSeries({ tags, values }: ResultSeries): StoredSeries {
  // a tag that only other series have arrives empty
  const dims = Object.entries(tags).filter(([tag, member]) => isDimension(tag) && member !== '');
  const series: StoredSeries = {
    kpi: tags['kpi'] ?? '',
    dims: Object.fromEntries(dims.map(([name, member]) => [name, decodeTag(member)])),
    times: values.map((row) => row[0] as number),
    values: values.map((row) => row[1] as number),
  };
  if (values.some((row) => row[2])) {
    series.weights = values.map((row) => (row[2] as number | null | undefined) || null);
  }
  return series;
}
