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
}

/** @throws KpiError QUERY_RANGE */
export function readRange(ends: { from: string; to: string }, now: number, calendar: Calendar): Range {
  const from = pickedDate(readMoment(ends.from, 'from', now, calendar), calendar);
  const to = pickedDate(throughLastSecond(readMoment(ends.to, 'to', now, calendar)), calendar);
  if (from >= to) {
    const message = `the range begins at ${iso(from)} and ends at ${iso(to)}; choose a later end`;
    throw new KpiError('QUERY_RANGE', message, { ...ends });
  }
  return { from, to, asOf: Math.min(to, now) };
}

/** @throws KpiError QUERY_RANGE */
export function readKnownAt(text: string, now: number, calendar: Calendar): number {
  return pickedDate(readMoment(text, 'asKnownAt', now, calendar), calendar);
}

/** The range up to now in store times of a grain, from the start of the period that it begins in. */
export function storeRange(range: Range, grain: Grain, calendar: Calendar): { from: number; to: number } {
  if (!isCivil(grain)) {
    return { from: periodAt(range.from, grain, calendar).start, to: range.asOf };
  }
  const first = calendar.toCivil(range.from);
  return { from: periodAt(first, grain, calendar).start, to: calendar.toCivil(range.asOf - 1) + DAY_MS };
}

/**
 * Our dashboards show UTC, since dates are stored at 00:00Z: somebody who picks June there asks for 1 June 00:00Z on.
 * That is a date and no instant, and begins when it begins in the business zone.
 */
function pickedDate(instant: number, calendar: Calendar): number {
  return instant % DAY_MS === 0 ? calendar.toInstant(instant) : instant;
}

/** A picked day ends at 23:59:59 or 23:59:59.999; what is meant is its end. */
function throughLastSecond(instant: number): number {
  const minute = 60_000;
  return instant % minute >= 59_000 ? Math.ceil(instant / minute) * minute : instant;
}

function readMoment(text: string, end: 'from' | 'to' | 'asKnownAt', now: number, calendar: Calendar): number {
  const moment = /^-?\d+$/.test(text)
    ? Number(text)
    : text.startsWith('now')
      ? relative(text, end, now, calendar)
      : Date.parse(text);
  if (!(moment >= EARLIEST && moment <= LATEST)) {
    const message = `\`${end}\` is \`${text}\`; give epoch milliseconds, an ISO 8601 instant, or now-30d`;
    throw new KpiError('QUERY_RANGE', message, { [end]: text });
  }
  return moment;
}

/** Bounds that keep every loop over periods finite. */
const EARLIEST = Date.UTC(1000, 0, 1);
const LATEST = Date.UTC(9999, 11, 31);

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
function relative(text: string, end: 'from' | 'to' | 'asKnownAt', now: number, calendar: Calendar): number {
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

function iso(instant: number): string {
  return new Date(instant).toISOString();
}
