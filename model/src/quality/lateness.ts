/** How well values came in time. */
import { GRAIN_MS, type Grain } from '../time/grain';

const HOUR_MS = 3_600_000;

/** 1 when they came by the time that they were expected, 0 when that was a whole period of their grain ago or more. */
export function freshnessShare(hoursLate: number, grain: Grain): number {
  return Math.max(0, 1 - (hoursLate * HOUR_MS) / Math.max(GRAIN_MS.day, GRAIN_MS[grain]));
}
