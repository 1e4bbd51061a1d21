/** What every kind of source is: something that reads records of one KPI for a window of time. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { KpiError } from '@kpi-monitor/model/errors';

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
  /** the file that it is from, where a source has many: what one has is not looked for in the next */
  part?: string;
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
  /** Finds what is wrong without reading. @throws KpiError SOURCE_UNREACHABLE for a file that is not there */
  check?(): Promise<void>;
  /**
   * It goes on from where its last read ended, and all of what it gives counts: it is asked for a window that begins
   * with `EVERYTHING`. Another window is read from the beginning, and moves nothing.
   */
  readonly resumes?: boolean;
  /** Milliseconds that it may be silent, when it sees to `timeout` itself; default `timeout`. */
  readonly patience?: number;
  /**
   * For a source of files, which says by itself what is new: what there is to read; null when nothing has changed.
   * @param known what was read before, in any order
   * @param also store times that are to be read whether they have changed or not
   * @throws KpiError as `read`
   */
  changes?(known: readonly FilePart[], also: Window | null, signal: AbortSignal): Promise<FileChanges | null>;
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

/** A file as it was when it was read. */
export interface FilePart {
  name: string;
  /** changes with the file, and with how the KPI asks for it to be read */
  mark: string;
  /** half-open store times of its records; empty when it has none */
  from: number;
  to: number;
  /** instant from which it has more to say: when the first of its periods begins that had not begun yet */
  again?: number;
}

export interface FileChanges extends Pick<Source, 'read'> {
  /** what is read, as a whole if not partial; null: everything */
  readonly window: Window | null;
  /** known for good after the read: a file is gone or broken, and what it held is not to be withdrawn */
  readonly isPartial: boolean;
  /** after the read: what was read, for the next time */
  readonly parts: readonly FilePart[];
  /** after the read: of the files that could not be read, while others could */
  readonly failure: KpiError | null;
}

/** Before anything that a file may hold. */
export const EVERYTHING = -8.64e15;

/** Whether somebody has to go and read it: what is pushed or posted comes by itself. */
export function isRead(kpi: Kpi): boolean {
  return kpi.source !== undefined && kpi.source.kind !== 'push' && kpi.source.kind !== 'webhook';
}
