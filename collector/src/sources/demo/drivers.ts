/** What lies behind the demo company's numbers and moves several of them at once. `day` counts from the epoch. */
import { DAY_MS } from '@kpi-monitor/model/time/civil';

import { MARKET_2026, MARKET_GROWTH, REGION, type Region } from './company';
import { eventFactor } from './events';
import { seedOf, wander } from './random';
import { yearFactor } from './season';

const YEAR = 365.25;
const MID_2026 = Date.UTC(2026, 6, 1) / DAY_MS;

/** How much larger the economy is than in mid-2026: steady growth and a slow cycle. */
export function growth(day: number): number {
  return Math.exp((Math.log(1 + MARKET_GROWTH) * (day - MID_2026)) / YEAR) * (1 + 0.004 * Math.sin(day / 215));
}

/** The market's sales of a day in a region, dollars; with the year's season, without weekdays. */
export function marketOf(day: number, region: Region): number {
  const drift = 1 + 0.012 * wander(seedOf(`market ${region}`), day, 400);
  return (MARKET_2026 / YEAR) * REGION[region].market * growth(day) * drift * yearFactor(day);
}

/** The company's usual share of a region's market, 0–1. */
export function shareOf(day: number, region: Region): number {
  const slow = 0.025 * wander(seedOf('share'), day, 210) + 0.02 * wander(seedOf(`share ${region}`), day, 90);
  return REGION[region].share * (1 + slow);
}

/** Sales of a usual day in a region without season, dollars: what staff, customers and budgets follow. */
export function trendOf(day: number, region: Region): number {
  return (MARKET_2026 / YEAR) * REGION[region].market * growth(day) * REGION[region].share;
}

const SATISFACTION = 4.24;
const SATISFACTION_PER_SERVICE = 0.14;

/** How well customers are served, about -1 to 1; satisfaction shows it at once, retention two weeks later. */
export function serviceOf(day: number, region: Region): number {
  const usual = 0.65 * wander(seedOf('service'), day, 45) + 0.35 * wander(seedOf(`service ${region}`), day, 70);
  const felt = SATISFACTION * (eventFactor('satisfaction', day, { region }) - 1);
  return usual + felt / SATISFACTION_PER_SERVICE;
}

/** The mean answer that customers of a region give on a day, before the channel and the chance of who answers. */
export function satisfactionOf(day: number, region: Region): number {
  return SATISFACTION + SATISFACTION_PER_SERVICE * serviceOf(day, region);
}

/** Days after which service is felt in retention. */
export const RETENTION_LAG = 14;
const FELT_OVER = 7;

/** The share of last year's customers who are still active on a day, 0–1. */
export function retentionOf(day: number, region: Region): number {
  let felt = 0;
  for (let around = -FELT_OVER; around <= FELT_OVER; around++) {
    felt += serviceOf(day - RETENTION_LAG + around, region);
  }
  const level = 0.898 + 0.003 * wander(seedOf(`retention ${region}`), day, 160);
  return level + (0.006 * felt) / (2 * FELT_OVER + 1);
}

/** How hard the company advertises, around 1; new customers follow a week later. */
export function campaignOf(day: number): number {
  return 1 + 0.15 * wander(seedOf('campaign'), day, 32);
}
