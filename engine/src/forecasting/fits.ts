/**
 * Fitted forecasts. A fit belongs to the values that it was made from: it is made once, kept in memory and on the shelf,
 * which other processes may share, and made again when there are others. It goes on when whoever asked has left, since it
 * will be asked for again.
 */
import type { ForecastFit, ForecastRefusal, ForecastSeries } from '@kpi-monitor/analysis/forecast/series';

import { contentKey } from '../work/content-key';
import type { Work } from '../work/work';

export type Fit = ForecastFit | ForecastRefusal;

/** Raised when fits come out otherwise from the same values. */
const FORMAT = 2;

export interface ShelvedFit {
  /** of the values that it was made from */
  key: string;
  /** end of these values: store time */
  until: number;
  fit: Fit;
}

/** Where fits outlast a restart, and other processes find them: the newest of each name. */
export interface FitShelf {
  load(name: string): Promise<ShelvedFit | null>;
  save(name: string, fit: ShelvedFit): Promise<void>;
}

export interface AskedFit {
  /** what it is a forecast of */
  name: string;
  series: ForecastSeries;
  /** end of its values: store time */
  until: number;
  /** milliseconds to wait for it */
  patience: number;
}

export interface Fits {
  /** @returns null when it is not ready in time */
  get(asked: AskedFit): Promise<Fit | null>;
  /** fits that are being made or wait for their turn */
  pending(): number;
}

const KEPT = 4000;

export function createFits(work: Work, shelf?: FitShelf): Fits {
  const known = new Map<string, Fit>();
  const running = new Map<string, Promise<Fit>>();

  const keep = (key: string, fit: Fit) => {
    known.set(key, fit);
    if (known.size > KEPT) {
      known.delete(known.keys().next().value!);
    }
  };

  const make = async ({ name, series, until }: AskedFit, key: string): Promise<Fit> => {
    const found = await shelf?.load(name);
    if (found?.key === key) {
      return found.fit;
    }
    const fit = await work.run('fit', series);
    // Somebody may look at last June: what is on the shelf is of today.
    if (shelf && until >= (found?.until ?? -Infinity)) {
      await shelf.save(name, { key, until, fit });
    }
    return fit;
  };

  return {
    async get(asked) {
      const key = contentKey(FORMAT, asked.series);
      const found = known.get(key);
      if (found) {
        return found;
      }
      let fitting = running.get(key);
      if (!fitting) {
        fitting = make(asked, key);
        running.set(key, fitting);
        fitting.then(
          (fit) => {
            running.delete(key);
            keep(key, fit);
          },
          () => running.delete(key)
        );
      }
      return Number.isFinite(asked.patience) ? Promise.race([fitting, after(asked.patience)]) : fitting;
    },
    pending: () => running.size,
  };
}

function after(ms: number): Promise<null> {
  return new Promise((resolve) => setTimeout(resolve, ms, null).unref());
}
