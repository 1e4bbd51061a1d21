/** What every kind of source is: something that reads records of one KPI for a window of time. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';

/** A value as the source has it, before it is checked against the catalogue. */
export interface RawRecord {
  /** a date, a month, a quarter, an instant: whatever `validation/period.ts` can read */
  period: unknown;
  value: unknown;
  weight?: unknown;
  /** dimension -> member */
  dims: Readonly<Record<string, unknown>>;
  /** where in the source it stands, e.g. `line 12`: for the dead letters */
  where?: string;
  /** why it is no record at all, e.g. a row with too few columns */
  broken?: string;
}

/** Half-open [from, to) in store time of the KPI's grain: civil dates at 00:00Z for a day or longer, else instants. */
export interface Window {
  from: number;
  to: number;
}

export interface Source {
  /** it gives what is new, not all of a window: what it does not give is not gone */
  readonly isPartial?: boolean;
  /**
   * It goes on from where its last read ended, and all of what it gives counts: it is asked for a window that begins
   * with `EVERYTHING`. Another window is read from the beginning, and moves nothing.
   */
  readonly resumes?: boolean;
  /** Milliseconds that it may be silent, when it sees to `timeout` itself; default `timeout`. */
  readonly patience?: number;
  /**
   * What identifies the state of a source that is always read as a whole, such as a file: while it stays the same the
   * source is not read again, and when it changes all of it counts.
   */
  fingerprint?(): Promise<string>;
  /** Where the first read into an empty store begins, a store time; null: no further back than any other read. */
  origin(now: number): number | null;
  /**
   * Records of the window, in batches; records outside of it may come too and are left out later.
   * @throws KpiError SOURCE_UNREACHABLE, SOURCE_REFUSED, SOURCE_TIMEOUT, SOURCE_FORMAT
   */
  read(window: Window, signal: AbortSignal): AsyncIterable<RawRecord[]>;
  /** Told when all that the newest read gave is safe. */
  kept?(): Promise<void>;
}

/** Before anything that a file may hold. */
export const EVERYTHING = -8.64e15;

/** Whether somebody has to go and read it: what is pushed comes by itself. */
export function isRead(kpi: Kpi): boolean {
  return kpi.source !== undefined && kpi.source.kind !== 'push';
}
