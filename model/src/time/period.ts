/**
 * Periods: half-open spans of the business calendar. Starts and ends are *store time*: civil dates at 00:00Z for a
 * grain of a day or longer, instants for finer ones. `instantOf` maps a store time to the instant it means.
 */
import type { Calendar } from './calendar';
import { addDays, addMonths, civil, DAY_MS, partsOf } from './civil';
import { GRAIN_MS, type Grain, isCivil } from './grain';

export interface Period {
  grain: Grain;
  start: number;
  end: number;
}

/** The period of `grain` that a store time of that grain's kind falls into. */
export function periodAt(time: number, grain: Grain, calendar: Calendar): Period {
  const start = startOf(time, grain, calendar);
  return { grain, start, end: shift(start, grain, 1) };
}

/** The period that is running at an instant. */
export function periodNow(instant: number, grain: Grain, calendar: Calendar): Period {
  return periodAt(isCivil(grain) ? calendar.toCivil(instant) : instant, grain, calendar);
}

/** The period `n` steps later (earlier for negative n). */
export function step(period: Period, n: number): Period {
  return {
    grain: period.grain,
    start: shift(period.start, period.grain, n),
    end: shift(period.start, period.grain, n + 1),
  };
}

/** All periods that touch the half-open [from, to) of store time. */
export function periodsBetween(from: number, to: number, grain: Grain, calendar: Calendar): Period[] {
  const periods: Period[] = [];
  for (let period = periodAt(from, grain, calendar); period.start < to; period = step(period, 1)) {
    periods.push(period);
  }
  return periods;
}

/** The instant that a store time of the grain means. */
export function instantOf(time: number, grain: Grain, calendar: Calendar): number {
  return isCivil(grain) ? calendar.toInstant(time) : time;
}

/** The store time of `fine` grain at which a store time of `coarse` grain begins: dates become instants for hours. */
export function convertTime(time: number, from: Grain, to: Grain, calendar: Calendar): number {
  if (isCivil(from) === isCivil(to)) {
    return time;
  }
  return isCivil(from) ? calendar.toInstant(time) : calendar.toCivil(time);
}

/** The number of the fiscal year that a civil date falls into. */
export function fiscalYear(date: number, calendar: Calendar): number {
  const { year, month } = partsOf(date);
  const starts = month >= calendar.fiscalYearStart ? year : year - 1;
  return calendar.fiscalYearNamedBy === 'end' && calendar.fiscalYearStart > 1 ? starts + 1 : starts;
}

function shift(start: number, grain: Grain, n: number): number {
  switch (grain) {
    case 'minute':
    case 'hour':
      return start + n * GRAIN_MS[grain];
    case 'day':
      return addDays(start, n);
    case 'week':
      return addDays(start, 7 * n);
    case 'month':
      return addMonths(start, n);
    case 'quarter':
    case 'fiscal_quarter':
      return addMonths(start, 3 * n);
    case 'year':
    case 'fiscal_year':
      return addMonths(start, 12 * n);
  }
}

function startOf(time: number, grain: Grain, calendar: Calendar): number {
  if (!isCivil(grain)) {
    return Math.floor(time / GRAIN_MS[grain]) * GRAIN_MS[grain];
  }
  const date = Math.floor(time / DAY_MS) * DAY_MS;
  const { year, month, weekday } = partsOf(date);
  switch (grain) {
    case 'week':
      return addDays(date, -((weekday - calendar.weekStart + 7) % 7));
    case 'month':
      return civil(year, month, 1);
    case 'quarter':
      return civil(year, month - ((month - 1) % 3), 1);
    case 'year':
      return civil(year, 1, 1);
    case 'fiscal_quarter': {
      const into = (month - calendar.fiscalYearStart + 12) % 3;
      return addMonths(civil(year, month, 1), -into);
    }
    case 'fiscal_year': {
      const into = (month - calendar.fiscalYearStart + 12) % 12;
      return addMonths(civil(year, month, 1), -into);
    }
    default:
      return date;
  }
}
