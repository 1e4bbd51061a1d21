/**
 * Where series live. One interface, two implementations (`influx/`, `duckdb/`), and one contract suite that both pass.
 *
 * Times are *store times* in epoch milliseconds: a grain of a day or longer is stamped with the civil date of its
 * period's start at 00:00Z, a finer one with the instant of its start. The store knows no time zone.
 */
export const SCHEMA_VERSION = 1;

/** The member of a declared dimension that a point does not name. */
export const NO_MEMBER = '(none)';

/** One value of one series at one period. Equal (kpi, v, dims, time) overwrite. */
export interface Point {
  kpi: string;
  /** series version, the KPI's `version` */
  v: number;
  /** exactly the declared dimensions; an absent member is `NO_MEMBER` */
  dims: Readonly<Record<string, string>>;
  time: number;
  value: number;
  /** what a weighted mean re-weights by; above zero */
  weight?: number;
  /** true withdraws the key: reads leave it out */
  void?: boolean;
}

export type StepFunction = 'sum' | 'count' | 'last' | 'min' | 'max';

export interface ReadRequest {
  /** the series versions to read, one entry a KPI */
  series: ReadonlyArray<{ kpi: string; v: number }>;
  /** half-open [from, to) of store time */
  from: number;
  to: number;
  /** dimension -> allowed members; a series without the dimension is left out */
  where?: Readonly<Record<string, readonly string[]>>;
  /**
   * aggregate within each series to steps of this many milliseconds, counted from the epoch; a step is stamped with its
   * start, also when that lies before `from`. Weights come with `last` alone: that of the last point.
   */
  step?: { ms: number; fn: StepFunction };
}

/** One series: parallel arrays in ascending time. `weights` is there when any of its points carries one. */
export interface StoredSeries {
  kpi: string;
  dims: Readonly<Record<string, string>>;
  times: number[];
  values: number[];
  weights?: Array<number | null>;
}

/** What became of a batch: every point that is not listed in `rejected` is stored. */
export interface WriteOutcome {
  written: number;
  rejected: Array<{ point: Point; reason: string }>;
}

export interface StoreMeta {
  schema: number;
  /** IANA zone of the business calendar that the civil dates belong to */
  zone: string;
  createdBy: string;
}

/** Append-only logs beside the series, kept without retention; `data` is any JSON. */
export const LOGS = ['reference', 'revision', 'quality', 'note', 'audit'] as const;
export type LogName = (typeof LOGS)[number];

export interface LogEntry {
  /** when it was recorded, epoch milliseconds */
  time: number;
  /** what it is about: a KPI's id, or '' */
  kpi: string;
  /** counts up from 1 within (log, kpi) */
  revision: number;
  data: Record<string, unknown>;
}

/**
 * Numbers about the values, kept apart from them as points of the same form: how good they are, by KPI, and how
 * collecting goes. Each book is a measurement of its own, `kpi_quality` and `kpi_collector`.
 */
export const BOOKS = ['quality', 'collector'] as const;
export type BookName = (typeof BOOKS)[number];

export interface Store {
  /** `duckdb` or `influxdb`, and where it is, without secrets: for messages */
  readonly name: string;
  /**
   * Connects, and checks or writes the metadata row; migrates an older schema.
   * @throws KpiError STORE_UNREACHABLE, STORE_SCHEMA_NEWER, STORE_ZONE, STORE_LOCKED
   */
  open(meta: { zone: string; createdBy: string }): Promise<StoreMeta>;
  /**
   * Stores points; one that the store refuses is reported and does not block the rest.
   * @throws KpiError STORE_UNREACHABLE, STORE_REFUSED (of all: a wrong token, a missing bucket). Whatever is thrown, the
   * caller keeps the points: what was stored already is overwritten by itself.
   */
  write(points: readonly Point[]): Promise<WriteOutcome>;
  /** Series in order of kpi, then dims. @throws KpiError STORE_UNREACHABLE, STORE_REFUSED */
  read(request: ReadRequest): Promise<StoredSeries[]>;
  /** Newest time per series version that is not void, before `before` when given; absent when there is none. */
  latest(series: ReadonlyArray<{ kpi: string; v: number }>, before?: number): Promise<Map<string, number>>;
  /** Members of a dimension that have values in any of the series, sorted. */
  members(series: ReadonlyArray<{ kpi: string; v: number }>, dimension: string): Promise<string[]>;
  /**
   * Appends to a log. `expected` is the newest revision that the writer has seen (0 for none).
   * @throws KpiError STORE_REFUSED with `details.revision` when somebody else appended first
   */
  append(log: LogName, entry: Omit<LogEntry, 'revision'>, expected?: number): Promise<LogEntry>;
  /** Entries of a log in ascending time and revision, all KPIs or one. */
  entries(log: LogName, kpi?: string): Promise<LogEntry[]>;
  /** Writes points into a book; equal keys overwrite. @throws KpiError STORE_UNREACHABLE, STORE_REFUSED */
  record(book: BookName, points: readonly Point[]): Promise<void>;
  /** Series of a book, as `read` gives those of the KPIs. */
  recorded(book: BookName, request: ReadRequest): Promise<StoredSeries[]>;
  /**
   * Gives up what a book holds from before a store time. InfluxDB keeps a book for as long as the bucket's retention
   * says, and forgets nothing by this.
   */
  forget(book: BookName, before: number): Promise<void>;
  /** Resolves when the store answers. @throws KpiError STORE_UNREACHABLE */
  ping(): Promise<void>;
  close(): Promise<void>;
}
