/** Where an axis of civil dates is labelled: at starts of days, months and years, never finer than the periods are. */
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import type { Grain } from '@kpi-monitor/model/time/grain';

export type TickUnit = 'day' | 'month' | 'year';

export interface TimeTicks {
  unit: TickUnit;
  times: number[];
}

const STEPS: ReadonlyArray<[TickUnit, number]> = [
  ['day', 1],
  ['day', 2],
  ['day', 7],
  ['day', 14],
  ['month', 1],
  ['month', 2],
  ['month', 3],
  ['month', 6],
  ['year', 1],
  ['year', 2],
  ['year', 5],
  ['year', 10],
];

const FINEST: Partial<Record<Grain, [TickUnit, number]>> = {
  week: ['day', 7],
  month: ['month', 1],
  quarter: ['month', 3],
  fiscal_quarter: ['month', 1],
  year: ['year', 1],
  fiscal_year: ['month', 1],
};

interface Given {
  from: number;
  to: number;
  grain: Grain;
  /** start of any period: days are counted from it */
  anchor: number;
  /** that there is room for */
  most: number;
}

/** The finest ticks of which there are no more than `most`; the coarsest when there is no room for those either. */
export function timeTicks({ from, to, grain, anchor, most }: Given): TimeTicks {
  const [unit, count] = FINEST[grain] ?? ['day', 1];
  const allowed = STEPS.slice(STEPS.findIndex(([one, n]) => one === unit && n === count));
  let ticks: TimeTicks = { unit, times: [] };
  for (const [one, step] of allowed) {
    ticks = { unit: one, times: one === 'day' ? days(from, to, step, anchor) : months(from, to, one, step) };
    if (ticks.times.length <= most) {
      break;
    }
  }
  return ticks;
}

function days(from: number, to: number, step: number, anchor: number): number[] {
  const size = step * DAY_MS;
  const first = anchor + Math.ceil((from - anchor) / size) * size;
  return Array.from({ length: Math.max(0, Math.floor((to - first) / size) + 1) }, (_, i) => first + i * size);
}

function months(from: number, to: number, unit: TickUnit, step: number): number[] {
  const size = unit === 'year' ? 12 * step : step;
  const start = new Date(from);
  const found: number[] = [];
  const counted = start.getUTCFullYear() * 12 + start.getUTCMonth();
  for (let month = Math.floor(counted / size) * size; ; month += size) {
    const time = Date.UTC(Math.floor(month / 12), month % 12);
    if (time > to) {
      return found;
    }
    if (time >= from) {
      found.push(time);
    }
  }
}
