/** The values that a correlation compares: of one grain, over the same periods. */
import { nativeGrain } from '@kpi-monitor/model/aggregation/resolve';
import { type Kpi, selectKpis } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import type { FrameMeta } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { GRAIN_MS, type Grain, GRAINS, isFiner } from '@kpi-monitor/model/time/grain';

import type { Context } from './context';
import { grainsOf } from './grain';
import { requireFewer } from './limit';
import { periodCount, spokenGrain } from './names';
import { storeRange } from './range';
import { type Asked, refusalNotices, selectAndEvaluate } from './select';

export interface Comparable {
  grain: Grain;
  kpis: Kpi[];
  /** starts of the periods */
  times: number[];
  /** a line a KPI, NaN = missing */
  values: Float64Array[];
  notices: NonNullable<FrameMeta['notices']>;
}

/** Lags that are tried when the query does not say: what business takes to follow. */
export const DEFAULT_MAX_LAG: Record<Grain, number> = {
  minute: 60,
  hour: 24,
  day: 28,
  week: 8,
  month: 6,
  quarter: 4,
  fiscal_quarter: 4,
  year: 2,
  fiscal_year: 2,
};

/** Fewer periods say nothing. */
const LEAST_PERIODS = 12;

interface AskedComparable extends Asked {
  shown: { from: number; to: number };
}

/** @throws KpiError QUERY_INVALID when fewer than two KPIs or twelve periods are left to compare; QUERY_TOO_LARGE */
export async function readComparable(query: RequestQuery, context: Context): Promise<Comparable> {
  const { calendar, range, limits } = context;
  const grain = comparableGrain(query, context);
  let points = 0;
  const { evaluated, refused } = await selectAndEvaluate<AskedComparable>(query, context, (kpi) => {
    if (isFiner(grain, nativeGrain(kpi, context.catalogue))) {
      const message = `it has no values for each ${spokenGrain(grain)}`;
      throw new KpiError('KPI_GRAIN_TOO_FINE', message, { kpi: kpi.id, grain });
    }
    const shown = storeRange(range, grain, calendar);
    points += (shown.to - shown.from) / GRAIN_MS[grain];
    requireFewer(kpi, points, limits);
    return { kpi, grain, shown, from: shown.from };
  });
  const lines = evaluated.flatMap(({ asked, slices: [slice] }) => {
    const all = slice?.points(asked.shown.from, asked.shown.to) ?? [];
    const final = all.filter(
      ({ value, life, completeness }) =>
        value !== null && life !== 'open' && completeness >= asked.kpi.judge.min_complete
    );
    return [{ kpi: asked.kpi, byTime: new Map(final.map(({ start, value }) => [start, value!])) }];
  });
  const there = lines.filter(({ byTime }) => byTime.size >= LEAST_PERIODS);
  const short = lines.filter((line) => !there.includes(line));
  if (there.length < 2) {
    const least = periodCount(LEAST_PERIODS, grain);
    const message = `a correlation needs two KPIs with ${least} of final values each in the range; choose a longer range, more KPIs or a finer grain`;
    throw new KpiError('QUERY_INVALID', message, { grain, kpis: lines.map(({ kpi }) => kpi.id) });
  }
  const times = [...new Set(there.flatMap(({ byTime }) => [...byTime.keys()]))].sort((a, b) => a - b);
  return {
    grain,
    kpis: there.map(({ kpi }) => kpi),
    times,
    values: there.map(({ byTime }) => Float64Array.from(times, (time) => byTime.get(time) ?? NaN)),
    notices: [
      ...leftOut(
        [...refused].filter(([, { code }]) => code === 'KPI_GRAIN_TOO_FINE').map(([kpi]) => kpi),
        {
          because: `no value for each ${spokenGrain(grain)}`,
        }
      ),
      ...leftOut(
        short.map(({ kpi }) => kpi),
        { because: `fewer than ${periodCount(LEAST_PERIODS, grain)} of final values in the range` }
      ),
      ...refusalNotices(new Map([...refused].filter(([, { code }]) => code !== 'KPI_GRAIN_TOO_FINE'))),
    ],
  };
}

/** One sentence for all that are left out for one reason. */
function leftOut(kpis: readonly Kpi[], { because }: { because: string }): Comparable['notices'] {
  const names = kpis.slice(0, 3).map(({ name }) => name);
  const more = kpis.length > 3 ? ` and ${kpis.length - 3} more` : '';
  const have = kpis.length === 1 ? 'has' : 'have';
  return kpis.length === 0
    ? []
    : [
        {
          severity: 'info',
          text: `${names.join(', ')}${more} ${have} ${because}, and ${kpis.length === 1 ? 'is' : 'are'} left out`,
        },
      ];
}

/**
 * The grain that was asked for; else the finest one that at least half of the KPIs have, and that leaves enough periods in
 * the range.
 */
function comparableGrain(query: RequestQuery, { catalogue, calendar, range }: Context): Grain {
  if (query.grain && query.grain !== 'auto' && query.grain !== 'judged') {
    return query.grain;
  }
  const each = selectKpis(catalogue, query.select).map((kpi) => grainsOf(kpi, catalogue, calendar));
  const fits = (grain: Grain) => (range.to - range.from) / GRAIN_MS[grain] >= LEAST_PERIODS;
  const shared = GRAINS.filter(
    (grain) => fits(grain) && each.filter((grains) => grains.includes(grain)).length * 2 >= Math.max(2, each.length)
  );
  return shared[0] ?? 'month';
}
