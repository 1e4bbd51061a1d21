/** When a rule's answer can have changed. */
import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import { knownAt } from '@kpi-monitor/model/judgement/known-at';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { instantOf, periodNow, step } from '@kpi-monitor/model/time/period';

import type { Range } from '../queries/range';

/** More would take longer than somebody waits. */
export const MOST_MOMENTS = 5000;

/**
 * The range's begin; the ends of judged periods and the instants at which they are final and due; each midnight of the
 * business zone, as days come in; and the instants at which thresholds were edited.
 * @throws KpiError QUERY_TOO_LARGE
 */
export function momentsOf(
  kpis: readonly Kpi[],
  edited: readonly number[],
  { from, asOf }: Range,
  catalogue: Catalogue,
  calendar: Calendar
): number[] {
  const moments = new Set([from]);
  const add = (moment: number) => {
    if (moment > from && moment < asOf) {
      moments.add(moment);
    }
    if (moments.size > MOST_MOMENTS) {
      const message = `the rule's answer can change more than ${MOST_MOMENTS} times in that range; choose a shorter one, or KPIs that are judged less often`;
      throw new KpiError('QUERY_TOO_LARGE', message, { most: MOST_MOMENTS });
    }
  };
  for (let day = calendar.toCivil(from); calendar.toInstant(day) < asOf; day += DAY_MS) {
    add(calendar.toInstant(day));
  }
  edited.forEach(add);
  for (const kpi of kpis) {
    const at = kpi.judge.at;
    // What was over before the range can become final within it.
    for (let period = step(periodNow(from, at, calendar), -2); ; period = step(period, 1)) {
      const end = instantOf(period.end, at, calendar);
      if (end >= asOf) {
        break;
      }
      add(end);
      add(knownAt(kpi, period, catalogue, calendar));
    }
  }
  return [...moments].sort((a, b) => a - b);
}
