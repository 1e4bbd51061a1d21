/** The store in InfluxDB: series in one bucket, logs and metadata in another that keeps them for ever. */
import { KpiError } from '@kpi-monitor/model/errors';

import { checkMeta } from '../meta';
import { isDimension, partition } from '../points';
import type {
  BookName,
  LogEntry,
  LogName,
  Point,
  ReadRequest,
  Store,
  StoredSeries,
  StoreMeta,
  WriteOutcome,
} from '../store';
import { Turns } from '../turns';

import { ensureBuckets, metaOf } from './buckets';
import { InfluxClient, type InfluxConnection } from './client';
import { bookMeasurement } from './line';
import { appendEntry, logEntries } from './log';
import { latestTimes, membersOf, readSeries } from './read';
import { writePoints } from './write';

export interface InfluxStoreOptions extends InfluxConnection {
  /** for the series; its retention is the company's choice. On 1.x: the database */
  bucket: string;
  /** for logs and metadata; without retention */
  metaBucket: string;
}

/** @throws KpiError CONFIG_FILE for an address that is none */
export function createInfluxStore(options: InfluxStoreOptions): Store {
  return new InfluxStore(options);
}

class InfluxStore implements Store {
  readonly name: string;
  private readonly client: InfluxClient;
  private readonly bucket: string;
  private readonly metaBucket: string;
  private readonly writing = new Turns();
  private readonly appending = new Turns();

  constructor({ bucket, metaBucket, ...connection }: InfluxStoreOptions) {
    this.client = new InfluxClient(connection);
    this.name = `influxdb ${this.client.place.replace('InfluxDB at ', '')} ${bucket}`;
    this.bucket = bucket;
    this.metaBucket = metaBucket;
  }

  async open(wanted: { zone: string; createdBy: string }): Promise<StoreMeta> {
    await ensureBuckets(this.client, [this.bucket, this.metaBucket]);
    const meta = await metaOf(this.client, this.metaBucket, wanted);
    checkMeta(meta, wanted, this.name);
    return meta;
  }

  async write(points: readonly Point[]): Promise<WriteOutcome> {
    const { sound, rejected } = partition(points);
    // two writes under way at once may land in the wrong order
    const refused = await this.writing.take(() => writePoints(this.client, this.bucket, sound));
    return { written: sound.length - refused.length, rejected: [...rejected, ...refused] };
  }

  async read(request: ReadRequest): Promise<StoredSeries[]> {
    return readSeries(this.client, this.bucket, request);
  }

  async latest(series: ReadRequest['series'], before = Infinity): Promise<Map<string, number>> {
    return latestTimes(this.client, this.bucket, { series, from: -Infinity, to: before });
  }

  async members(series: ReadRequest['series'], dimension: string): Promise<string[]> {
    return isDimension(dimension)
      ? membersOf(this.client, this.bucket, dimension, { series, from: -Infinity, to: Infinity })
      : [];
  }

  async append(log: LogName, entry: Omit<LogEntry, 'revision'>, expected?: number): Promise<LogEntry> {
    return this.appending.take(() => appendEntry(this.client, this.metaBucket, log, entry, expected));
  }

  async entries(log: LogName, kpi?: string): Promise<LogEntry[]> {
    return logEntries(this.client, this.metaBucket, log, kpi);
  }

  async record(book: BookName, points: readonly Point[]): Promise<void> {
    const { sound, rejected } = partition(points);
    const refused = await this.writing.take(() => writePoints(this.client, this.bucket, sound, bookMeasurement(book)));
    // what is older than the bucket keeps is dropped by the server, and nobody would find it later either
    const unsound = rejected[0] ?? refused.find(({ reason }) => !/retention/.test(reason));
    if (unsound) {
      throw new KpiError('STORE_REFUSED', `a point of the book ${book}: ${unsound.reason}`);
    }
  }

  async recorded(book: BookName, request: ReadRequest): Promise<StoredSeries[]> {
    return readSeries(this.client, this.bucket, request, bookMeasurement(book));
  }

  async forget(): Promise<void> {}

  async ping(): Promise<void> {
    await this.client.version();
  }

  async close(): Promise<void> {
    await Promise.all([this.writing.idle(), this.appending.idle()]);
    this.client.close();
  }
}
