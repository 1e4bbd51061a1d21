/** `missing: zero`: after a read that succeeded, what is due and has no row is written as an explicit zero. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { expectedAt } from '@kpi-monitor/model/judgement/freshness';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { periodAt, step } from '@kpi-monitor/model/time/period';
import { dimsKey } from '@kpi-monitor/store/points';
import type { Point, Store } from '@kpi-monitor/store/store';

import type { Window } from './sources/source';

interface KnownSlice {
  dims: Readonly<Record<string, string>>;
  /** store time before which it did not exist */
  since: number;
}

/** What a KPI's slices are, as far as they were ever seen. */
export class KnownSlices {
  private readonly slices = new Map<string, KnownSlice>();
  private isLoaded = false;

  constructor(private readonly kpi: Kpi) {}

  /** @throws KpiError STORE_UNREACHABLE */
  async load(store: Store, window: Window): Promise<void> {
    if (this.isLoaded) {
      return;
    }
    const stored = await store.read({
      series: [{ kpi: this.kpi.id, v: this.kpi.version }],
      from: -8.64e15,
      to: window.to,
      step: { ms: DAY_MS, fn: 'count' },
    });
    for (const { dims, times } of stored) {
      if (times.length > 0) {
        this.see(dims, times[0]!);
      }
    }
    this.isLoaded = true;
  }

  see(dims: Readonly<Record<string, string>>, time: number): void {
    const key = dimsKey(dims);
    const known = this.slices.get(key);
    if (!known || time < known.since) {
      this.slices.set(key, { dims, since: time });
    }
  }

  /**
   * Zeros for the (slice, period) cells of the window that are due at `now` and not among `present`, whose members are
   * the validator's keys.
   */
  *zeros(window: Window, present: ReadonlySet<string>, now: number, calendar: Calendar): Generator<Point> {
    const { id, version, grain } = this.kpi;
    for (const { dims, since } of this.slices.values()) {
      const key = dimsKey(dims);
      for (
        let period = periodAt(Math.max(window.from, since), grain, calendar);
        period.start < window.to && expectedAt(this.kpi, period, calendar) <= now;
        period = step(period, 1)
      ) {
        if (period.start >= window.from && !present.has(`${period.start} ${key}`)) {
          yield { kpi: id, v: version, dims, time: period.start, value: 0 };
        }
      }
    }
  }
}
