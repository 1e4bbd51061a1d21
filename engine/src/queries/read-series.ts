/** Fetches what evaluations need from the store, in few round trips. */
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

/** An input may be read over a window up to this much longer than its own, to spare a round trip. */
const EXCESS = 1.5;

/**
 * The stored series behind KPIs, by the input's id, as far back as their windows and formulas look. An input that
 * several KPIs share is read once, and inputs that need similar windows are read in one round trip.
 * @throws KpiError STORE_UNREACHABLE, STORE_REFUSED
 */
export async function readSeries(needs: readonly Need[], context: Context): Promise<SeriesById> {
  const { store, signal } = context;
  const starts = startsOf(needs, context);
  const byId = new Map<string, StoredSeries[]>([...starts.keys()].map((input) => [input.id, []]));
  for (const found of await Promise.all(batchesOf(starts, context).map((batch) => store.read(batch)))) {
    found.forEach((series) => byId.get(series.kpi)?.push(series));
  }
  signal?.throwIfAborted();
  return byId;
}

/** The store time from which each input is needed. */
function startsOf(needs: readonly Need[], { catalogue, calendar }: Context): Map<Kpi, number> {
  const starts = new Map<Kpi, number>();
  for (const { kpi, grain, from } of needs) {
    const reach = lookBack(kpi, catalogue);
    for (const input of inputsOf(kpi, catalogue)) {
      // Windows are average lengths: one step more, so that a long month is never cut.
      const start = convertTime(from, grain, input.grain, calendar) - reach - GRAIN_MS[input.grain];
      starts.set(input, Math.min(start, starts.get(input) ?? start));
    }
  }
  return starts;
}

function batchesOf(starts: ReadonlyMap<Kpi, number>, { calendar, range }: Context): Batch[] {
  const batches: Batch[] = [];
  for (const isOfDays of [true, false]) {
    const to = isOfDays ? calendar.toCivil(range.asOf - 1) + DAY_MS : range.asOf;
    const inputs = [...starts].filter(([input]) => isCivil(input.grain) === isOfDays).sort((a, b) => a[1] - b[1]);
    let batch: Batch | undefined;
    for (const [input, start] of inputs) {
      const from = isOfDays ? Math.floor(start / DAY_MS) * DAY_MS : Math.floor(start);
      if (!batch || to - batch.from > EXCESS * (to - from)) {
        batch = { from, to, series: [] };
        batches.push(batch);
      }
      batch.series.push({ kpi: input.id, v: input.version });
    }
  }
  return batches;
}
