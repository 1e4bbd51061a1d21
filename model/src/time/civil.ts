/**
 * Civil dates as numbers: the milliseconds of the date at 00:00Z. Arithmetic on them is arithmetic on the
 * calendar, with no time zone and no daylight saving; only `calendar.ts` maps them to instants.
 */
export const DAY_MS = 86_400_000;

export function civil(year: number, month: number, day: number): number {
  return Date.UTC(year, month - 1, day);
}

export interface CivilParts {
  year: number;
  /** 1–12 */
  month: number;
  /** 1–31 */
  day: number;
  /** ISO: 1 Monday … 7 Sunday */
  weekday: number;
}

export function partsOf(date: number): CivilParts {
  const d = new Date(date);
  return {
    year: d.getUTCFullYear(),
    month: d.getUTCMonth() + 1,
    day: d.getUTCDate(),
    weekday: ((d.getUTCDay() + 6) % 7) + 1,
  };
}

export function addDays(date: number, days: number): number {
  return date + days * DAY_MS;
}

/** Adds months; a day that the month does not have becomes its last. */
export function addMonths(date: number, months: number): number {
  const { year, month, day } = partsOf(date);
  const first = Date.UTC(year, month - 1 + months, 1);
  return addDays(first, Math.min(day, daysInMonth(first)) - 1);
}

export function daysInMonth(date: number): number {
  const { year, month } = partsOf(date);
  return new Date(Date.UTC(year, month, 0)).getUTCDate();
}

/** `2026-03-01` */
export function isoDate(date: number): string {
  return new Date(date).toISOString().slice(0, 10);
}

/** Reads `YYYY-MM-DD`; null for anything that is not a date of the calendar. */
export function parseIsoDate(text: string): number | null {
  const match = /^(\d{4})-(\d\d)-(\d\d)$/.exec(text);
  if (!match) {
    return null;
  }
  const date = Date.UTC(Number(match[1]), Number(match[2]) - 1, Number(match[3]));
  return isoDate(date) === text ? date : null;
}
