/** The values that an analysis of each KPI is made of: final ones, equally spaced. */
import type { Slice } from '@kpi-monitor/model/aggregation/evaluate';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { FrameMeta } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { GRAIN_MS, type Grain } from '@kpi-monitor/model/time/grain';

import { historyStart } from '../forecasting/fitted-line';

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
  /** index from which the asked range begins: what is before was read to learn from */
  from: number;
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

/** Values are looked at as they arrive, as long as the range holds no more of them. */
const MOST_PERIODS = 2000;

/** The grain that an analysis is made at: its findings are the same however wide the panel is. */
export function analysedGrain(kpi: Kpi, query: RequestQuery, context: Context): Grain {
  return grainOf(kpi, { ...query, format: undefined, maxDataPoints: MOST_PERIODS }, context);
}

/** @param learns whether what was before the range is read as well, to know what is usual */
export async function readAnalysed(query: RequestQuery, context: Context, learns = false): Promise<AnalysedLines> {
  const { calendar, range, limits } = context;
  let points = 0;
  const { evaluated, refused } = await selectAndEvaluate<AskedLine>(query, context, (kpi) => {
    const grain = analysedGrain(kpi, query, context);
    const shown = storeRange(range, grain, calendar);
    const from = learns ? Math.min(shown.from, historyStart(grain, context)) : shown.from;
    return { kpi, grain, shown, from };
  });
  const lines = evaluated.flatMap(({ asked: { kpi, grain, shown, from }, slices }) => {
    points += (slices.length * (shown.to - from)) / GRAIN_MS[grain];
    requireFewer(kpi, points, limits);
    return slices.map((slice): AnalysedLine => {
      const { times, values } = finalValues(kpi, slice, from, shown.to);
      const first = times.findIndex((time) => time >= shown.from);
      return { kpi, slice, grain, times, values, from: first < 0 ? times.length : first };
    });
  });
  const kpis = [...new Set([...evaluated.map(({ asked }) => asked.kpi), ...refused.keys()])];
  return { lines, kpis, notices: refusalNotices(refused) };
}

/** The values of periods that are over, from the first that is complete to the last. */
export function finalValues(kpi: Kpi, slice: Slice, from: number, to: number): Pick<AnalysedLine, 'times' | 'values'> {
  const all = slice
    .points(from, to)
    .filter(({ life }) => life !== 'open')
    .map(({ start, value, completeness }) => ({
      time: start,
      value: value !== null && completeness >= kpi.judge.min_complete ? value : NaN,
    }));
  const isKnown = ({ value }: { value: number }) => value === value;
  const its = all.slice(Math.max(0, all.findIndex(isKnown)), all.findLastIndex(isKnown) + 1);
  return { times: its.map(({ time }) => time), values: Float64Array.from(its, ({ value }) => value) };
}

/** Says which lines hold too little. */
export function shortNotices(
  lines: ReadonlyArray<Pick<AnalysedLine, 'kpi'>>,
  because: string
): AnalysedLines['notices'] {
  const names = [...new Set(lines.map(({ kpi }) => kpi.name))];
  const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
  return names.length === 0 ? [] : [{ severity: 'info', text: `${names.slice(0, 3).join(', ')}${more}: ${because}` }];
}
