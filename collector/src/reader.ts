/** Reads one KPI: source, validation, store, dead letters. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { ErrorCode } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import type { Point, Store } from '@kpi-monitor/store/store';

import type { DeadLetters } from './dead-letters';
import { milliseconds } from './duration';
import type { JournalEntry } from './journal/entry';
import type { Sink } from './journal/sink';
import type { Log } from './log';
import { readWithin } from './patience';
import { latePeriods } from './quality/late-periods';
import { type Ledger, NO_LEDGER, type Refused } from './quality/ledger';
import type { Source, Window } from './sources/source';
import { createValidator, type Refusal } from './validation/validate';
import { KnownSlices } from './zeros';

export interface ReaderContext {
  calendar: Calendar;
  store: Store;
  /** where points go */
  sink: Sink;
  deadLetters: DeadLetters;
  log: Log;
  clock: () => number;
  /** masks secrets in what is said about failures */
  redact?: (text: string) => string;
  /** notes what is refused and late; default nowhere */
  ledger?: Ledger;
}

export interface Outcome {
  points: number;
  zeros: number;
  rejected: Partial<Record<ErrorCode, number>>;
}

/** A window of more points is written as it comes and replaces nothing: it would have to be held in memory. */
const LARGEST_WINDOW = 100_000;

export class KpiReader {
  private readonly known: KnownSlices;
  /** start of the newest period that a read has brought: while the store is away, it does not know of it */
  private newestRead = -Infinity;

  constructor(
    readonly kpi: Kpi,
    readonly source: Source,
    private readonly context: ReaderContext
  ) {
    this.known = new KnownSlices(kpi);
  }

  /**
   * Reads a window and hands on what fits the catalogue; what the window held before and the source no longer has is
   * withdrawn. When it throws, nothing is lost: the window is read again.
   * @param newest start of the newest period that is there already: later ones may come late. Null while history is read,
   * whose lateness nobody can tell.
   * @param source what to read instead of all that the source has
   * @throws KpiError SOURCE_*, STORE_*, JOURNAL_*
   */
  async read(
    window: Window,
    stop: AbortSignal,
    newest: number | null = null,
    source: Pick<Source, 'read' | 'isPartial'> = this.source
  ): Promise<Outcome> {
    const { kpi } = this;
    const { calendar, store, clock, ledger = NO_LEDGER } = this.context;
    const noted: Refused[] = [];
    const fresh = new Set<number>();
    const known = Math.max(newest ?? Infinity, this.newestRead);
    const outcome: Outcome = { points: 0, zeros: 0, rejected: {} };
    // A source may find out while it reads.
    const isPartial = () => source.isPartial === true;
    const fillsZeros = kpi.source?.missing === 'zero' && !isPartial();
    if (fillsZeros) {
      await this.known.load(store, window);
    }
    const now = clock();
    const validator = createValidator(kpi, window, now, calendar);
    const present = new Set<string>();
    let isWhole = true;
    let waiting: Point[] = [];

    const patience = this.source.patience ?? milliseconds(kpi.source!.timeout);
    for await (const records of readWithin(source, window, patience, stop)) {
      const refusals: Refusal[] = [];
      for (const record of records) {
        const checked = validator.check(record);
        if ('refusal' in checked) {
          refusals.push(checked.refusal);
        } else if ('point' in checked) {
          waiting.push(checked.point);
          if (checked.point.time > known) {
            fresh.add(checked.point.time);
          }
          if (fillsZeros) {
            present.add(checked.key);
            this.known.see(checked.point.dims, checked.point.time);
          }
        }
      }
      await this.refuse(refusals, outcome);
      noted.push(...refusals.map(({ code, time }) => ({ code, time })));
      if (waiting.length >= LARGEST_WINDOW) {
        isWhole = false;
        outcome.points += await this.put({ kind: 'points', at: now, points: waiting }, outcome, noted);
        waiting = [];
      }
    }
    isWhole &&= !isPartial();
    const zeros = fillsZeros && !isPartial() ? [...this.known.zeros(window, present, now, calendar)] : [];
    const points = [...waiting, ...zeros];
    // What a refused record was about may be anything, so nothing is taken for gone.
    const replaces = isWhole && Object.keys(outcome.rejected).length === 0;
    const entry: JournalEntry = replaces
      ? { kind: 'window', at: now, kpi: kpi.id, v: kpi.version, ...window, points }
      : { kind: 'points', at: now, points };
    const kept = await this.put(entry, outcome, noted);
    await this.source.kept?.();
    outcome.zeros = Math.min(zeros.length, kept);
    outcome.points += kept - outcome.zeros;
    fresh.forEach((time) => (this.newestRead = Math.max(this.newestRead, time)));
    // Who reads only what is new does not meet again what was refused.
    await (this.source.isPartial ? ledger.pushed(kpi, noted) : ledger.read(kpi, window, noted));
    await ledger.late(kpi, latePeriods(kpi, fresh, known, now, calendar));
    return outcome;
  }

  /** How many points of the entry were kept. */
  private async put(entry: JournalEntry, outcome: Outcome, noted: Refused[]): Promise<number> {
    const { refused } = await this.context.sink.put(entry);
    if (refused.length > 0) {
      // Where points go, those that are refused are listed.
      noted.push(...refused.map(({ point: { time } }) => ({ code: 'RECORD_REFUSED' as const, time })));
      outcome.rejected.RECORD_REFUSED = (outcome.rejected.RECORD_REFUSED ?? 0) + refused.length;
    }
    return entry.points.length - refused.length;
  }

  private async refuse(refusals: readonly Refusal[], outcome: Outcome): Promise<void> {
    if (refusals.length === 0) {
      return;
    }
    for (const { code } of refusals) {
      outcome.rejected[code] = (outcome.rejected[code] ?? 0) + 1;
    }
    const at = new Date(this.context.clock()).toISOString();
    const { deadLetters, log } = this.context;
    const letters = refusals.map(({ code, message, record: { where, broken: _broken, part: _part, ...record } }) => ({
      at,
      kpi: this.kpi.id,
      code,
      message,
      ...(where && { where }),
      record,
    }));
    // A disk that is full must not keep the good records away.
    await deadLetters.add(letters).catch((error: Error) => {
      log.error({ kpi: this.kpi.id, file: deadLetters.path, error: error.message }, 'refused records cannot be listed');
    });
  }
}
