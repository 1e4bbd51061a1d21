/** What a source of your own is: the types for a file that a KPI names as `source: { kind: module, path: … }`. */

export interface OwnRecord {
  /** a date, a month (`2026-03`), a quarter (`2026-Q1`), an ISO time, a Date or epoch milliseconds */
  period: string | number | Date;
  value: number | string | bigint | null;
  weight?: number | string | null;
  /** dimensions of the KPI by their names */
  [dimension: string]: unknown;
}

export interface ReadRequest<Options = Record<string, unknown>> {
  /** ISO dates of the business zone, or UTC times for a KPI by the hour or minute; `to` is not part of the window */
  from: string;
  to: string;
  /** of the KPI file, as `schema` gives them, secrets put in */
  options: Options;
  /** aborted when nobody waits any more: hand it to `fetch` and the like */
  signal: AbortSignal;
  kpi: { id: string; grain: string; dimensions: readonly string[] };
  /** absolute, of the catalogue */
  folder: string;
  /** IANA zone of the business */
  zone: string;
}

export interface OwnSource<Options = Record<string, unknown>> {
  /** checks the options and may complete them, such as a zod schema does; throws for what is wrong */
  schema?: { parse(options: unknown): Options };
  /**
   * All records of the window, one by one, in lists, or as one list. Reading a window again gives the same, or what is
   * known better by now: what is missing then is withdrawn. Throw, and nothing counts: it is read again later.
   */
  read(
    request: ReadRequest<Options>
  ): AsyncIterable<OwnRecord | OwnRecord[]> | Promise<OwnRecord[]> | Iterable<OwnRecord | OwnRecord[]>;
}

/** Lets an editor complete and check a source where it is written. */
export function defineSource<Options = Record<string, unknown>>(source: OwnSource<Options>): OwnSource<Options> {
  return source;
}
