/** Which of the periods that a read brings for the first time came late. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { expectedAt } from '@kpi-monitor/model/judgement/freshness';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { periodAt } from '@kpi-monitor/model/time/period';

const HOUR_MS = 3_600_000;

/**
 * Hours after each was expected, by the store time of the period; only those that came late.
 * @param newest start of the newest period that was there before
 */
export function latePeriods(
  kpi: Kpi,
  times: Iterable<number>,
  newest: number,
  now: number,
  calendar: Calendar
): Map<number, number> {
  const late = new Map<number, number>();
  for (const time of new Set(times)) {
    const hours = time > newest ? (now - expectedAt(kpi, periodAt(time, kpi.grain, calendar), calendar)) / HOUR_MS : 0;
    if (hours > 0) {
      late.set(time, hours);
    }
  }
  return late;
}
