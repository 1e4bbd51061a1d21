/** What is stored of each KPI: from a running instance, else from the store itself. */
import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { asKpiError } from '@kpi-monitor/model/errors';
import type { QueryResponse, SeriesRow } from '@kpi-monitor/model/query/frames';
import { queryRequest } from '@kpi-monitor/model/query/query-schema';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { GRAIN_MS } from '@kpi-monitor/model/time/grain';

import type { LoadedConfig } from '../config/read';

import { ask } from './ask';
import { openHouse } from './house';
import { reachInstance } from './instance';
import { isStillEmpty } from './open-store';

export interface StoredValues {
  /** settled values of the judged periods, oldest first, NaN = missing; of KPIs that have some */
  byKpi: ReadonlyMap<string, { times: number[]; values: number[] }>;
  /** where they are from, or why there are none, in words */
  from: string;
}

/** Queries of one request, as many as an engine takes. */
const AT_A_TIME = 40;

/** @param periods of its judged grain that are read of each KPI */
export async function storedValues(
  config: LoadedConfig,
  catalogue: Catalogue,
  { periods, version }: { periods: number; version: string }
): Promise<StoredValues> {
  try {
    const instance = await reachInstance(config.dataFolder);
    if (instance) {
      const byKpi = await valuesOf(catalogue.kpis, periods, (body) => ask(instance, 'POST', '/api/ds/query', body));
      return { byKpi, from: `the values of the instance at ${instance.url}` };
    }
    if (isStillEmpty(config)) {
      return { byKpi: new Map(), from: 'nothing is stored yet' };
    }
    const house = await openHouse(config, { version, journal: false });
    try {
      const byKpi = await valuesOf(catalogue.kpis, periods, (body) => house.engine.answer(queryRequest.parse(body)));
      return { byKpi, from: `the values of ${house.store.name}` };
    } finally {
      await house.close();
    }
  } catch (error) {
    const { code, message } = asKpiError(error);
    return { byKpi: new Map(), from: `the store could not be read (${code}: ${message})` };
  }
}

async function valuesOf(
  kpis: readonly Kpi[],
  periods: number,
  ask: (body: object) => Promise<QueryResponse>
): Promise<StoredValues['byKpi']> {
  const byKpi = new Map<string, { times: number[]; values: number[] }>();
  for (let first = 0; first < kpis.length; first += AT_A_TIME) {
    const queries = kpis.slice(first, first + AT_A_TIME).map(({ id, judge }) => ({
      ...{ refId: id, v: 1, type: 'series', select: { kpis: [id] } },
      ...{ grain: 'judged', basis: 'settled', format: 'table' },
      from: `now-${Math.ceil(((periods + 2) * GRAIN_MS[judge.at]) / DAY_MS)}d`,
    }));
    const { results } = await ask({ queries: queries.map((query) => ({ ...query, to: 'now' })) });
    for (const [id, { frames = [] }] of Object.entries(results)) {
      const [frame] = frames;
      const column = (name: keyof SeriesRow) => {
        const index = frame?.schema.fields.findIndex((field) => field.name === name) ?? -1;
        return (frame?.data.values[index] ?? []) as unknown[];
      };
      const [times, values, grains] = [column('time'), column('value'), column('grain')];
      // An instance may run with a catalogue in which the KPI is judged at another grain.
      if (grains[0] === kpis.find((kpi) => kpi.id === id)?.judge.at) {
        byKpi.set(id, {
          times: (times as number[]).slice(-periods),
          values: values.map((value) => (typeof value === 'number' ? value : NaN)).slice(-periods),
        });
      }
    }
  }
  return byKpi;
}
