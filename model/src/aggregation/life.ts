/** Whether a period is running, over but not final, or final. */
import type { Kpi } from '../catalogue/catalogue';
import type { Life } from '../status';
import type { Calendar } from '../time/calendar';
import { addDays } from '../time/civil';
import { isCivil } from '../time/grain';
import { instantOf, type Period } from '../time/period';

export interface Completion {
  life: Life;
  /** whether it was to be final by now, and is not */
  isOverdue: boolean;
}

export function lifeOf(
  period: Period,
  completeness: number,
  judge: Kpi['judge'],
  asOf: number,
  calendar: Calendar
): Completion {
  if (asOf < instantOf(period.end, period.grain, calendar)) {
    return { life: 'open', isOverdue: false };
  }
  const isDue = asOf >= settleTime(period, judge.settle_after, calendar);
  const isFinal = isDue && completeness >= judge.min_complete;
  return { life: isFinal ? 'settled' : 'provisional', isOverdue: isDue && !isFinal };
}

/** The end of the n-th (working) day after the period: "2 working days" after February ends with the second one in March. */
export function settleTime(period: Period, settleAfter: string, calendar: Calendar): number {
  const match = /^(\d+) (working )?days?$/.exec(settleAfter);
  const n = Number(match?.[1] ?? 0);
  if (n === 0) {
    return instantOf(period.end, period.grain, calendar);
  }
  const end = isCivil(period.grain) ? period.end : addDays(calendar.toCivil(period.end - 1), 1);
  const lastDay = addDays(end, -1);
  const day = match?.[2] ? calendar.addWorkingDays(lastDay, n) : addDays(lastDay, n);
  return calendar.toInstant(addDays(day, 1));
}
