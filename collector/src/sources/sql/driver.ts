/** What each kind of database does its own way. */
import type { Bound } from './placeholders';

export interface SqlQuery {
  /** with `:from`, `:to`, `:from_utc` and `:to_utc`, and no semicolon at its end */
  text: string;
  /** the bounds as texts of the business zone and of UTC */
  bounds: Readonly<Record<Bound, string>>;
  /** IANA zone of the business */
  zone: string;
  /** milliseconds that the database may work on it */
  timeout: number;
  /** the connection's name, for errors */
  connection: string;
}

export interface RowBatch {
  /** the names of the columns, also when there are no rows */
  columns: readonly string[];
  rows: ReadonlyArray<Record<string, unknown>>;
}

/**
 * Rows of the query, in batches of a bounded size, read where nothing can be written. Dates come as texts without a
 * zone's doing, exact numbers as texts or bigints.
 * @throws KpiError SOURCE_*
 */
export type Driver<C> = (connection: C, query: SqlQuery, signal: AbortSignal) => AsyncIterable<RowBatch>;

export const ROWS_AT_ONCE = 5000;

/** Interrupts a database that works in this process when it takes too long or nobody waits any more. */
export class Deadline {
  private timer: NodeJS.Timeout | undefined;
  private readonly onAbort = () => this.interrupt();
  /** whether it was the time that ended the work */
  isOver = false;

  constructor(
    private readonly timeout: number,
    private readonly signal: AbortSignal,
    private readonly interrupt: () => void
  ) {
    signal.addEventListener('abort', this.onAbort, { once: true });
    this.restart();
  }

  /** The time begins anew. */
  restart(): void {
    clearTimeout(this.timer);
    this.timer = setTimeout(() => {
      this.isOver = true;
      this.interrupt();
    }, this.timeout);
  }

  end(): void {
    clearTimeout(this.timer);
    this.signal.removeEventListener('abort', this.onAbort);
  }
}
