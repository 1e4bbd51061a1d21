/** When a judged period could be known: an alert cannot be answered before there was one. */
import { inputsOf } from '../aggregation/resolve';
import { settleTime } from '../aggregation/life';
import type { Catalogue, Kpi } from '../catalogue/catalogue';
import type { Calendar } from '../time/calendar';
import { convertTime, type Period, periodAt } from '../time/period';

import { expectedAt } from './freshness';

/**
 * The instant at which a period is final and the last of its values was expected. A value that came later than that was
 * known later; nothing in the store says when.
 */
export function knownAt(kpi: Kpi, period: Period, catalogue: Catalogue, calendar: Calendar): number {
  const settled = settleTime(period, kpi.judge.settle_after, calendar);
  const arrivals = inputsOf(kpi, catalogue)
    .filter(({ source }) => source?.expected_by)
    .map((input) => {
      const end = convertTime(period.end, period.grain, input.grain, calendar);
      return expectedAt(input, periodAt(end - 1, input.grain, calendar), calendar);
    });
  return Math.max(settled, ...arrivals);
}
