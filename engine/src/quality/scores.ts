/** Scores over time: what was recorded, and what is newer than that computed. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { scoreGrain } from '@kpi-monitor/model/quality/assess-quality';
import { SCORE } from '@kpi-monitor/model/quality/rules';
import type { FrameMeta } from '@kpi-monitor/model/query/frames';
import type { Grain } from '@kpi-monitor/model/time/grain';
import type { StoredSeries } from '@kpi-monitor/store/store';

import type { Context } from '../queries/context';
import { storeRange } from '../queries/range';

import { type KpiQuality, readQuality, type Wanted } from './read-quality';

export interface KpiScores {
  kpi: Kpi;
  grain: Grain;
  times: number[];
  scores: number[];
}

export interface Scores {
  found: KpiScores[];
  notices: NonNullable<FrameMeta['notices']>;
}

/**
 * The scores of the range. Recorded ones are kept in step with the values by `recordScores`, so that a year of many KPIs is a
 * look-up; a KPI whose scores nobody recorded is computed.
 * @throws KpiError STORE_UNREACHABLE, STORE_REFUSED
 */
export async function readScores(kpis: readonly Kpi[], context: Context): Promise<Scores> {
  const wanted = wantedOf(kpis, context);
  const recorded = await recordedScores(wanted, context);
  const rest = wanted.map((one) => {
    const last = recorded.get(one.kpi)?.times.at(-1);
    // The newest may have been recorded before all of its values were there.
    return { ...one, from: last === undefined ? one.from : Math.max(one.from, last) };
  });
  const computed = await readQuality(rest, context);
  const found = computed.found.map(({ kpi, grain, points }): KpiScores => {
    const { times, values } = recorded.get(kpi) ?? { times: [], values: [] };
    const newest = points.flatMap(({ start, score }) => (score === null ? [] : [[start, score] as const]));
    const known = times.findIndex((time) => time >= (newest[0]?.[0] ?? Infinity));
    const kept = known < 0 ? times.length : known;
    return {
      ...{ kpi, grain },
      times: [...times.slice(0, kept), ...newest.map(([time]) => time)],
      scores: [...values.slice(0, kept), ...newest.map(([, score]) => score)],
    };
  });
  return { found, notices: computed.notices };
}

export function wantedOf(kpis: readonly Kpi[], { catalogue, calendar, range }: Context): Wanted {
  return kpis.map((kpi) => ({ kpi, ...storeRange(range, scoreGrain(kpi, catalogue), calendar) }));
}

export async function recordedScores(wanted: Wanted, { store }: Context): Promise<Map<Kpi, StoredSeries>> {
  if (wanted.length === 0) {
    return new Map();
  }
  const found = await store.recorded('quality', {
    series: wanted.map(({ kpi }) => ({ kpi: kpi.id, v: kpi.version })),
    from: Math.min(...wanted.map(({ from }) => from)),
    to: Math.max(...wanted.map(({ to }) => to)),
    where: { what: [SCORE] },
  });
  const byId = new Map(found.map((one) => [one.kpi, one]));
  return new Map(
    wanted.flatMap(({ kpi }) => {
      const one = byId.get(kpi.id);
      return one ? [[kpi, one] as const] : [];
    })
  );
}

/** The computed scores of a KPI as they are recorded. */
export function scorePoints({ kpi, points }: KpiQuality) {
  return points.flatMap(({ start, score }) =>
    score === null ? [] : [{ kpi: kpi.id, v: kpi.version, dims: { what: SCORE }, time: start, value: score }]
  );
}
