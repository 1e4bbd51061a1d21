/** Which window a read covers. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { isCivil } from '@kpi-monitor/model/time/grain';
import { convertTime, periodAt, periodNow, step } from '@kpi-monitor/model/time/period';

import { milliseconds } from './duration';
import type { Window } from './sources/source';

/** How much of a long history is read at once, in milliseconds. */
export const HISTORY_PART = 92 * 86_400_000;

/** Before the running one: one of them may still be provisional. */
const JUDGED_PERIODS = 2;

/**
 * From `reread` ago to the end of the running period; further back to the newest stored period, so that nothing is
 * missed after an outage, and at least one period back, since many a source delivers a period after it ended. The
 * first read goes back to what can be judged already, except over HTTP, where many a service gives a few days and no more.
 * @param newest start of the newest stored period, store time; null when nothing is stored
 */
export function currentWindow(kpi: Kpi, newest: number | null, now: number, calendar: Calendar): Window {
  const running = periodNow(now, kpi.grain, calendar);
  const back = now - milliseconds(kpi.source!.reread);
  const reread = isCivil(kpi.grain) ? calendar.toCivil(back) : back;
  const from = Math.min(reread, step(running, -1).start, newest ?? enoughToJudge(kpi, now, calendar));
  return { from: periodAt(from, kpi.grain, calendar).start, to: running.end };
}

function enoughToJudge(kpi: Kpi, now: number, calendar: Calendar): number {
  const { grain, judge } = kpi;
  const { start } = step(periodNow(now, judge.at, calendar), -JUDGED_PERIODS);
  return kpi.source!.kind === 'http' ? Infinity : convertTime(start, judge.at, grain, calendar);
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
