/** The embedded store: one DuckDB file, held by one process. */
import { KpiError } from '@kpi-monitor/model/errors';

import { checkMeta } from '../meta';
import { partition, TIME_RANGE } from '../points';
import { slices } from '../slices';
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

import { inBook, ofBook } from './book';
import { Database } from './database';
import { Dictionary } from './dictionary';
import { appendEntry, logEntries } from './log';
import { forgetSeries, latestTimes, readSeries } from './read';
import { metaOf } from './schema';
import { BATCH, writeBatch } from './write';

export interface DuckdbStoreOptions {
  /** the file, made when missing together with its folder, or `:memory:` */
  path: string;
  /** what DuckDB may use, e.g. `1GB` */
  memoryLimit?: string;
}

export const DEFAULT_MEMORY_LIMIT = '192MB';

export function createDuckdbStore({ path, memoryLimit = DEFAULT_MEMORY_LIMIT }: DuckdbStoreOptions): Store {
  return new DuckdbStore(path, memoryLimit);
}

class DuckdbStore implements Store {
  readonly name: string;
  private opened?: { database: Database; dictionary: Dictionary };

  constructor(
    private readonly path: string,
    private readonly memoryLimit: string
  ) {
    this.name = `duckdb ${path}`;
  }

  async open(wanted: { zone: string; createdBy: string }): Promise<StoreMeta> {
    const database = await Database.open(this.path, this.memoryLimit);
    try {
      return await database.write(async (connection) => {
        const meta = await metaOf(connection, wanted);
        checkMeta(meta, wanted, this.name);
        this.opened = { database, dictionary: await Dictionary.load(connection) };
        return meta;
      });
    } catch (error) {
      this.opened = undefined;
      await database.close();
      throw error;
    }
  }

  async write(points: readonly Point[]): Promise<WriteOutcome> {
    const { sound, rejected } = partition(points);
    await this.writeSound(sound);
    return { written: sound.length, rejected };
  }

  async record(book: BookName, points: readonly Point[]): Promise<void> {
    const { sound, rejected } = partition(points);
    if (rejected.length > 0) {
      throw new KpiError('STORE_REFUSED', `a point of the book ${book}: ${rejected[0]!.reason}`);
    }
    await this.writeSound(sound.map((point) => ({ ...point, kpi: inBook(book, point.kpi) })));
  }

  async recorded(book: BookName, request: ReadRequest): Promise<StoredSeries[]> {
    const series = request.series.map(({ kpi, v }) => ({ kpi: inBook(book, kpi), v }));
    return (await this.read({ ...request, series })).map((one) => ({ ...one, kpi: ofBook(book, one.kpi) }));
  }

  async forget(book: BookName, before: number): Promise<void> {
    const { database, dictionary } = this.held();
    const entries = dictionary.among(inBook(book, ''));
    await database.write((connection) => forgetSeries((sql) => connection.run(sql), entries, Math.ceil(before)));
  }

  async read(request: ReadRequest): Promise<StoredSeries[]> {
    const { database, dictionary } = this.held();
    return database.read((run) => readSeries(run, dictionary.select(request), request));
  }

  async latest(series: ReadRequest['series'], before: number = TIME_RANGE.to): Promise<Map<string, number>> {
    const { database, dictionary } = this.held();
    const entries = dictionary.select({ series });
    const times = await database.read((run) => latestTimes(run, entries, Math.ceil(before)));
    const newest = new Map<string, number>();
    for (const [id, time] of times) {
      const { kpi } = dictionary.entry(id);
      newest.set(kpi, Math.max(time, newest.get(kpi) ?? -Infinity));
    }
    return newest;
  }

  async members(series: ReadRequest['series'], dimension: string): Promise<string[]> {
    const { database, dictionary } = this.held();
    const entries = dictionary.select({ series }).filter(({ dims }) => Object.hasOwn(dims, dimension));
    const times = await database.read((run) => latestTimes(run, entries, TIME_RANGE.to));
    return [...new Set([...times.keys()].map((id) => dictionary.entry(id).dims[dimension]!))].sort();
  }

  async append(log: LogName, entry: Omit<LogEntry, 'revision'>, expected?: number): Promise<LogEntry> {
    return this.held().database.write((connection) => appendEntry(connection, log, entry, expected));
  }

  async entries(log: LogName, kpi?: string): Promise<LogEntry[]> {
    return this.held().database.read((run) => logEntries(run, log, kpi));
  }

  async ping(): Promise<void> {
    await this.held().database.read((run) => run('SELECT 1'));
  }

  async close(): Promise<void> {
    const opened = this.opened;
    this.opened = undefined;
    await opened?.database.close();
  }

  private async writeSound(points: readonly Point[]): Promise<void> {
    const { database, dictionary } = this.held();
    for (const batch of slices(points, BATCH)) {
      await database.write(
        (connection) => writeBatch(connection, dictionary, batch),
        (added) => dictionary.remember(added)
      );
    }
  }

  private held(): { database: Database; dictionary: Dictionary } {
    if (!this.opened) {
      throw new KpiError('STORE_UNREACHABLE', `${this.name} is not open`);
    }
    return this.opened;
  }
}
