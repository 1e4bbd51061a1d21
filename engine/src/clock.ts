/** What plays "now": the clock, or for an archive the end of its newest period. */
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { instantOf, periodAt } from '@kpi-monitor/model/time/period';

import type { ReadableStore } from './observer';

/** @throws KpiError STORE_UNREACHABLE */
export async function nowOf(
  catalogue: Catalogue,
  { store, calendar, clock }: { store: ReadableStore; calendar: Calendar; clock: () => number }
): Promise<number> {
  if (catalogue.as_of === 'clock') {
    return clock();
  }
  const collected = [...catalogue.byId.values()].filter((kpi) => !kpi.formula);
  const newest = await store.latest(collected.map((kpi) => ({ kpi: kpi.id, v: kpi.version })));
  const ends = [...newest].flatMap(([id, time]) => {
    const kpi = catalogue.byId.get(id);
    return kpi ? [instantOf(periodAt(time, kpi.grain, calendar).end, kpi.grain, calendar)] : [];
  });
  // Never ahead of the clock, and the clock itself while nothing is stored.
  return Math.min(clock(), ...(ends.length > 0 ? [Math.max(...ends)] : []));
}
