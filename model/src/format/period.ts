/** Periods and times in words: "February 2026", "3 March", "2 days". */
import type { Calendar } from '../time/calendar';
import { DAY_MS, partsOf } from '../time/civil';
import type { Grain } from '../time/grain';
import { fiscalYear } from '../time/period';

/** A way of writing dates; its formatters are kept, since making one is slow. */
interface DateStyle {
  options: Intl.DateTimeFormatOptions;
  formats: Map<string, Intl.DateTimeFormat>;
}

function style(options: Intl.DateTimeFormatOptions): DateStyle {
  return { options, formats: new Map() };
}

const MOMENT = style({ day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit' });
const DATE = style({ day: 'numeric', month: 'short', year: 'numeric' });
const SHORT_DATE = style({ day: 'numeric', month: 'short' });
const MONTH = style({ month: 'long', year: 'numeric' });
const SHORT_MONTH = style({ month: 'long' });

/** @param start store time of the period's start */
export function formatPeriod(start: number, grain: Grain, calendar: Calendar): string {
  const { year, month } = partsOf(start);
  switch (grain) {
    case 'minute':
    case 'hour':
      return dateText(start, MOMENT, calendar, calendar.zone);
    case 'day':
      return dateText(start, DATE, calendar);
    case 'week':
      return `Week of ${dateText(start, DATE, calendar)}`;
    case 'month':
      return dateText(start, MONTH, calendar);
    case 'quarter':
      return `Q${Math.ceil(month / 3)} ${year}`;
    case 'fiscal_quarter':
      return `Q${Math.floor(((month - calendar.fiscalYearStart + 12) % 12) / 3) + 1} FY${fiscalYear(start, calendar)}`;
    case 'year':
      return String(year);
    case 'fiscal_year':
      return `FY${fiscalYear(start, calendar)}`;
  }
}

/** The period without its year, where the year is plain: "March", "Q2", "3 Mar". */
export function shortPeriod(start: number, grain: Grain, calendar: Calendar): string {
  switch (grain) {
    case 'month':
      return dateText(start, SHORT_MONTH, calendar);
    case 'day':
      return dateText(start, SHORT_DATE, calendar);
    case 'week':
      return `Week of ${dateText(start, SHORT_DATE, calendar)}`;
    case 'quarter':
    case 'fiscal_quarter':
      return formatPeriod(start, grain, calendar).split(' ')[0]!;
    default:
      return formatPeriod(start, grain, calendar);
  }
}

/** "2 days", "3 hours": one unit, rounded down. */
export function formatDuration(ms: number): string {
  const units: Array<[number, string]> = [
    [365.25 * DAY_MS, 'year'],
    [30.44 * DAY_MS, 'month'],
    [DAY_MS, 'day'],
    [3_600_000, 'hour'],
    [60_000, 'minute'],
  ];
  const [size, name] = units.find(([unit], i) => ms >= (i < 2 ? 2 * unit : unit)) ?? [60_000, 'minute'];
  const n = Math.max(1, Math.floor(ms / size));
  return `${n} ${name}${n === 1 ? '' : 's'}`;
}

function dateText(time: number, { options, formats }: DateStyle, calendar: Calendar, timeZone = 'UTC'): string {
  // English dates are written with the day first: "3 March" is read alike on both sides of the ocean.
  const locale = calendar.locale === 'en-US' ? 'en-GB' : calendar.locale;
  const key = `${locale} ${timeZone}`;
  let format = formats.get(key);
  if (!format) {
    format = new Intl.DateTimeFormat(locale, { ...options, timeZone });
    formats.set(key, format);
  }
  return format.format(time);
}
