/** How much of a period is usually there by a day: supplied phasing, the usual course, working days, or calendar days. */
import type { Slice } from '../aggregation/evaluate';
import type { Kpi } from '../catalogue/catalogue';
import type { Calendar } from '../time/calendar';
import { addDays, DAY_MS } from '../time/civil';
import { isCivil } from '../time/grain';
import { type Period, periodsBetween, step } from '../time/period';

import { phasingWithin, type Scope } from './references';

export interface Pace {
  /** share of the period's volume that was to have come in by now, 0–1 */
  expected: number;
  basis: 'phasing' | 'usual course' | 'working days' | 'calendar days';
}

/** Settled periods that the usual course is taken from, at least and at most. */
export const COURSE_MIN = 12;
const COURSE_MAX = 24;

export interface PaceRequest {
  kpi: Kpi;
  slice: Slice;
  period: Period;
  /** store time up to which the period is looked at */
  until: number;
  scope: Scope;
  calendar: Calendar;
  asOf: number;
}

export function paceOf(request: PaceRequest): Pace {
  const { kpi, period, until, calendar } = request;
  const linear: Pace = {
    expected: clamp((until - period.start) / (period.end - period.start)),
    basis: 'calendar days',
  };
  if (!isCivil(period.grain) || kpi.pace === 'linear') {
    return linear;
  }
  if (kpi.pace === 'auto' || kpi.pace === 'phasing') {
    const phased = byPhasing(request);
    if (phased !== null) {
      return { expected: phased, basis: 'phasing' };
    }
  }
  if (kpi.pace === 'auto' || kpi.pace === 'history') {
    const usual = byHistory(request);
    if (usual !== null) {
      return { expected: usual, basis: 'usual course' };
    }
  }
  const all = calendar.workingDaysBetween(period.start, period.end);
  return all === 0
    ? linear
    : { expected: calendar.workingDaysBetween(period.start, until) / all, basis: 'working days' };
}

function byPhasing({ kpi, period, until, scope, calendar, asOf }: PaceRequest): number | null {
  const shares = phasingWithin(kpi, period, scope, calendar, asOf);
  if (!shares) {
    return null;
  }
  const months = periodsBetween(period.start, period.end, 'month', calendar);
  return months.reduce((sum, month, i) => {
    const days = calendar.workingDaysBetween(month.start, month.end);
    const gone = calendar.workingDaysBetween(month.start, Math.max(month.start, Math.min(until, month.end)));
    return sum + shares[i]! * (days === 0 ? Number(until >= month.end) : gone / days);
  }, 0);
}

/**
 * The median, over past settled periods, of the share that had come in by the same working day; a day of a longer
 * month is a smaller share of it. Counted from the start in the first half and from the end in the second, so that
 * month-ends meet month-ends.
 */
function byHistory({ kpi, slice, period, until, calendar }: PaceRequest): number | null {
  if (kpi.aggregate.time !== 'sum' || slice.begin === null) {
    return null;
  }
  const days = calendar.workingDaysBetween(period.start, period.end);
  const isEarly = calendar.workingDaysBetween(period.start, until) * 2 <= days;
  const shares: number[] = [];
  for (let n = 1; n <= COURSE_MAX; n++) {
    const past = step(period, -n);
    if (past.start < slice.begin) {
      break;
    }
    const whole = slice.over(past.start, past.end);
    if (whole.value === null || whole.value <= 0 || whole.completeness < kpi.judge.min_complete) {
      continue;
    }
    const part = slice.over(past.start, samePosition(period, until, past, calendar)).value ?? 0;
    const share = part / whole.value;
    const length = days === 0 ? 1 : calendar.workingDaysBetween(past.start, past.end) / days;
    shares.push(isEarly ? share * length : 1 - (1 - share) * length);
  }
  return shares.length < COURSE_MIN ? null : clamp(median(shares));
}

/**
 * The point of another period at the same working position: as many working days from its start or, in the second
 * half, as many before its end, so that month-ends meet month-ends; never outside of that period.
 */
export function samePosition(period: Period, until: number, other: Period, calendar: Calendar): number {
  if (!isCivil(period.grain) || period.end - period.start < 7 * DAY_MS) {
    return Math.min(other.end, other.start + (until - period.start));
  }
  if (until <= period.start) {
    return other.start;
  }
  if (until >= period.end) {
    return other.end;
  }
  const gone = calendar.workingDaysBetween(period.start, until);
  const left = calendar.workingDaysBetween(until, period.end);
  return gone <= left ? forward(other, gone, calendar) : backward(other, left, calendar);
}

function forward(period: Period, days: number, calendar: Calendar): number {
  let date = period.start;
  for (let left = days; left > 0 && date < period.end; date = addDays(date, 1)) {
    left -= calendar.isWorkingDay(date) ? 1 : 0;
  }
  return date;
}

function backward(period: Period, days: number, calendar: Calendar): number {
  let date = period.end;
  for (let left = days; left > 0 && date > period.start;) {
    date = addDays(date, -1);
    left -= calendar.isWorkingDay(date) ? 1 : 0;
  }
  return date;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle]! : (sorted[middle - 1]! + sorted[middle]!) / 2;
}

function clamp(share: number): number {
  return Math.max(0, Math.min(1, share));
}
