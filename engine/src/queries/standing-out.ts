/** What stands out in a line: single values, and where it went over to another level. */
import type { DayCalendar } from '@kpi-monitor/analysis/anomalies/expected';
import { addMonths, civil, DAY_MS, partsOf } from '@kpi-monitor/model/time/civil';
import type { Calendar } from '@kpi-monitor/model/time/calendar';

import type { TaskOutput } from '../work/tasks';

import type { AnalysedLine } from './analysed-lines';
import type { Context } from './context';
import { SEASONS } from './seasons';

export type StandingOut = TaskOutput<'standOut'>;

/** Fewer values say nothing about what is usual. */
export const LEAST_USUAL = 12;

export function standingOut(
  { values, times, grain }: Pick<AnalysedLine, 'values' | 'times' | 'grain'>,
  { work, calendar, signal }: Context
): Promise<StandingOut> {
  const days = grain === 'day' ? { calendar: dayCalendar(times, calendar) } : {};
  return work.run('standOut', { values, seasons: SEASONS[grain], ...days }, { signal });
}

function dayCalendar(times: readonly number[], calendar: Calendar): DayCalendar {
  const parts = times.map(partsOf);
  return {
    dayOfMonth: parts.map(({ day }) => day),
    daysLeft: parts.map(({ year, month }, i) => (addMonths(civil(year, month, 1), 1) - times[i]!) / DAY_MS - 1),
    holidays: times.map((time) => calendar.holiday(time)),
  };
}
