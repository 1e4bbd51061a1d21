/** Which times records have, as they go by. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { periodFormats } from '@kpi-monitor/model/catalogue/source-schema';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { instantOf } from '@kpi-monitor/model/time/period';

import { readPeriod } from '../../validation/period';
import type { FilePart, RawRecord, Window } from '../source';

export class Span {
  private from = Infinity;
  private to = -Infinity;
  private again = Infinity;

  constructor(
    private readonly kpi: Kpi,
    private readonly calendar: Calendar,
    private readonly now: number
  ) {}

  see(records: readonly RawRecord[]): void {
    const { kpi, calendar } = this;
    const form = { grain: kpi.grain, calendar, formats: periodFormats(kpi.source) };
    for (const { period, broken } of records) {
      const time = broken === undefined ? readPeriod(period, form) : null;
      if (time === null) {
        continue;
      }
      const begins = instantOf(time, kpi.grain, calendar);
      if (begins > this.now) {
        this.again = Math.min(this.again, begins);
      } else {
        this.from = Math.min(this.from, time);
        this.to = Math.max(this.to, time + 1);
      }
    }
  }

  /** Half-open store times; null when there was none. */
  get window(): Window | null {
    return this.from < this.to ? { from: this.from, to: this.to } : null;
  }

  get part(): Omit<FilePart, 'name' | 'mark'> {
    return { ...(this.window ?? { from: 0, to: 0 }), ...(this.again < Infinity && { again: this.again }) };
  }
}
