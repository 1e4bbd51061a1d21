/** What a running instance says about itself at `GET /api/collector/status`. */
import type { PushCount } from '@kpi-monitor/collector/push/receive';
import type { SourceStatus } from '@kpi-monitor/collector/status';

import type { House } from '../compose/house';
import type { IntakeState } from '../compose/intake';

export interface CollectorState {
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
  'calendar' | 'catalogue' | 'collector' | 'deadLetters' | 'receiver' | 'intake' | 'store' | 'startedAt' | 'clock'
>;

export async function collectorState(house: ObservedHouse): Promise<CollectorState> {
  const { collector, receiver, intake, store, startedAt, clock } = house;
  const newest = await newestIn(house).then(
    (found) => Object.fromEntries(found),
    () => null
  );
  return {
    ...{ startedAt, now: clock(), store: store.name, newest },
    ...{ sources: collector.status(), pushes: receiver.counts(), intake: intake.state() },
  };
}

/** @throws KpiError STORE_UNREACHABLE */
export function newestIn({ catalogue, store }: Pick<House, 'catalogue' | 'store'>): Promise<Map<string, number>> {
  const stored = [...catalogue.byId.values()].filter(({ formula }) => !formula);
  return store.latest(stored.map(({ id, version }) => ({ kpi: id, v: version })));
}
