/** Which KPIs a query is about, and what becomes of those that cannot be asked this way. */
import { evaluate, type Slice } from '@kpi-monitor/model/aggregation/evaluate';
import { requireDimension, requireGrain } from '@kpi-monitor/model/aggregation/resolve';
import { type Kpi, selectKpis } from '@kpi-monitor/model/catalogue/catalogue';
import { type ErrorCode, KpiError } from '@kpi-monitor/model/errors';
import type { FrameMeta } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import type { Grain } from '@kpi-monitor/model/time/grain';

import type { Context } from './context';
import { readSeries, type SeriesById } from './read-series';

type Notices = NonNullable<FrameMeta['notices']>;

/** A KPI with the grain that it is asked at and the store time that its values are needed from. */
export interface Asked {
  kpi: Kpi;
  grain: Grain;
  from: number;
}

export interface Evaluated<A extends Asked> {
  asked: A;
  slices: Slice[];
  /** the stored series of all inputs */
  series: SeriesById;
}

export interface Selected<A extends Asked> {
  evaluated: Array<Evaluated<A>>;
  /** KPIs that cannot be asked this way, with the reason */
  refused: Map<Kpi, KpiError>;
}

/** What a KPI's own nature refuses: beside other KPIs it is left out with a notice, alone it is an error. */
const BY_NATURE: ErrorCode[] = ['KPI_DIMENSION_UNKNOWN', 'KPI_GRAIN_TOO_FINE', 'KPI_ROLLUP_REFUSED'];

/**
 * Selects, reads and evaluates. KPIs that cannot be split or rolled up this way are set apart.
 * @throws KpiError the first refusal when it meets every KPI; KPI_UNKNOWN, KPI_CATEGORY_UNKNOWN, QUERY_TOO_LARGE
 */
export async function selectAndEvaluate<A extends Asked>(
  query: RequestQuery,
  context: Context,
  ask: (kpi: Kpi) => A
): Promise<Selected<A>> {
  const { catalogue, calendar, range } = context;
  const where = conditionsOf(query);
  const refused = new Map<Kpi, KpiError>();
  const attempt = <T>(kpi: Kpi, work: () => T): T[] => {
    try {
      return [work()];
    } catch (error) {
      if (!(error instanceof KpiError) || !BY_NATURE.includes(error.code)) {
        throw error;
      }
      refused.set(kpi, error);
      return [];
    }
  };
  const asked = selectKpis(catalogue, query.select).flatMap((kpi) =>
    attempt(kpi, () => {
      const one = ask(kpi);
      requireGrain(kpi, catalogue, one.grain, calendar);
      [...Object.keys(where), ...(query.split ? [query.split] : [])].forEach((dimension) =>
        requireDimension(kpi, catalogue, dimension)
      );
      return one;
    })
  );
  const series = asked.length > 0 ? await readSeries(asked, context) : new Map<string, never>();
  const evaluated = asked.flatMap((one) =>
    attempt(one.kpi, () => {
      const { kpi, grain } = one;
      const slices = evaluate({ kpi, catalogue, calendar, series, grain, asOf: range.asOf, split: query.split, where });
      return { asked: one, slices, series };
    })
  );
  if (evaluated.length === 0 && refused.size > 0) {
    throw [...refused.values()][0]!;
  }
  return { evaluated, refused };
}

/** Says which KPIs are missing from an answer, and why. */
export function refusalNotices(refused: ReadonlyMap<Kpi, KpiError>): Notices {
  return [...refused].map(([kpi, error]) => ({
    severity: 'warning',
    text: `${kpi.name} is left out: ${error.message}`,
  }));
}

function conditionsOf(query: RequestQuery): Record<string, string[]> {
  return Object.fromEntries(Object.entries(query.select.where ?? {}).filter(([, members]) => members.length > 0));
}
