/** The business calendar that a configuration describes. */
import { type Calendar, createCalendar } from '@kpi-monitor/model/time/calendar';

import type { Config } from '../config/schema';

/** @throws KpiError CONFIG_FILE for an unknown zone or country */
export function calendarOf({ zone, calendar }: Pick<Config, 'zone' | 'calendar'>): Calendar {
  return createCalendar({
    zone,
    weekStart: calendar.week_start,
    fiscalYearStart: calendar.fiscal_year_start,
    fiscalYearNamedBy: calendar.fiscal_year_named_by,
    workingDays: calendar.working_days,
    workingHours: calendar.working_hours,
    holidays: calendar.holidays,
    locale: calendar.locale,
  });
}
