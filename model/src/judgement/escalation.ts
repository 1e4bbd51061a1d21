/** How long an alert may wait for somebody: the finer its periods, the shorter, and only while people work. */
import type { Calendar } from '../time/calendar';
import { GRAIN_MS, type Grain } from '../time/grain';
import { workingDayMs, workingTimeBetween } from '../time/working-time';

const HOUR = 3_600_000;

/** Working milliseconds: four hours below a day, one day for days, two for weeks, five for anything longer. */
export function allowedTime(grain: Grain, calendar: Calendar): number {
  if (GRAIN_MS[grain] < GRAIN_MS.day) {
    return 4 * HOUR;
  }
  const days = grain === 'day' ? 1 : grain === 'week' ? 2 : 5;
  return days * workingDayMs(calendar);
}

export interface Wait {
  /** working hours */
  hours: number;
  /** of the time that is allowed: above 1 it is to be escalated */
  share: number;
}

/** @param since an instant, or null when nobody is waited for */
export function waitOf(since: number | null, grain: Grain, asOf: number, calendar: Calendar): Wait {
  const waited = since === null ? 0 : workingTimeBetween(since, asOf, calendar);
  return { hours: waited / HOUR, share: waited / allowedTime(grain, calendar) };
}
