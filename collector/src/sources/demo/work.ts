/** The demo company's work: people, hours and what comes out of them. */
import type { Region } from './company';
import { trendOf } from './drivers';
import { eventFactor } from './events';
import { normal, seedOf, wander } from './random';
import { isWorkingDay } from './season';

const REVENUE_PER_HEAD = 117_500;
const IN_PRODUCTION = 0.6;
const HOURS = 7.6;

/** Full-time equivalents at a day, to a tenth. */
export function staffOf(day: number, region: Region): number {
  const drift = 1 + 0.012 * wander(seedOf(`staff ${region}`), day, 180);
  return Math.round(((trendOf(day, region) * 365.25) / REVENUE_PER_HEAD) * drift * 10) / 10;
}

export function hoursPaidOf(day: number, region: Region): number {
  const manned = isWorkingDay(day) ? 1 : 0.2;
  const chance = 1 + 0.02 * normal(seedOf(`hours ${region}`), day);
  return Math.round(staffOf(day, region) * IN_PRODUCTION * HOURS * manned * chance * 10) / 10;
}

export function standardHoursOf(day: number, region: Region): number {
  const slow = 0.013 * wander(seedOf('efficiency'), day, 35) + 0.008 * wander(seedOf(`efficiency ${region}`), day, 50);
  const rate = 0.842 + slow + 0.012 * normal(seedOf(`output ${region}`), day);
  return Math.round(hoursPaidOf(day, region) * rate * eventFactor('standard_hours', day, { region }) * 10) / 10;
}
