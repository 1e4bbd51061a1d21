/** What a running instance says about itself at `GET /api/collector/status`. */
import type { PushCount } from '@kpi-monitor/collector/push/receive';
import type { Shard } from '@kpi-monitor/collector/shard';
import type { SourceStatus } from '@kpi-monitor/collector/status';
import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';

import type { CatalogueState } from '../compose/catalogue-watch';
import type { House } from '../compose/house';
import type { IntakeState } from '../compose/intake';

/** A KPI as far as the state of collecting is about it. */
export type ListedKpi = Pick<Kpi, 'id' | 'name' | 'role' | 'unit' | 'grain' | 'version' | 'formula' | 'file'> & {
  /** kind of its source, `formula`, or null */
  source: string | null;
};

export interface InstanceState {
  /** null where one collector reads all */
  shard: Shard | null;
  catalogue: CatalogueState;
  /** the KPIs as the catalogue orders them, then the measures */
  kpis: ListedKpi[];
  /** epoch milliseconds */
  startedAt: number;
  now: number;
  store: string;
  /** of each KPI the start of its newest stored period, store time; null while the store is away */
  newest: Record<string, number> | null;
  /** one entry a KPI or measure that this instance reads */
  sources: SourceStatus[];
  /** one entry a client that has sent values since the start */
  pushes: PushCount[];
  /** what waits on the way to the store */
  intake: IntakeState | null;
}

export type ObservedHouse = Pick<
  House,
  | 'calendar'
  | 'catalogue'
  | 'config'
  | 'watch'
  | 'collector'
  | 'deadLetters'
  | 'receiver'
  | 'intake'
  | 'store'
  | 'startedAt'
  | 'clock'
>;

export async function instanceState(house: ObservedHouse): Promise<InstanceState> {
  const { catalogue, collector, config, receiver, intake, store, startedAt, clock, watch } = house;
  const newest = await newestIn(house).then(
    (found) => Object.fromEntries(found),
    () => null
  );
  return {
    ...{ shard: config.shard ?? null, catalogue: watch.state(), kpis: listed(catalogue) },
    ...{ startedAt, now: clock(), store: store.name, newest },
    ...{ sources: collector.status(), pushes: receiver.counts(), intake: intake.state() },
  };
}

export function listed({ byId, kpis }: Pick<Catalogue, 'byId' | 'kpis'>): ListedKpi[] {
  const measures = [...byId.values()].filter(({ role }) => role === 'measure');
  return [...kpis, ...measures.sort((a, b) => a.name.localeCompare(b.name))].map((kpi) => {
    const { id, name, role, unit, grain, version, formula, file, source } = kpi;
    return {
      id,
      name,
      role,
      unit,
      grain,
      version,
      formula,
      file,
      source: formula ? 'formula' : (source?.kind ?? null),
    };
  });
}

/** @throws KpiError STORE_UNREACHABLE */
export function newestIn({ catalogue, store }: Pick<House, 'catalogue' | 'store'>): Promise<Map<string, number>> {
  const stored = [...catalogue.byId.values()].filter(({ formula }) => !formula);
  return store.latest(stored.map(({ id, version }) => ({ kpi: id, v: version })));
}
