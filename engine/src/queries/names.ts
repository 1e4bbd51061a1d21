/** What a line is called in a legend. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Comparison, RequestQuery } from '@kpi-monitor/model/query/query';
import type { Grain } from '@kpi-monitor/model/time/grain';

/** "Revenue"; split, "West" when it is about one KPI alone, else "Revenue, West". */
export function lineName({ kpi, slice }: { kpi: Kpi; slice: string }, query: RequestQuery, kpis: number): string {
  if (!query.split) {
    return kpi.name;
  }
  return kpis === 1 ? slice : `${kpi.name}, ${slice}`;
}

const WORD: Record<Grain, string> = {
  minute: 'minute',
  hour: 'hour',
  day: 'day',
  week: 'week',
  month: 'month',
  quarter: 'quarter',
  fiscal_quarter: 'quarter',
  year: 'year',
  fiscal_year: 'year',
};

/** "month", also for a fiscal one */
export function spokenGrain(grain: Grain): string {
  return WORD[grain];
}

/** "Revenue, previous month", "Revenue target" */
export function comparisonName(name: string, compare: Exclude<Comparison, 'none'>, grain: Grain): string {
  switch (compare) {
    case 'target':
      return `${name} target`;
    case 'previous':
      return `${name}, previous ${WORD[grain]}`;
    case 'lastYear':
      return `${name}, a year earlier`;
    case 'sameWeekday':
      return `${name}, same weekday`;
  }
}

/** "Revenue, first reported" */
export function reportedName(name: string): string {
  return `${name}, first reported`;
}

/** "1 month", "3 months" */
export function periodCount(n: number, grain: Grain): string {
  return `${n} ${WORD[grain]}${n === 1 ? '' : 's'}`;
}
