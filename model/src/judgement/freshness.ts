/** Whether what was expected has arrived. Age counts from when a period was expected, not from its stamp. */
import type { Kpi } from '../catalogue/catalogue';
import type { Freshness } from '../status';
import type { Calendar } from '../time/calendar';
import { addDays } from '../time/civil';
import { isCivil } from '../time/grain';
import { instantOf, type Period, periodAt, step } from '../time/period';

export interface Age {
  freshness: Freshness;
  /** milliseconds since the oldest missing period was expected; 0 when nothing is overdue */
  overdue: number;
}

/**
 * @param newest start of the newest period that has a value, store time of the KPI's grain; null when there is none
 */
export function ageOf(kpi: Kpi, newest: number | null, asOf: number, calendar: Calendar): Age {
  if (newest === null) {
    return { freshness: 'none', overdue: 0 };
  }
  const missing = step(periodAt(newest, kpi.grain, calendar), 1);
  const expected = expectedAt(kpi, missing, calendar);
  return asOf >= expected ? { freshness: 'late', overdue: asOf - expected } : { freshness: 'fresh', overdue: 0 };
}

/**
 * The instant by which a period's value is expected. Days count from the period's last day: "period_end + 1 working
 * day 06:00" is six on the first working morning after it. By default a period is expected within one more period.
 */
export function expectedAt(kpi: Kpi, period: Period, calendar: Calendar): number {
  const rule = kpi.source?.expected_by;
  const match = /^period_end(?: \+ (\d+) (working )?(hour|day)s?)?(?: (\d\d:\d\d))?$/.exec(rule ?? '');
  if (!match) {
    return instantOf(step(period, 1).end, period.grain, calendar);
  }
  const [, count, working, unit, time] = match;
  const n = Number(count ?? 0);
  const end = instantOf(period.end, period.grain, calendar);
  if (unit === 'hour') {
    return end + n * 3_600_000;
  }
  if (n === 0 && !time) {
    return end;
  }
  const lastDay = addDays(isCivil(period.grain) ? period.end : calendar.toCivil(period.end - 1) + 86_400_000, -1);
  const day = working ? calendar.addWorkingDays(lastDay, n) : addDays(lastDay, Math.max(n, 1));
  return time ? calendar.at(day, time) : calendar.toInstant(addDays(day, 1));
}
