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

/** Days to a date of the proleptic Gregorian calendar (Hinnant, "chrono-compatible low-level date algorithms"). */
export function partsOf(date: number): CivilParts {
  const days = Math.floor(date / DAY_MS);
  const z = days + 719_468;
  const era = Math.floor(z / 146_097);
  const dayOfEra = z - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const shifted = Math.floor((5 * dayOfYear + 2) / 153);
  const month = shifted < 10 ? shifted + 3 : shifted - 9;
  return {
    year: yearOfEra + era * 400 + (month <= 2 ? 1 : 0),
    month,
    day: dayOfYear - Math.floor((153 * shifted + 2) / 5) + 1,
    weekday: ((((days + 3) % 7) + 7) % 7) + 1,
  };
}

export function addDays(date: number, days: number): number {
  return date + days * DAY_MS;
}

/** Adds months; a day that the month does not have becomes its last. */
export function addMonths(date: number, months: number): number {
  const { year, month, day } = partsOf(date);
  const first = Date.UTC(year, month - 1 + months, 1);
  if (day === 1) {
    return first;
  }
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
