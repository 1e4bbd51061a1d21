/** `decomposition`: what a line is made of: trend, seasons, and what is left. */
import { KpiError } from '@kpi-monitor/model/errors';
import type { Frame, FrameMeta } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import type { Grain } from '@kpi-monitor/model/time/grain';

import { numberField, timeField } from '../frames/field';
import { comparisonConfig, shownUnit, valueConfig } from '../frames/field-config';
import { emptyFrame, wideFrame, withNotices } from '../frames/frame';
import { seriesLabels } from '../frames/labels';

import { type AnalysedLine, readAnalysed } from './analysed-lines';
import { type Answerer, answerMeta, type Context } from './context';
import { lineName, periodCount } from './names';
import { SEASONS } from './seasons';

/** Two of the shortest season, or what a trend needs. */
const LEAST = 8;

export const answerDecomposition: Answerer = async (query, context) => {
  if (query.format === 'table' || query.format === 'numeric') {
    const message = 'a decomposition is answered as lines; ask without format';
    throw new KpiError('QUERY_INVALID', message, { format: query.format });
  }
  const { lines, kpis, notices } = await readAnalysed(query, context);
  const there = lines.filter(({ values }) => values.length >= LEAST);
  const short = lines.filter((line) => !there.includes(line));
  const said: NonNullable<FrameMeta['notices']> = [
    ...notices,
    ...short.map(({ kpi, grain }) => ({
      severity: 'info' as const,
      text: `${kpi.name} has fewer than ${periodCount(LEAST, grain)} in the range, too few to take apart`,
    })),
  ];
  const frames = await Promise.all(there.map((line) => partsFrame(line, query, kpis.length, context)));
  if (frames.length === 0) {
    return [emptyFrame('timeseries-multi', { meta: answerMeta(query, context), notices: said })];
  }
  return withNotices(frames, said);
};

async function partsFrame(line: AnalysedLine, query: RequestQuery, kpis: number, context: Context): Promise<Frame> {
  const { kpi, slice, grain, times, values } = line;
  const { trend, seasons, remainder } = await context.work.run(
    'decompose',
    { values, candidates: SEASONS[grain] },
    { signal: context.signal }
  );
  const name = lineName({ kpi, slice: slice.slice }, query, kpis);
  const labels = seriesLabels(kpi, slice.labels);
  const part = (id: string, displayName: string, of: Float64Array, config = {}) =>
    numberField(id, [...of], {
      labels,
      config: { displayName, unit: shownUnit(kpi), decimals: kpi.decimals, ...config },
    });
  return wideFrame(
    name,
    [
      timeField('time', times),
      numberField('value', [...values], {
        labels,
        config: valueConfig(kpi, { displayName: name, steps: null, isFinal: false }),
      }),
      numberField('trend', [...trend], { labels, config: comparisonConfig(kpi, 'Trend', false) }),
      ...seasons.map(({ length, values: season }) =>
        part(`season${length}`, seasonName(length, grain), Float64Array.from(season))
      ),
      part('remainder', 'What is left', remainder, { custom: { drawStyle: 'bars', fillOpacity: 60, lineWidth: 0 } }),
    ],
    { meta: answerMeta(query, context, { grain }) }
  );
}

const SPOKEN: Partial<Record<Grain, Record<number, string>>> = {
  minute: { 60: 'Within the hour', 1440: 'Within the day' },
  hour: { 24: 'Within the day', 168: 'Within the week' },
  day: { 7: 'Within the week', 365: 'Within the year' },
  week: { 52: 'Within the year' },
  month: { 12: 'Within the year' },
  quarter: { 4: 'Within the year' },
  fiscal_quarter: { 4: 'Within the year' },
};

function seasonName(length: number, grain: Grain): string {
  return SPOKEN[grain]?.[length] ?? `Every ${periodCount(length, grain)}`;
}
