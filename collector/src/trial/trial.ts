/** Reads a source once, as the collector would, and says what would come of it; nothing is written anywhere. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { ErrorCode } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { isCivil } from '@kpi-monitor/model/time/grain';
import { periodNow } from '@kpi-monitor/model/time/period';
import { dimsKey } from '@kpi-monitor/store/points';
import type { Restated } from '@kpi-monitor/store/revision';
import type { Point } from '@kpi-monitor/store/store';

import type { DeadLetter } from '../dead-letters';
import type { JournalEntry } from '../journal/entry';
import { replaceWindow } from '../journal/replace-window';
import { restatements } from '../journal/sink';
import { SILENT } from '../log';
import { KpiReader } from '../reader';
import { EVERYTHING, type RawRecord, type Source, type Window } from '../sources/source';
import { type Checked, createValidator, type Validator } from '../validation/validate';
import { currentWindow } from '../window';

import { createDryStore, type StoredReads } from './dry-store';
import { lineOf } from './line';

export interface TrialOptions {
  calendar: Calendar;
  clock: () => number;
  /** what is stored already */
  stored: StoredReads;
  /** civil dates, half-open [from, to); default: what the next read would cover */
  from?: number;
  to?: number;
  /** records that are shown one by one */
  shown: number;
  signal?: AbortSignal;
}

export interface TrialRow {
  record: RawRecord;
  /** what became of it */
  checked: Checked;
}

export interface TrialReason {
  code: ErrorCode;
  count: number;
  /** of the first one */
  where: string;
  message: string;
}

export interface Trial {
  /** store time, half-open */
  window: Window;
  records: number;
  /** the first of them */
  rows: TrialRow[];
  /** records of periods that the window does not hold */
  outside: number;
  /** the most frequent first */
  refused: TrialReason[];
  /** explicit zeros among the points, for rows that are absent */
  zeros: number;
  /** keys: (period, dimensions) */
  would: {
    /** have a value for the first time */
    add: number;
    /** have another one */
    change: number;
    keep: number;
    /** be withdrawn, since the source no longer has them */
    withdraw: number;
    /** of those: in periods that were settled, so that they are kept as restated */
    restate: number;
  };
  /** of what would be stored: a value a period, members rolled up; oldest first */
  line: { times: number[]; values: number[] };
}

/** @throws KpiError SOURCE_*, STORE_* when what is stored cannot be read */
export async function tryRead(kpi: Kpi, source: Source, options: TrialOptions): Promise<Trial> {
  const { calendar, clock, stored, shown } = options;
  const now = clock();
  const window = windowOf(kpi, source, options);
  const store = createDryStore(stored);
  const letters: DeadLetter[] = [];
  const entries: JournalEntry[] = [];
  const seen = { records: 0, outside: 0, rows: [] as TrialRow[] };
  const keep = async (entry: JournalEntry) => void entries.push(entry);
  const put = async (entry: JournalEntry) => {
    await keep(entry);
    return { refused: [], isStored: true };
  };
  const reader = new KpiReader(kpi, tapped(source, createValidator(kpi, window, now, calendar), seen, shown), {
    ...{ calendar, store, clock: () => now, log: SILENT },
    deadLetters: { path: '', add: async (its) => letters.push(...its) },
    sink: { put, keep },
  });
  const { zeros } = await reader.read(window, options.signal ?? new AbortController().signal);
  const points = entries.flatMap((entry) => entry.points);
  const held = await heldValues(kpi, window, stored);
  const isRestatement = restatements(() => ({ byId: new Map([[kpi.id, kpi]]) }), calendar);
  for (const entry of entries) {
    await (entry.kind === 'window' ? replaceWindow(store, entry, isRestatement) : store.write(entry.points));
  }
  const valued = store.written.filter((point) => !point.void);
  const known = valued.filter((point) => held.has(keyOf(point)));
  const change = known.filter((point) => held.get(keyOf(point)) !== valueOf(point)).length;
  const add = valued.length - known.length;
  const restate = store.appended.reduce((sum, { data }) => sum + (data as unknown as Restated).count, 0);
  return {
    window,
    ...seen,
    refused: reasonsOf(letters),
    zeros,
    would: { add, change, keep: points.length - add - change, withdraw: store.written.length - valued.length, restate },
    line: lineOf(kpi, points),
  };
}

/** What the next read would cover: all of a source that is read as a whole, else as far back as `reread` goes. */
function windowOf(kpi: Kpi, source: Source, { from, to, clock, calendar }: TrialOptions): Window {
  const next = source.changes
    ? { from: EVERYTHING, to: periodNow(clock(), kpi.grain, calendar).end }
    : currentWindow(kpi, null, clock(), calendar);
  const bound = (date: number) => (isCivil(kpi.grain) ? date : calendar.toInstant(date));
  return { from: from === undefined ? next.from : bound(from), to: to === undefined ? next.to : bound(to) };
}

function tapped(
  source: Source,
  validator: Validator,
  seen: { records: number; outside: number; rows: TrialRow[] },
  shown: number
): Source {
  return {
    get isPartial() {
      return source.isPartial;
    },
    patience: source.patience,
    origin: (now) => source.origin(now),
    async *read(window, signal) {
      for await (const records of source.read(window, signal)) {
        for (const record of records) {
          const checked = validator.check(record);
          seen.records++;
          seen.outside += Number('outside' in checked);
          // What belongs to the window says more than what comes before it.
          if (seen.rows.length < shown && !('outside' in checked)) {
            seen.rows.push({ record, checked });
          }
        }
        yield records;
      }
    },
  };
}

async function heldValues(kpi: Kpi, { from, to }: Window, stored: StoredReads): Promise<Map<string, string>> {
  const held = new Map<string, string>();
  for (const { dims, times, values, weights } of await stored.read({
    series: [{ kpi: kpi.id, v: kpi.version }],
    ...{ from, to },
  })) {
    times.forEach((time, i) =>
      held.set(keyOf({ time, dims }), valueOf({ value: values[i]!, weight: weights?.[i] ?? undefined }))
    );
  }
  return held;
}

function keyOf({ time, dims }: Pick<Point, 'time' | 'dims'>): string {
  return `${time} ${dimsKey(dims)}`;
}

function valueOf({ value, weight }: Pick<Point, 'value' | 'weight'>): string {
  return `${value} ${weight ?? ''}`;
}

function reasonsOf(letters: readonly DeadLetter[]): TrialReason[] {
  const reasons = new Map<ErrorCode, TrialReason>();
  for (const { code, where = '', message } of letters) {
    const known = reasons.get(code);
    reasons.set(code, known ? { ...known, count: known.count + 1 } : { code, count: 1, where, message });
  }
  return [...reasons.values()].sort((a, b) => b.count - a.count);
}
