/** Where the KPIs of a query stand: one standing a KPI and slice. */
import { assess, HISTORY_PERIODS } from '@kpi-monitor/model/judgement/assess';
import { comparisonReach } from '@kpi-monitor/model/judgement/compare';
import type { Slice } from '@kpi-monitor/model/aggregation/evaluate';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { FrameMeta, StatusRow } from '@kpi-monitor/model/query/frames';
import type { Comparison, RequestQuery } from '@kpi-monitor/model/query/query';
import { GRAIN_MS } from '@kpi-monitor/model/time/grain';
import { periodNow, step } from '@kpi-monitor/model/time/period';

import type { Context } from './context';
import { newestInputs } from './newest';
import { readNews } from './news';
import type { SeriesById } from './read-series';
import { refusalNotices, selectAndEvaluate } from './select';

export interface Standing {
  kpi: Kpi;
  /** the dimensions that are fixed to one member */
  labels: Readonly<Record<string, string>>;
  /** evaluated at the judged grain */
  slice: Slice;
  /** the stored series of all inputs, as far back as a card looks */
  series: SeriesById;
  row: StatusRow;
}

export interface Standings {
  standings: Standing[];
  /** KPIs that cannot be asked this way */
  silent: Kpi[];
  notices: NonNullable<FrameMeta['notices']>;
}

/** @param compare what a change is measured against */
export async function readStandings(
  query: RequestQuery,
  context: Context,
  compare: Comparison = query.compare ?? 'previous'
): Promise<Standings> {
  const { catalogue, calendar, range } = context;
  const { evaluated, refused } = await selectAndEvaluate(query, context, (kpi) => {
    const grain = kpi.judge.at;
    const start = step(periodNow(range.asOf, grain, calendar), -HISTORY_PERIODS).start;
    return { kpi, grain, from: start - comparisonReach(compare, GRAIN_MS[grain]) };
  });
  const newest = await newestInputs(evaluated, context);
  const standings = evaluated.flatMap(({ asked: { kpi }, slices, series }) =>
    slices.map((slice): Standing => {
      const period = { newest, asOf: range.asOf, compare, basis: query.basis };
      const isWhole = Object.keys(slice.labels).length === 0 && !slice.isPartial;
      const foretold = isWhole ? context.landings.of(kpi, range.asOf, calendar) : undefined;
      const asked = { kpi, catalogue, calendar, slice, ...period, readSignal: readNews, foretold };
      return { kpi, labels: slice.labels, slice, series, row: assess(asked) };
    })
  );
  const silent = [...evaluated.map(({ asked }) => asked.kpi), ...refused.keys()].filter(
    (kpi) => !standings.some((standing) => standing.kpi === kpi)
  );
  return { standings, silent, notices: refusalNotices(refused) };
}
