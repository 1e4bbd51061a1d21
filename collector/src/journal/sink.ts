/** Where validated points go: straight into the store, or first onto the disk. */
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import { settleTime } from '@kpi-monitor/model/aggregation/life';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { periodAt } from '@kpi-monitor/model/time/period';
import type { Point, Store } from '@kpi-monitor/store/store';

import type { Delivery, Refused } from './delivery';
import type { JournalEntry } from './entry';
import type { Journal } from './journal';
import type { OnRefused } from './refused';
import { replaceWindow } from './replace-window';

export interface Accepted {
  /** what the store refused; empty while it is not known yet */
  refused: Refused[];
  /** false: it is safe in the journal, and the store will have it later */
  isStored: boolean;
}

export interface Sink {
  /**
   * Resolves once the entry is safe.
   * @throws KpiError STORE_UNREACHABLE, STORE_REFUSED, JOURNAL_FULL, JOURNAL_DISK; then the caller keeps the points
   */
  put(entry: JournalEntry): Promise<Accepted>;
  /** Like `put`, but waits for the disk alone: what the store refuses goes to the dead letters later. */
  keep(entry: JournalEntry): Promise<void>;
}

export type IsRestatement = (point: Pick<Point, 'kpi' | 'time'>, at: number) => boolean;

/** Told of each stretch of a KPI that was written; half-open, store time. */
export type OnStored = (written: { kpi: string; from: number; to: number; points: number }) => void;

/** Whether a value that changes now had been final: its judged period was over and settled. */
export function restatements(catalogue: () => Pick<Catalogue, 'byId'>, calendar: Calendar): IsRestatement {
  return ({ kpi: id, time }, at) => {
    const kpi = catalogue().byId.get(id);
    return (
      kpi !== undefined && at >= settleTime(periodAt(time, kpi.judge.at, calendar), kpi.judge.settle_after, calendar)
    );
  };
}

export interface DirectSinkOptions {
  store: Store;
  isRestatement: IsRestatement;
  onStored: OnStored;
  onRefused: OnRefused;
}

export function directSink({ store, isRestatement, onStored, onRefused }: DirectSinkOptions): Sink {
  return {
    async keep(entry) {
      await this.put(entry);
    },
    async put(entry) {
      if (entry.points.length === 0) {
        return { refused: [], isStored: true };
      }
      const { written, refused } =
        entry.kind === 'window'
          ? await replaceWindow(store, entry, isRestatement)
          : await writeAll(store, entry.points);
      if (refused.length > 0) {
        await onRefused(refused);
      }
      stretches(written).forEach(onStored);
      return { refused, isStored: true };
    },
  };
}

export function journalSink(journal: Journal, delivery: Delivery): Sink {
  return {
    async keep(entry) {
      await journal.append(entry);
    },
    async put(entry) {
      if (entry.points.length === 0) {
        return { refused: [], isStored: true };
      }
      const refused = await delivery.outcome(await journal.append(entry));
      return { refused: refused ?? [], isStored: refused !== null };
    },
  };
}

async function writeAll(store: Store, points: readonly Point[]): Promise<{ written: Point[]; refused: Refused[] }> {
  const { rejected } = await store.write(points);
  const refused = new Set(rejected.map(({ point }) => point));
  return { written: points.filter((point) => !refused.has(point)), refused: rejected };
}

/** The stretch of each KPI that the points cover, in the order of appearance. */
export function stretches(points: readonly Point[]): Array<Parameters<OnStored>[0]> {
  const found = new Map<string, Parameters<OnStored>[0]>();
  for (const { kpi, time } of points) {
    const known = found.get(kpi) ?? { kpi, from: time, to: time + 1, points: 0 };
    found.set(kpi, {
      kpi,
      from: Math.min(known.from, time),
      to: Math.max(known.to, time + 1),
      points: known.points + 1,
    });
  }
  return [...found.values()];
}
