/** The demo company's money: what comes in and goes out by day, and what a month leaves. */
import { addMonths, DAY_MS, daysInMonth, partsOf } from '@kpi-monitor/model/time/civil';

import { CHANNELS, type Region, REGIONS } from './company';
import { growth } from './drivers';
import { eventFactor } from './events';
import { normal, seedOf, uniform, wander } from './random';
import { cents, profitOf, regionPart, revenueOf } from './sales';
import { isWorkingDay, weekdayOf } from './season';

const CASH_A_MONTH = 172_000;
const TAX = 0.25;
const INTEREST_A_MONTH = 18_000;
const CAPITAL_2026 = 10_600_000;

/** Cash received less cash paid on a day, dollars and cents. */
export function cashFlowOf(day: number, region: Region): number {
  const { receipts, payments } = monthOfCash(day, region);
  const seed = seedOf(`receipts ${region}`);
  const chance = isWorkingDay(day) ? 0.7 + 0.6 * uniform(seed, day) : 0;
  const received = receipts * chance * eventFactor('cash_flow', day, { region });
  return cents(received - payments * paymentWeight(day));
}

/** Parts of a month's payments that fall on a day: rent on the 1st, wages on the 15th and last, suppliers on Thursdays. */
function paymentWeight(day: number): number {
  const date = day * DAY_MS;
  const { day: dayOfMonth } = partsOf(date);
  const isLast = dayOfMonth === daysInMonth(date);
  return (
    (dayOfMonth === 1 ? 6 : 0) +
    (dayOfMonth === 15 ? 22 : 0) +
    (isLast ? 22 : 0) +
    (weekdayOf(day) === 4 ? 12 : 0) +
    0.3
  );
}

interface CashMonth {
  /** dollars a working day */
  receipts: number;
  /** dollars a unit of `paymentWeight` */
  payments: number;
}

/** Customers pay a month after the sale; what is left of it after payments changes little from year to year. */
function monthOfCash(day: number, region: Region): CashMonth {
  const start = firstOfMonth(day);
  return remember(`cash ${region} ${start}`, () => {
    const before = addMonths(start * DAY_MS, -1) / DAY_MS;
    let sold = 0;
    for (let d = before; d < start; d++) {
      sold += CHANNELS.reduce((sum, channel) => sum + revenueOf(d, region, channel), 0);
    }
    const days = Array.from({ length: daysInMonth(start * DAY_MS) }, (_, i) => start + i);
    const weight = days.reduce((sum, d) => sum + paymentWeight(d), 0);
    const kept = CASH_A_MONTH * regionPart(region) * (1 + 0.12 * normal(seedOf(`cash ${region}`), start));
    return {
      receipts: sold / Math.max(1, days.filter(isWorkingDay).length),
      payments: (sold - kept) / weight,
    };
  });
}

/** Of the month that begins on `start`, dollars and cents. */
export function profitAfterTaxOf(start: number): number {
  return remember(`profit ${start}`, () => {
    let profit = 0;
    for (let day = start; day < start + daysInMonth(start * DAY_MS); day++) {
      for (const region of REGIONS) {
        profit += CHANNELS.reduce((sum, channel) => sum + profitOf(day, region, channel), 0);
      }
    }
    return cents((1 - TAX) * (profit - INTEREST_A_MONTH * growth(start)));
  });
}

export function investedCapitalOf(day: number): number {
  return Math.round((CAPITAL_2026 * growth(day) * (1 + 0.012 * wander(seedOf('capital'), day, 150))) / 1000) * 1000;
}

function firstOfMonth(day: number): number {
  return day + 1 - partsOf(day * DAY_MS).day;
}

/** Sums over a month are asked for once a day of it; the newest few hundred are kept. */
const memory = new Map<string, unknown>();
const REMEMBERED = 600;

function remember<T>(key: string, make: () => T): T {
  if (!memory.has(key)) {
    if (memory.size >= REMEMBERED) {
      memory.delete(memory.keys().next().value!);
    }
    memory.set(key, make());
  }
  return memory.get(key) as T;
}
