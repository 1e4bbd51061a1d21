/** Reads the period of a record, however its source writes it, as the stamp that the store keeps. */
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { civil, parseIsoDate } from '@kpi-monitor/model/time/civil';
import { type Grain, isCivil } from '@kpi-monitor/model/time/grain';
import { periodAt } from '@kpi-monitor/model/time/period';
import { DateTime } from 'luxon';

export interface PeriodForm {
  grain: Grain;
  calendar: Calendar;
  /** luxon formats of texts, tried in turn; default ISO 8601, with quarters as `2026-Q1` */
  formats?: readonly string[];
}

/** Date and time of day as a clock on a wall of the business shows them: what Excel and Parquet hold. */
export class WallClock {
  /** @param time epoch milliseconds, were the business in UTC */
  constructor(readonly time: number) {}

  toJSON(): string | null {
    return Number.isNaN(new Date(this.time).getTime()) ? null : new Date(this.time).toISOString().slice(0, -1);
  }
}

/**
 * The start of the period that `raw` names or falls into, in store time; null when it cannot be read. Texts and dates
 * without an offset are of the business zone; numbers are epoch milliseconds, or a year.
 */
export function readPeriod(raw: unknown, { grain, calendar, formats = [] }: PeriodForm): number | null {
  if (raw instanceof WallClock) {
    return readWallClock(raw.time, grain, calendar);
  }
  const civilDate = typeof raw === 'string' && formats.length === 0 ? civilText(raw) : null;
  if (civilDate !== null) {
    return stamp(civilDate, calendar.toInstant, grain, calendar);
  }
  const instant = instantOf(raw, calendar.zone, formats);
  if (instant === null) {
    return null;
  }
  const time = isCivil(grain) ? calendar.toCivil(instant) : instant;
  return periodAt(time, grain, calendar).start;
}

function readWallClock(time: number, grain: Grain, calendar: Calendar): number | null {
  if (!(Math.abs(time) < 8.64e15)) {
    return null;
  }
  const local = DateTime.fromMillis(time, { zone: 'utc' }).setZone(calendar.zone, { keepLocalTime: true });
  return periodAt(isCivil(grain) ? time : local.toMillis(), grain, calendar).start;
}

function stamp(date: number, toInstant: (date: number) => number, grain: Grain, calendar: Calendar): number {
  return periodAt(isCivil(grain) ? date : toInstant(date), grain, calendar).start;
}

/** Dates, years, months and quarters without a time of day: most records are, and need no time zone. */
function civilText(raw: string): number | null {
  const text = raw.trim();
  const quarter = /^(\d{4})-?Q([1-4])$/i.exec(text);
  if (quarter) {
    return civil(Number(quarter[1]), Number(quarter[2]) * 3 - 2, 1);
  }
  if (/^\d{4}$/.test(text)) {
    return civil(Number(text), 1, 1);
  }
  const month = /^(\d{4})-(\d\d)$/.exec(text);
  if (month) {
    return parseIsoDate(`${text}-01`);
  }
  return parseIsoDate(text);
}

function instantOf(raw: unknown, zone: string, formats: readonly string[]): number | null {
  if (raw instanceof Date) {
    return Number.isNaN(raw.getTime()) ? null : raw.getTime();
  }
  if (typeof raw === 'number') {
    if (Number.isInteger(raw) && raw >= 1900 && raw <= 2200) {
      return DateTime.fromObject({ year: raw }, { zone }).toMillis();
    }
    // Seconds since the epoch would silently mean January 1970.
    return Number.isInteger(raw) && Math.abs(raw) > 1e11 && Math.abs(raw) < 8.64e15 ? raw : null;
  }
  if (typeof raw !== 'string') {
    return null;
  }
  const text = raw.trim();
  // ISO 8601 also has times without a date, and `2026-13` would be one.
  const isIso = formats.length === 0;
  if (isIso && !/^(\d{4}-\d\d-\d\d|\d{8}|\d{4}-?W\d\d)/.test(text)) {
    return null;
  }
  if (isIso) {
    const iso = text.replace(/^(\d{4}-\d\d-\d\d) (\d)/, '$1T$2').replace(/ ?([+-]\d\d)$/, '$1:00');
    return millis(DateTime.fromISO(iso, { zone }));
  }
  for (const format of formats) {
    const time = millis(DateTime.fromFormat(text, format, { zone, locale: 'en-US' }));
    if (time !== null) {
      return time;
    }
  }
  return null;
}

function millis(time: DateTime): number | null {
  return time.isValid ? time.toMillis() : null;
}
