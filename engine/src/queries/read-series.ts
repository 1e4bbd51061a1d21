/** Fetches what evaluations need from the store, each window once. */
import { inputsOf, lookBack } from '@kpi-monitor/model/aggregation/resolve';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { GRAIN_MS, type Grain, isCivil } from '@kpi-monitor/model/time/grain';
import { convertTime } from '@kpi-monitor/model/time/period';
import type { StoredSeries } from '@kpi-monitor/store/store';

import type { Context } from './context';

/** A KPI whose values are needed from a store time of `grain` on, up to now. */
export interface Need {
  kpi: Kpi;
  grain: Grain;
  from: number;
}

export type SeriesById = ReadonlyMap<string, StoredSeries[]>;

interface Batch {
  from: number;
  to: number;
  series: Array<{ kpi: string; v: number }>;
}

/**
 * The stored series behind KPIs, by the input's id, as far back as their windows and formulas look. KPIs that need
 * the same window are read in one round trip; an input that several share is read once, over all that they need.
 * @throws KpiError STORE_UNREACHABLE, STORE_REFUSED
 */
export async function readSeries(needs: readonly Need[], context: Context): Promise<SeriesById> {
  const { catalogue, calendar, store, range, signal } = context;
  const starts = new Map<Kpi, number>();
  for (const { kpi, grain, from } of needs) {
    const reach = lookBack(kpi, catalogue);
    for (const input of inputsOf(kpi, catalogue)) {
      // Windows are average lengths: one step more, so that a long month is never cut.
      const start = convertTime(from, grain, input.grain, calendar) - reach - GRAIN_MS[input.grain];
      starts.set(input, Math.min(start, starts.get(input) ?? start));
    }
  }
  const batches = new Map<string, Batch>();
  for (const [input, start] of starts) {
    const civil = isCivil(input.grain);
    const from = civil ? Math.floor(start / DAY_MS) * DAY_MS : Math.floor(start);
    const to = civil ? calendar.toCivil(range.asOf - 1) + DAY_MS : range.asOf;
    const batch = batches.get(`${from}:${to}`) ?? { from, to, series: [] };
    batch.series.push({ kpi: input.id, v: input.version });
    batches.set(`${from}:${to}`, batch);
  }
  const byId = new Map<string, StoredSeries[]>([...starts.keys()].map((input) => [input.id, []]));
  for (const found of await Promise.all([...batches.values()].map((batch) => store.read(batch)))) {
    found.forEach((series) => byId.get(series.kpi)?.push(series));
  }
  signal?.throwIfAborted();
  return byId;
}
