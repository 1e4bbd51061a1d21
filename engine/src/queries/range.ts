/**
 * The range that a query asks for. Its ends arrive as epoch milliseconds (Grafana), or are written by hand:
 * `now`, `now-30d`, `now-1M/M`, or an ISO 8601 instant.
 */
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { addMonths, DAY_MS } from '@kpi-monitor/model/time/civil';
import { type Grain, isCivil } from '@kpi-monitor/model/time/grain';
import { instantOf, periodAt, periodNow } from '@kpi-monitor/model/time/period';

/** Instants, half-open. */
export interface Range {
  from: number;
  to: number;
  /** what plays "now": the end of the range, or the clock when that is earlier */
  asOf: number;
  /** the range ends now, give or take what a request needs to get here */
  isLive: boolean;
}

const LIVE_MS = 5 * 60_000;

/** @throws KpiError QUERY_RANGE */
export function readRange(ends: { from: string; to: string }, now: number, calendar: Calendar): Range {
  const from = readMoment(ends.from, 'from', now, calendar);
  const to = throughLastSecond(readMoment(ends.to, 'to', now, calendar));
  if (from >= to) {
    const message = `the range begins at ${iso(from)} and ends at ${iso(to)}; choose a later end`;
    throw new KpiError('QUERY_RANGE', message, { ...ends });
  }
  return { from, to, asOf: Math.min(to, now), isLive: now - to < LIVE_MS };
}

/**
 * The range in store times of a grain, from the start of the period that it begins in. A date picker that shows UTC
 * (as our dashboards do, since dates are stored at 00:00Z) and one that shows the business zone put the first of June
 * at different instants: a day that only one of the two readings touches is left out.
 */
export function storeRange(range: Range, grain: Grain, calendar: Calendar): { from: number; to: number } {
  if (!isCivil(grain)) {
    return { from: periodAt(range.from, grain, calendar).start, to: range.asOf };
  }
  const first = Math.max(calendar.toCivil(range.from), utcDate(range.from));
  const local = calendar.toCivil(range.asOf - 1);
  const last = range.isLive ? local : Math.min(local, utcDate(range.asOf - 1));
  return { from: periodAt(first, grain, calendar).start, to: last + DAY_MS };
}

/** A picked day ends at 23:59:59 or 23:59:59.999; what is meant is its end. */
function throughLastSecond(instant: number): number {
  const minute = 60_000;
  return instant % minute >= 59_000 ? Math.ceil(instant / minute) * minute : instant;
}

function readMoment(text: string, end: 'from' | 'to', now: number, calendar: Calendar): number {
  const moment = /^-?\d+$/.test(text)
    ? Number(text)
    : text.startsWith('now')
      ? relative(text, end, now, calendar)
      : Date.parse(text);
  if (!Number.isSafeInteger(moment) || Math.abs(moment) > MOST) {
    const message = `\`${end}\` is \`${text}\`; give epoch milliseconds, an ISO 8601 instant, or now-30d`;
    throw new KpiError('QUERY_RANGE', message, { [end]: text });
  }
  return moment;
}

/** The year 9999, to keep loops over periods finite. */
const MOST = Date.UTC(9999, 11, 31);

const UNIT_MS: Record<string, number> = { s: 1000, m: 60_000, h: 3_600_000, d: DAY_MS, w: 7 * DAY_MS };
const UNIT_MONTHS: Record<string, number> = { M: 1, Q: 3, y: 12 };
const ROUNDING: Record<string, Grain> = {
  m: 'minute',
  h: 'hour',
  d: 'day',
  w: 'week',
  M: 'month',
  Q: 'quarter',
  y: 'year',
  fQ: 'fiscal_quarter',
  fy: 'fiscal_year',
};

/** `now`, then steps (`-1M`, `+2d`), then a rounding: `/d` is the day's start for `from` and its end for `to`. */
function relative(text: string, end: 'from' | 'to', now: number, calendar: Calendar): number {
  const [, steps, rounding] = /^now((?:[+-]\d{1,6}[smhdwMQy])*)(?:\/(m|h|d|w|M|Q|y|fQ|fy))?$/.exec(text) ?? [];
  if (steps === undefined) {
    return NaN;
  }
  let moment = now;
  for (const [, sign, count, unit] of steps.matchAll(/([+-])(\d+)([smhdwMQy])/g)) {
    const n = Number(count) * (sign === '-' ? -1 : 1);
    const months = UNIT_MONTHS[unit!];
    moment = months ? addCivilMonths(moment, n * months, calendar) : moment + n * UNIT_MS[unit!]!;
  }
  if (!rounding) {
    return moment;
  }
  const period = periodNow(moment, ROUNDING[rounding]!, calendar);
  return instantOf(end === 'from' ? period.start : period.end, period.grain, calendar);
}

/** The same time of day on the same day of another month. */
function addCivilMonths(instant: number, months: number, calendar: Calendar): number {
  const date = calendar.toCivil(instant);
  return calendar.toInstant(addMonths(date, months)) + (instant - calendar.toInstant(date));
}

function utcDate(instant: number): number {
  return Math.floor(instant / DAY_MS) * DAY_MS;
}

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
