/** When a query is evaluated: once for each period, at its end, over its length. */
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import type { Grain } from '@kpi-monitor/model/time/grain';
import { instantOf, type Period, periodsBetween } from '@kpi-monitor/model/time/period';

import type { Window } from '../source';

/** Periods of one length that follow each other: Prometheus evaluates them in one request. */
export interface Run {
  periods: Period[];
  /** instant of the first evaluation */
  first: number;
  /** milliseconds of each period, and from one evaluation to the next */
  length: number;
}

/** Prometheus refuses more than 11,000 points a series; fewer keep an answer small. */
const MOST_PERIODS = 2000;

/**
 * The runs of a window. A period is evaluated a millisecond before its end, so that what happens at midnight belongs to
 * the next; the running one now, over what has passed of it. A day on which clocks change is a run of its own.
 */
export function runsOf(window: Window, grain: Grain, now: number, calendar: Calendar): Run[] {
  const runs: Run[] = [];
  for (const period of periodsBetween(window.from, window.to, grain, calendar)) {
    const start = instantOf(period.start, grain, calendar);
    const end = instantOf(period.end, grain, calendar);
    if (start >= now) {
      break;
    }
    const isRunning = end > now;
    const length = isRunning ? Math.max(1000, now - start) : end - start;
    const last = runs.at(-1);
    if (!isRunning && last && last.length === length && last.periods.length < MOST_PERIODS) {
      last.periods.push(period);
    } else {
      runs.push({ periods: [period], first: isRunning ? now : end - 1, length });
    }
  }
  return runs;
}

/** `86400s`, as PromQL writes durations. */
export function promDuration(ms: number): string {
  return ms % 1000 === 0 ? `${ms / 1000}s` : `${Math.round(ms)}ms`;
}
