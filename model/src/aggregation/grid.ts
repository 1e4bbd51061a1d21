/** A regular grid of steps of one grain: from store times to array positions and back, in constant time. */
import type { Calendar } from '../time/calendar';
import { addDays, addMonths, partsOf } from '../time/civil';
import { GRAIN_MS, type Grain, isCivil } from '../time/grain';
import { periodAt } from '../time/period';

export interface Grid {
  readonly grain: Grain;
  /** start of step 0, a store time */
  readonly start: number;
  /** the step that a store time falls into; below 0 before the start */
  indexOf(time: number): number;
  /** the first step that begins at or after a store time */
  ceil(time: number): number;
  /** start of a step */
  timeAt(index: number): number;
}

const MONTHS: Partial<Record<Grain, number>> = { month: 1, quarter: 3, fiscal_quarter: 3, year: 12, fiscal_year: 12 };

export function createGrid(first: number, grain: Grain, calendar: Calendar): Grid {
  const start = periodAt(first, grain, calendar).start;
  const months = MONTHS[grain];
  const indexOf = months ? monthIndex(start, months) : (time: number) => Math.floor((time - start) / GRAIN_MS[grain]);
  const timeAt = (index: number) => {
    if (months) {
      return addMonths(start, index * months);
    }
    return isCivil(grain) ? addDays(start, (index * GRAIN_MS[grain]) / GRAIN_MS.day) : start + index * GRAIN_MS[grain];
  };
  return {
    grain,
    start,
    indexOf,
    timeAt,
    ceil(time) {
      const index = indexOf(time);
      return timeAt(index) < time ? index + 1 : index;
    },
  };
}

function monthIndex(start: number, months: number): (time: number) => number {
  const origin = partsOf(start);
  return (time) => {
    const { year, month } = partsOf(time);
    return Math.floor(((year - origin.year) * 12 + month - origin.month) / months);
  };
}
