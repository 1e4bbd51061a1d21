/** The business calendar: where the company's days begin, which of them are worked, and when its years start. */
import Holidays from 'date-holidays';
import { DateTime, IANAZone } from 'luxon';

import { KpiError } from '../errors';

import { DAY_MS, isoDate, partsOf } from './civil';

export interface WorkingHours {
  from: string;
  to: string;
}

export interface CalendarOptions {
  /** IANA name; default UTC */
  zone?: string;
  /** ISO weekday that weeks begin with: 1 Monday (default) … 7 Sunday */
  weekStart?: number;
  /** first month of the fiscal year, 1 (default) – 12 */
  fiscalYearStart?: number;
  /** whether a fiscal year carries the year it ends in (default) or starts in */
  fiscalYearNamedBy?: 'end' | 'start';
  /** ISO weekdays that are worked; default Monday to Friday */
  workingDays?: number[];
  /** when a working day begins and ends, `HH:MM` up to `24:00`; default 09:00 to 17:00 */
  workingHours?: WorkingHours;
  /** country or country-region of `date-holidays` (`US`, `DE-BY`), or civil dates, or none */
  holidays?: string | string[];
  /** BCP 47; default en-US */
  locale?: string;
}

export interface Calendar {
  readonly zone: string;
  readonly weekStart: number;
  readonly fiscalYearStart: number;
  readonly fiscalYearNamedBy: 'end' | 'start';
  readonly locale: string;
  readonly workingHours: WorkingHours;
  /** the instant at which a civil date begins in the business zone */
  toInstant(date: number): number;
  /** the civil date that an instant falls on */
  toCivil(instant: number): number;
  /** `time` (`HH:MM`) on a civil date, as an instant */
  at(date: number, time: string): number;
  isWorkingDay(date: number): boolean;
  /** the name of a public holiday, or null */
  holiday(date: number): string | null;
  /** number of working days in the half-open [from, to) */
  workingDaysBetween(from: number, to: number): number;
  /** the n-th working day after `date`; 0 gives `date` itself */
  addWorkingDays(date: number, n: number): number;
}

/** @throws KpiError CONFIG_FILE for a zone that does not exist */
export function createCalendar(options: CalendarOptions = {}): Calendar {
  const zone = options.zone ?? 'UTC';
  if (!IANAZone.isValidZone(zone)) {
    throw new KpiError('CONFIG_FILE', `\`${zone}\` is no IANA time zone; write one like Europe/Berlin`, { zone });
  }
  const working = new Set(options.workingDays ?? [1, 2, 3, 4, 5]);
  const holidayOf = holidayFinder(options.holidays);
  const instants = new Map<number, number>();
  const worked = new Map<number, boolean>();

  /** For each day of a year, how many days before it were worked; one entry more than it has days. */
  const years = new Map<number, { start: number; before: Uint16Array }>();
  const workedIn = (year: number) => {
    let found = years.get(year);
    if (!found) {
      const start = Date.UTC(year, 0, 1);
      const before = new Uint16Array((Date.UTC(year + 1, 0, 1) - start) / DAY_MS + 1);
      for (let i = 1; i < before.length; i++) {
        before[i] = before[i - 1]! + (calendar.isWorkingDay(start + (i - 1) * DAY_MS) ? 1 : 0);
      }
      found = { start, before };
      years.set(year, found);
    }
    return found;
  };

  const calendar: Calendar = {
    zone,
    weekStart: options.weekStart ?? 1,
    fiscalYearStart: options.fiscalYearStart ?? 1,
    fiscalYearNamedBy: options.fiscalYearNamedBy ?? 'end',
    locale: options.locale ?? 'en-US',
    workingHours: options.workingHours ?? { from: '09:00', to: '17:00' },
    toInstant(date) {
      let instant = instants.get(date);
      if (instant === undefined) {
        const { year, month, day } = partsOf(date);
        instant = DateTime.fromObject({ year, month, day }, { zone }).startOf('day').toMillis();
        instants.set(date, instant);
      }
      return instant;
    },
    toCivil(instant) {
      const local = DateTime.fromMillis(instant, { zone });
      return Date.UTC(local.year, local.month - 1, local.day);
    },
    at(date, time) {
      const { year, month, day } = partsOf(date);
      const [hour, minute] = time.split(':').map(Number);
      return DateTime.fromObject({ year, month, day, hour, minute }, { zone }).toMillis();
    },
    isWorkingDay(date) {
      let isWorked = worked.get(date);
      if (isWorked === undefined) {
        isWorked = working.has(partsOf(date).weekday) && holidayOf(date) === null;
        worked.set(date, isWorked);
      }
      return isWorked;
    },
    holiday: holidayOf,
    workingDaysBetween(from, to) {
      if (to <= from) {
        return 0;
      }
      let count = 0;
      const last = yearOf(to);
      for (let year = yearOf(from); year <= last; year++) {
        const { start, before } = workedIn(year);
        const a = Math.max(0, (from - start) / DAY_MS);
        const b = Math.min(before.length - 1, (to - start) / DAY_MS);
        count += before[b]! - before[a]!;
      }
      return count;
    },
    addWorkingDays(date, n) {
      let day = date;
      for (let left = n; left > 0;) {
        day += DAY_MS;
        left -= calendar.isWorkingDay(day) ? 1 : 0;
      }
      return day;
    },
  };
  return calendar;
}

function yearOf(date: number): number {
  return new Date(date).getUTCFullYear();
}

/** Looks holidays up a year at a time, since `date-holidays` computes whole years. */
function holidayFinder(holidays: CalendarOptions['holidays']): (date: number) => string | null {
  if (holidays === undefined || (typeof holidays === 'string' && holidays === '')) {
    return () => null;
  }
  if (Array.isArray(holidays)) {
    const dates = new Set(holidays);
    return (date) => (dates.has(isoDate(date)) ? 'Holiday' : null);
  }
  const [country, state] = holidays.split('-');
  const finder = state ? new Holidays(country!, state) : new Holidays(country!);
  if (!finder.getRules?.().length) {
    throw new KpiError('CONFIG_FILE', `no public holidays are known for \`${holidays}\``, { holidays });
  }
  const years = new Map<number, Map<string, string>>();
  return (date) => {
    const iso = isoDate(date);
    const year = Number(iso.slice(0, 4));
    let names = years.get(year);
    if (!names) {
      const days = finder.getHolidays(year).filter((h) => h.type === 'public');
      names = new Map(days.map((h) => [h.date.slice(0, 10), h.name]));
      years.set(year, names);
    }
    return names.get(iso) ?? null;
  };
}
