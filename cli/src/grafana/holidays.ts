/** The calendar's own days off in the mute timings, in place of the demo company's. */
import { DAY_MS, isoDate } from '@kpi-monitor/model/time/civil';

import { calendarOf } from '../compose/calendar';
import type { Config } from '../config/schema';

import type { AlertingFiles, MuteTiming } from './rule-files';

const HOLIDAYS = 'KPI Monitor holidays';
/** Mute timings are dates: these and the next year's, until they are installed anew. */
const AHEAD_DAYS = 730;

/** @param now epoch milliseconds */
export function holidayTimings(
  files: AlertingFiles,
  config: Pick<Config, 'zone' | 'calendar'>,
  now: number
): AlertingFiles {
  const calendar = calendarOf(config);
  const today = calendar.toCivil(now);
  const days = Array.from({ length: AHEAD_DAYS }, (_, i) => today + i * DAY_MS).filter((day) => calendar.holiday(day));
  const holidays = days.map((day) => {
    const [year, month, date] = isoDate(day)
      .split('-')
      .map((part) => String(Number(part)));
    return { years: [year!], months: [month!], days_of_month: [date!], location: config.zone };
  });
  const muteTimes = files.muteTimes.map((timing): MuteTiming => {
    const intervals = timing.time_intervals.map((interval) => ({ ...interval, location: config.zone }));
    return { ...timing, time_intervals: timing.name === HOLIDAYS && holidays.length > 0 ? holidays : intervals };
  });
  return { ...files, muteTimes };
}
