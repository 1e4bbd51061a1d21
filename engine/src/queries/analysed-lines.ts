/** The values that an analysis of each KPI is made of: final ones, equally spaced, over the asked range. */
import type { Slice } from '@kpi-monitor/model/aggregation/evaluate';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { FrameMeta } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { GRAIN_MS, type Grain } from '@kpi-monitor/model/time/grain';

import type { Context } from './context';
import { grainOf } from './grain';
import { requireFewer } from './limit';
import { storeRange } from './range';
import { type Asked, refusalNotices, selectAndEvaluate } from './select';

export interface AnalysedLine {
  kpi: Kpi;
  slice: Slice;
  grain: Grain;
  /** starts of the periods, from the first with a value to the last that is over */
  times: number[];
  /** NaN = missing, or not final yet */
  values: Float64Array;
}

export interface AnalysedLines {
  lines: AnalysedLine[];
  /** KPIs that were selected */
  kpis: Kpi[];
  notices: NonNullable<FrameMeta['notices']>;
}

interface AskedLine extends Asked {
  shown: { from: number; to: number };
}

/** @param earlier milliseconds before the range that are read as well, to learn what is usual */
export async function readAnalysed(query: RequestQuery, context: Context, earlier = 0): Promise<AnalysedLines> {
  const { calendar, range, limits } = context;
  let points = 0;
  const { evaluated, refused } = await selectAndEvaluate<AskedLine>(query, context, (kpi) => {
    const grain = grainOf(kpi, query, context);
    const shown = storeRange({ ...range, from: range.from - earlier }, grain, calendar);
    return { kpi, grain, shown, from: shown.from };
  });
  const lines = evaluated.flatMap(({ asked: { kpi, grain, shown }, slices }) => {
    points += (slices.length * (shown.to - shown.from)) / GRAIN_MS[grain];
    requireFewer(kpi, points, limits);
    return slices.map((slice): AnalysedLine => {
      const all = slice.points(shown.from, shown.to).filter(({ life }) => life !== 'open');
      const isFinal = (i: number) => all[i]!.value !== null && all[i]!.completeness >= kpi.judge.min_complete;
      const known = all.flatMap((_, i) => (isFinal(i) ? [i] : []));
      const its = known.length > 0 ? all.slice(known[0], known.at(-1)! + 1) : [];
      return {
        ...{ kpi, slice, grain, times: its.map(({ start }) => start) },
        values: Float64Array.from(its, ({ value, completeness }) =>
          value !== null && completeness >= kpi.judge.min_complete ? value : NaN
        ),
      };
    });
  });
  const kpis = [...new Set([...evaluated.map(({ asked }) => asked.kpi), ...refused.keys()])];
  return { lines, kpis, notices: refusalNotices(refused) };
}
