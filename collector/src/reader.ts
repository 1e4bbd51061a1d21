/** Reads one KPI: source, validation, store, dead letters. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { ErrorCode } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import type { Point, Store } from '@kpi-monitor/store/store';

import type { DeadLetters } from './dead-letters';
import { milliseconds } from './duration';
import type { Log } from './log';
import { readWithin } from './patience';
import type { Source, Window } from './sources/source';
import { createValidator, type Refusal } from './validation/validate';
import { KnownSlices } from './zeros';

export interface ReaderContext {
  calendar: Calendar;
  store: Store;
  deadLetters: DeadLetters;
  log: Log;
  clock: () => number;
}

export interface Outcome {
  points: number;
  zeros: number;
  rejected: Partial<Record<ErrorCode, number>>;
}

const BATCH = 5000;

export class KpiReader {
  private readonly known: KnownSlices;

  constructor(
    readonly kpi: Kpi,
    readonly source: Source,
    private readonly context: ReaderContext
  ) {
    this.known = new KnownSlices(kpi);
  }

  /**
   * Reads a window and stores what fits the catalogue. When it throws, nothing is lost: the window is read again.
   * @throws KpiError SOURCE_*, STORE_*
   */
  async read(window: Window, stop: AbortSignal): Promise<Outcome> {
    const { kpi } = this;
    const { calendar, store, clock } = this.context;
    const outcome: Outcome = { points: 0, zeros: 0, rejected: {} };
    const fillsZeros = kpi.source?.missing === 'zero';
    if (fillsZeros) {
      await this.known.load(store, window);
    }
    const now = clock();
    const validator = createValidator(kpi, window, now, calendar);
    const present = new Set<string>();
    let waiting: Point[] = [];
    const flush = async () => {
      outcome.points += await this.write(waiting, outcome);
      waiting = [];
    };

    for await (const records of readWithin(this.source, window, milliseconds(kpi.source!.timeout), stop)) {
      const refusals: Refusal[] = [];
      for (const record of records) {
        const checked = validator.check(record);
        if ('refusal' in checked) {
          refusals.push(checked.refusal);
        } else if ('point' in checked) {
          waiting.push(checked.point);
          if (fillsZeros) {
            present.add(checked.key);
            this.known.see(checked.point.dims, checked.point.time);
          }
        }
      }
      await this.refuse(refusals, outcome);
      if (waiting.length >= BATCH) {
        await flush();
      }
    }
    await flush();
    if (fillsZeros) {
      for (const zero of this.known.zeros(window, present, now, calendar)) {
        waiting.push(zero);
        if (waiting.length >= BATCH) {
          outcome.zeros += await this.write(waiting, outcome);
          waiting = [];
        }
      }
      outcome.zeros += await this.write(waiting, outcome);
    }
    return outcome;
  }

  private async write(points: readonly Point[], outcome: Outcome): Promise<number> {
    if (points.length === 0) {
      return 0;
    }
    const { written, rejected } = await this.context.store.write(points);
    const refusals = rejected.map(({ point, reason }): Refusal => {
      const record = {
        period: new Date(point.time).toISOString(),
        value: point.value,
        weight: point.weight,
        dims: point.dims,
      };
      return { code: 'RECORD_REFUSED', message: `the store refused it: ${reason}`, record };
    });
    await this.refuse(refusals, outcome);
    return written;
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
    const letters = refusals.map(({ code, message, record: { where, broken: _broken, ...record } }) => ({
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
