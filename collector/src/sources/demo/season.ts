/** The year, the week and the holidays of the demo company's trade, as factors around 1. */
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { addDays, DAY_MS, daysInMonth, partsOf } from '@kpi-monitor/model/time/civil';

import type { Channel } from './company';
import { perDay } from './per-day';

/** Shares of a year's sales by month: the phasing of the revenue target in `kpis/revenue.yaml`. */
export const MONTH_SHARES = [0.07, 0.07, 0.08, 0.08, 0.08, 0.08, 0.07, 0.07, 0.09, 0.09, 0.1, 0.12];

const KNOTS = knotsOf(MONTH_SHARES);

/** Level of trade on a day of the year: straight lines between mid-months, whose month means are `MONTH_SHARES`. */
export const yearFactor = perDay((day): number => {
  const date = day * DAY_MS;
  const { month, day: dayOfMonth } = partsOf(date);
  const position = month - 1.5 + (dayOfMonth - 0.5) / daysInMonth(date);
  const left = Math.floor(position);
  const t = position - left;
  return KNOTS[(left + 12) % 12]! * (1 - t) + KNOTS[(left + 13) % 12]! * t;
});

/** Heights at mid-month m, solved from `month mean = (left + 6 own + right) / 8`. */
function knotsOf(shares: readonly number[]): number[] {
  const means = shares.map((share) => share * 12);
  let knots = [...means];
  for (let round = 0; round < 40; round++) {
    knots = knots.map((_, m) => (8 * means[m]! - knots[(m + 11) % 12]! - knots[(m + 1) % 12]!) / 6);
  }
  return knots;
}

/** Monday to Sunday */
const WEEK: Record<Channel, readonly number[]> = {
  Online: [1.1, 1.0, 0.98, 0.98, 1.0, 0.92, 1.02],
  Retail: [0.78, 0.8, 0.85, 0.92, 1.15, 1.5, 1.0],
  Partner: [1.3, 1.3, 1.3, 1.3, 1.25, 0.3, 0.25],
};

const HOLIDAY: Record<Channel, number> = { Online: 0.92, Retail: 0.65, Partner: 0.3 };
const BLACK_FRIDAY: Record<Channel, number> = { Online: 1.8, Retail: 1.7, Partner: 0.8 };
const CYBER_MONDAY: Record<Channel, number> = { Online: 2.0, Retail: 1, Partner: 1 };

/** The company trades in the United States, whatever calendar the reader has. */
const us = createCalendar({ zone: 'America/New_York', holidays: 'US' });

/** ISO: 1 Monday … 7 Sunday */
export function weekdayOf(day: number): number {
  return ((((day + 3) % 7) + 7) % 7) + 1;
}

export const isWorkingDay = perDay((day) => us.isWorkingDay(day * DAY_MS));

/** What the weekday and a holiday make of an ordinary day. */
export function dayFactor(day: number, channel: Channel): number {
  return WEEK[channel][weekdayOf(day) - 1]! * specialDay(day)[channel];
}

const ORDINARY: Record<Channel, number> = { Online: 1, Retail: 1, Partner: 1 };

const specialDay = perDay((day): Record<Channel, number> => {
  const date = day * DAY_MS;
  if (us.holiday(date) !== null) {
    return partsOf(date).month === 12 ? { ...HOLIDAY, Retail: 0.15 } : HOLIDAY;
  }
  if (isThanksgiving(addDays(date, -1))) {
    return BLACK_FRIDAY;
  }
  return isThanksgiving(addDays(date, -4)) ? CYBER_MONDAY : ORDINARY;
});

/** the fourth Thursday of November */
function isThanksgiving(date: number): boolean {
  const { month, day, weekday } = partsOf(date);
  return month === 11 && weekday === 4 && day >= 22 && day <= 28;
}

/** Share of a day's business done by each full hour of the day. */
const BY_HOUR = cumulate([6, 4, 3, 2, 2, 4, 10, 20, 38, 52, 60, 64, 66, 62, 60, 60, 62, 66, 64, 58, 48, 36, 22, 12]);

/** Share of a day's business that is done `hours` (0–24) into it. */
export function dayProgress(hours: number): number {
  const whole = Math.min(23, Math.max(0, Math.floor(hours)));
  const t = Math.min(1, Math.max(0, hours - whole));
  return BY_HOUR[whole]! + (BY_HOUR[whole + 1]! - BY_HOUR[whole]!) * t;
}

function cumulate(weights: readonly number[]): number[] {
  const total = weights.reduce((a, b) => a + b, 0);
  let sum = 0;
  return [0, ...weights.map((weight) => (sum += weight) / total)];
}
