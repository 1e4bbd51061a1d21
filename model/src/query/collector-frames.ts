/** Questions about the collector, and what answers them. */
import type { ErrorCode } from '../errors';

/** What a `collector` table shows, and lines over time. */
export const COLLECTOR_PARTS = ['now', 'sources', 'reads', 'values', 'waiting', 'lag'] as const;
export type CollectorPart = (typeof COLLECTOR_PARTS)[number];

export const COLLECTOR_PART_TEXT: Record<CollectorPart, string> = {
  now: 'How it goes now',
  sources: 'How each source goes',
  reads: 'Reads, over time',
  values: 'Values, over time',
  waiting: 'What waits for the store, over time',
  lag: 'How far behind it is, over time',
};

/** What is noted each minute, each a line of the book `collector` under this name. */
export const COLLECTOR_LINES = ['reads', 'failed', 'written', 'refused', 'waiting', 'bytes', 'lag', 'failing'] as const;
export type CollectorLine = (typeof COLLECTOR_LINES)[number];

export const COLLECTOR_LINE_TEXT: Record<CollectorLine, string> = {
  reads: 'Reads that succeeded, a minute',
  failed: 'Reads that failed, a minute',
  written: 'Values stored, a minute',
  refused: 'Records refused, a minute',
  waiting: 'Entries that wait',
  bytes: 'Journal on disk',
  lag: 'Age of the oldest value that waits',
  failing: 'Sources that fail',
};

/** How collecting goes at a moment, as far as the process that answers knows. */
export interface CollectorState {
  sources: CollectorSource[];
  journal: {
    /** `direct` without a journal; `waiting` while the store takes nothing */
    state: 'delivering' | 'waiting' | 'stopped' | 'direct';
    entries: number;
    bytes: number;
    /** epoch milliseconds */
    oldest: number | null;
    lastDelivered: number | null;
    lastError: { code: ErrorCode; message: string } | null;
    /** since the start of the process */
    delivered: number;
    refused: number;
    lost: number;
  };
  pushes: { requests: number; accepted: number; rejected: number };
  /** where refused records are listed */
  deadLetters: string;
  /** epoch milliseconds at which the process began to count, and its clock */
  since: number;
  at: number;
}

export interface CollectorSource {
  kpi: string;
  /** kind of the source */
  source: string;
  /** `waiting`: idle, since the source is not ready yet */
  state: 'idle' | 'waiting' | 'reading' | 'stopped';
  /** epoch milliseconds of the end of the newest read, and of the newest that succeeded */
  lastRead: number | null;
  lastSuccess: number | null;
  /** of the newest read, null when it succeeded */
  lastError: { code: ErrorCode; message: string } | null;
  /** while the source is not ready (`ready_when`): since when, and for what; that is no failure */
  waiting: { since: number; message: string } | null;
  /** reads that failed since the last success */
  failures: number;
  /** since the start of the process */
  reads: number;
  readFailures: number;
  /** reads that found the source not ready */
  readWaits: number;
  points: number;
  rejected: number;
  /** epoch milliseconds; null while it reads or is not scheduled */
  nextRun: number | null;
}

export function succeededReads({ reads, readFailures, readWaits }: CollectorSource): number {
  return reads - readFailures - readWaits;
}

/** A row of `now`: there is one. */
export interface CollectorRow {
  sources: number;
  failing: number;
  /** sources that are not ready for the last period that is over */
  unready: number;
  reads: number;
  failed: number;
  written: number;
  refused: number;
  waiting: number;
  bytes: number;
  /** seconds that the oldest value waits; 0 when none does */
  lag: number;
  lost: number;
  lastDelivered: number | null;
  stateText: string;
  /** since when these are counted */
  since: number;
  file: string;
}

/** A row of `sources`, those that fail first, then those that wait. */
export interface SourceRow {
  kpi: string;
  name: string;
  source: string;
  state: 'failing' | 'waiting' | 'unread' | 'reading' | 'idle' | 'stopped';
  lastSuccess: number | null;
  /** "2 minutes ago" */
  lastSuccessText: string;
  failures: number;
  code: string;
  /** what is wrong, or what is waited for */
  error: string;
  reads: number;
  failed: number;
  written: number;
  refused: number;
  nextRun: number | null;
  nextText: string;
}
