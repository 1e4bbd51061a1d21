/** What others publish about the demo company's market: its size, how competitors compare, who knows the brand. */
import { DAY_MS, daysInMonth } from '@kpi-monitor/model/time/civil';

import type { Region } from './company';
import { marketOf, serviceOf } from './drivers';
import { normal, seedOf, wander } from './random';

/** The market's sales of the month that begins on `start`, in whole thousands of dollars. */
export function marketSizeOf(start: number, region: Region): number {
  let sales = 0;
  for (let day = start; day < start + daysInMonth(start * DAY_MS); day++) {
    sales += marketOf(day, region);
  }
  const asked = 1 + 0.004 * normal(seedOf(`market report ${region}`), start);
  return Math.round((sales * asked) / 1000) * 1000;
}

/** Score of the quarter that begins on `start`, 100 = parity; weighted by what a day of the market is worth. */
export function competitiveIndexOf(start: number, region: Region): { value: number; weight: number } {
  const middle = start + 45;
  const slow = 1.6 * wander(seedOf('competition'), start, 270) + 0.6 * serviceOf(middle, region);
  const value = 102.4 + slow + 0.7 * normal(seedOf(`competition ${region}`), start);
  return { value: Math.round(value * 10) / 10, weight: Math.round(marketOf(middle, region)) };
}

/** Per cent of the people asked in a quarter who know the brand, and how many were asked. */
export function brandRecognitionOf(start: number, region: Region): { value: number; weight: number } {
  const seed = seedOf(`brand ${region}`);
  const weight = 520 + Math.round(40 * normal(seed ^ 1, start));
  const share = 57.4 + 1.4 * wander(seedOf('brand'), start, 300) + 0.9 * normal(seed, start);
  return { value: Math.round(share * 10) / 10, weight };
}
