/** What a period is compared with. An incomplete base is no base. */
import type { Slice } from '../aggregation/evaluate';
import type { Kpi } from '../catalogue/catalogue';
import type { Comparison } from '../query/query';
import type { Calendar } from '../time/calendar';
import { addDays, addMonths, DAY_MS } from '../time/civil';
import { type Grain, isCivil } from '../time/grain';
import { type Period, periodAt, step } from '../time/period';

import { median, samePosition } from './pace';

export interface ComparisonRequest {
  kpi: Kpi;
  slice: Slice;
  period: Period;
  compare: Exclude<Comparison, 'none' | 'target'>;
  /** store time up to which an open period has come; its end for a closed one */
  until: number;
  calendar: Calendar;
}

/** The value of the base, or null when there is none or it is incomplete. */
export function comparisonBase(request: ComparisonRequest): number | null {
  const { kpi, slice, period, until, calendar, compare } = request;
  const values = basesOf(period, compare, calendar).map((base) => {
    const end = until >= period.end ? base.end : samePosition(period, until, base, calendar);
    const { value, completeness } = slice.over(base.start, Math.max(end, base.start));
    return completeness >= kpi.judge.min_complete ? value : null;
  });
  return values.length === 0 || values.includes(null) ? null : median(values as number[]);
}

/** The period a series is drawn against: its values are shown at the compared period's time. */
export function basesOf(period: Period, compare: ComparisonRequest['compare'], calendar: Calendar): Period[] {
  switch (compare) {
    case 'previous':
      return [step(period, -1)];
    case 'lastYear':
      return [yearBefore(period, calendar)];
    case 'sameWeekday':
      return period.grain === 'day' ? [1, 2, 3, 4].map((weeks) => step(period, -7 * weeks)) : [];
  }
}

/** The period of the same date a year earlier. */
export function yearBefore(period: Period, calendar: Calendar): Period {
  if (!isCivil(period.grain)) {
    const date = calendar.toCivil(period.start);
    const into = period.start - calendar.toInstant(date);
    return periodAt(calendar.toInstant(addMonths(date, -12)) + into, period.grain, calendar);
  }
  // A week is compared with the one that holds the same day of its middle, so that it never slips by one.
  const anchor = period.grain === 'week' ? addDays(period.start, 3) : period.start;
  return periodAt(addMonths(anchor, -12), period.grain, calendar);
}

const BEFORE: Record<Grain, string> = {
  minute: 'the minute before',
  hour: 'the hour before',
  day: 'the day before',
  week: 'the week before',
  month: 'the month before',
  quarter: 'the quarter before',
  fiscal_quarter: 'the quarter before',
  year: 'the year before',
  fiscal_year: 'the year before',
};

/** "against the month before", "against a year earlier" */
export function comparisonText(compare: Comparison, grain: Grain): string {
  switch (compare) {
    case 'none':
      return '';
    case 'target':
      return 'against target';
    case 'previous':
      return `against ${BEFORE[grain]}`;
    case 'lastYear':
      return 'against a year earlier';
    case 'sameWeekday':
      return 'against the same weekday, last four weeks';
  }
}

/** How far back the bases of a comparison lie at the most, in milliseconds. */
export function comparisonReach(compare: Comparison, grainMs: number): number {
  switch (compare) {
    case 'lastYear':
      return 372 * DAY_MS;
    case 'sameWeekday':
      return 28 * DAY_MS;
    case 'previous':
      return 2 * grainMs;
    default:
      return 0;
  }
}
