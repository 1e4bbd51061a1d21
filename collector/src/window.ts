/** Which window a read covers. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { isCivil } from '@kpi-monitor/model/time/grain';
import { periodAt, periodNow, step } from '@kpi-monitor/model/time/period';

import { milliseconds } from './duration';
import type { Window } from './sources/source';

/**
 * From `reread` ago to the end of the running period; further back to the newest stored period, so that nothing is
 * missed after an outage, and at least one period back, since many a source delivers a period after it ended.
 * @param newest start of the newest stored period, store time; null when nothing is stored
 */
export function currentWindow(kpi: Kpi, newest: number | null, now: number, calendar: Calendar): Window {
  const running = periodNow(now, kpi.grain, calendar);
  const back = now - milliseconds(kpi.source!.reread);
  const reread = isCivil(kpi.grain) ? calendar.toCivil(back) : back;
  const from = Math.min(reread, step(running, -1).start, newest ?? Infinity);
  return { from: periodAt(from, kpi.grain, calendar).start, to: running.end };
}

/** Cuts a window into parts of about `parts`, at period starts: for progress, and so that no read grows too long. */
export function* cutWindow({ from, to }: Window, kpi: Kpi, calendar: Calendar, partMs: number): Generator<Window> {
  for (let start = periodAt(from, kpi.grain, calendar).start; start < to;) {
    const end = Math.min(
      to,
      Math.max(periodAt(start + partMs, kpi.grain, calendar).start, step(periodAt(start, kpi.grain, calendar), 1).start)
    );
    yield { from: start, to: end };
    start = end;
  }
}
