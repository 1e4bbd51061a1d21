/**
 * Notes in the book `quality` what is known only when values come: which records were refused, and how late they were. Each
 * number is about one KPI, one civil day and one thing (`model/quality/rules`), and is written again only when it changes:
 * a window that is re-read meets the same bad rows each time, and still they count once.
 */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { asKpiError } from '@kpi-monitor/model/errors';
import { LATE, RULE_OF_REFUSAL } from '@kpi-monitor/model/quality/rules';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { isCivil } from '@kpi-monitor/model/time/grain';
import type { Point, Store } from '@kpi-monitor/store/store';

import type { Log } from '../log';
import type { Window } from '../sources/source';
import type { Refusal } from '../validation/validate';

export interface LedgerOptions {
  store: Pick<Store, 'record' | 'recorded'>;
  calendar: Calendar;
  log: Log;
  clock: () => number;
}

/** What is noted of a refusal; `time` is the store time of its period, when that could be read. */
export type Refused = Pick<Refusal, 'code' | 'time'>;

export interface Ledger {
  /**
   * A read of a window refused these, and nothing else: what an earlier read refused on its days is over. A record whose
   * period could not be read is about the day of the read.
   */
  read(kpi: Kpi, window: Window, refused: readonly Refused[]): Promise<void>;
  /** A push refused these, beside what others did. */
  pushed(kpi: Kpi, refused: readonly Refused[]): Promise<void>;
  /** The first values of periods came so many hours after they were expected, by the store time of the period. */
  late(kpi: Kpi, hours: ReadonlyMap<number, number>): Promise<void>;
}

/** `what day`: number */
type Notes = Map<string, number>;

export function createLedger({ store, calendar, log, clock }: LedgerOptions): Ledger {
  const stored = new Map<string, Notes>();
  /** wants to be stored: while the store is away it waits here, and a later number takes its place */
  const waiting = new Map<string, Point>();
  let turn: Promise<void> = Promise.resolve();

  const keyOf = (kpi: Kpi) => `${kpi.version} ${kpi.id}`;
  const today = () => calendar.toCivil(clock());
  const dayOf = (kpi: Kpi, time: number | undefined) => {
    // What has not begun yet was refused for that, today.
    const day = time === undefined ? today() : isCivil(kpi.grain) ? time : calendar.toCivil(time);
    return Math.min(Math.floor(day / DAY_MS) * DAY_MS, today());
  };

  const notesOf = async (kpi: Kpi): Promise<Notes> => {
    const known = stored.get(keyOf(kpi));
    if (known) {
      return known;
    }
    const found = await store.recorded('quality', {
      series: [{ kpi: kpi.id, v: kpi.version }],
      ...{ from: -Infinity, to: Infinity },
      where: { what: [LATE, ...Object.keys(RULE_OF_REFUSAL)] },
    });
    const notes: Notes = new Map(
      found.flatMap(({ dims, times, values }) => times.map((time, i) => [`${dims.what} ${time}`, values[i]!] as const))
    );
    stored.set(keyOf(kpi), notes);
    return notes;
  };

  const note = (kpi: Kpi, notes: Notes, key: string, value: number) => {
    if ((notes.get(key) ?? 0) === value) {
      return;
    }
    const [what, time] = key.split(' ');
    const point: Point = { kpi: kpi.id, v: kpi.version, dims: { what: what! }, time: Number(time), value };
    waiting.set(`${keyOf(kpi)} ${key}`, value === 0 ? { ...point, void: true } : point);
    if (value === 0) {
      notes.delete(key);
    } else {
      notes.set(key, value);
    }
  };

  const flush = async () => {
    const points = [...waiting];
    if (points.length > 0) {
      await store.record(
        'quality',
        points.map(([, point]) => point)
      );
      points.forEach(([key, point]) => waiting.get(key) === point && waiting.delete(key));
    }
  };

  /** Notes never keep values away: a store that is away is tried again with the next ones. */
  const noting = (kpi: Kpi, work: (notes: Notes) => void): Promise<void> => {
    turn = turn
      .then(async () => {
        work(await notesOf(kpi));
        await flush();
      })
      .catch((error: unknown) => {
        const { code, message } = asKpiError(error);
        log.debug({ kpi: kpi.id, code }, `what was refused or late is not noted yet: ${message}`);
      });
    return turn;
  };

  const counted = (kpi: Kpi, refused: readonly Refused[]): Notes => {
    const counts: Notes = new Map();
    for (const { code, time } of refused) {
      const key = `${code} ${dayOf(kpi, time)}`;
      counts.set(key, (counts.get(key) ?? 0) + 1);
    }
    return counts;
  };

  return {
    read: (kpi, window, refused) =>
      noting(kpi, (notes) => {
        const counts = counted(kpi, refused);
        const [from, to] = isCivil(kpi.grain)
          ? [window.from, window.to]
          : [calendar.toCivil(window.from), calendar.toCivil(window.to - 1) + DAY_MS];
        for (const key of notes.keys()) {
          const [what, time] = key.split(' ');
          const isRead = (Number(time) >= from && Number(time) < to) || Number(time) === today();
          if (what !== LATE && isRead && !counts.has(key)) {
            note(kpi, notes, key, 0);
          }
        }
        counts.forEach((count, key) => note(kpi, notes, key, count));
      }),
    pushed: (kpi, refused) =>
      noting(kpi, (notes) =>
        counted(kpi, refused).forEach((count, key) => note(kpi, notes, key, (notes.get(key) ?? 0) + count))
      ),
    late: (kpi, hours) =>
      noting(kpi, (notes) => {
        for (const [time, late] of hours) {
          const key = `${LATE} ${dayOf(kpi, time)}`;
          note(kpi, notes, key, Math.max(notes.get(key) ?? 0, Math.round(late * 100) / 100));
        }
      }),
  };
}

export const NO_LEDGER: Ledger = {
  read: () => Promise.resolve(),
  pushed: () => Promise.resolve(),
  late: () => Promise.resolve(),
};
