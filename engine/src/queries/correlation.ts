/** `correlation`: what moves with what, and what moves first. */
import { clusterOrder } from '@kpi-monitor/analysis/correlation/cluster-order';
import type { PairResult } from '@kpi-monitor/analysis/correlation/correlate';
import { prepare } from '@kpi-monitor/analysis/correlation/prepare';
import { inputsOf } from '@kpi-monitor/model/aggregation/resolve';
import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import {
  type Compared,
  type CorrelatedKpiRow,
  type CorrelationFacts,
  type PairRow,
} from '@kpi-monitor/model/query/correlation-frames';
import type { Frame, FrameMeta } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import type { Grain } from '@kpi-monitor/model/time/grain';

import { numberField, timeField } from '../frames/field';
import { shownUnit } from '../frames/field-config';
import { tableFrame, withNotices } from '../frames/frame';
import { type Columns, tableColumns } from '../frames/table';

import { answerMeta, type Context } from './context';
import { DEFAULT_MAX_LAG, readComparable } from './correlation-lines';
import { pairText } from './correlation-text';
import { periodCount } from './names';
import { SEASONS } from './seasons';

const PAIR_COLUMNS: Columns<PairRow> = {
  a: 'string',
  aName: { type: 'string', config: { displayName: 'KPI' } },
  b: 'string',
  bName: { type: 'string', config: { displayName: 'and' } },
  n: { type: 'number', config: { displayName: 'Periods', decimals: 0 } },
  pearson: { type: 'number', config: { displayName: 'Pearson', decimals: 2, min: -1, max: 1 } },
  spearman: { type: 'number', config: { displayName: 'Spearman', decimals: 2, min: -1, max: 1 } },
  lag: 'number',
  r: { type: 'number', config: { displayName: 'r', decimals: 2, min: -1, max: 1 } },
  p: 'number',
  q: 'number',
  significant: 'boolean',
  sharesInputs: 'boolean',
  leader: 'string',
  lagText: { type: 'string', config: { displayName: 'Lag' } },
  sentence: { type: 'string', config: { displayName: 'Finding' } },
};

const KPI_COLUMNS: Columns<CorrelatedKpiRow> = {
  kpi: 'string',
  name: { type: 'string', config: { displayName: 'KPI' } },
  category: 'string',
  categoryName: { type: 'string', config: { displayName: 'Category' } },
  unit: 'string',
  n: 'number',
};

/** What would be found by chance one time in twenty. */
const SIGNIFICANT = 0.05;
/** More lines than these are too much to send for pairs that nobody opens. */
const MOST_LINES = 120;

/** What two KPIs share by season or by growth would be found first, and says nothing. */
export const DEFAULT_COMPARED: Compared = 'adjusted';

export async function answerCorrelation(query: RequestQuery, context: Context): Promise<Frame[]> {
  if (query.format === 'numeric' || query.split) {
    const message = 'correlation is answered as tables over whole KPIs; ask without format and split';
    throw new KpiError('QUERY_INVALID', message, { format: query.format, split: query.split });
  }
  const { grain, kpis, times, values, notices } = await readComparable(query, context);
  const on = query.on ?? DEFAULT_COMPARED;
  const maxLag = query.maxLag ?? DEFAULT_MAX_LAG[grain];
  const compared = values.map((line) => prepare(line, on, SEASONS[grain]));
  const found = await context.work.run('correlate', { lines: compared, maxLag }, { signal: context.signal });
  const rows = found.map((pair) => pairRow(pair, kpis, grain, context));
  const facts: CorrelationFacts = {
    grain,
    on,
    maxLag,
    pairs: rows.filter(({ r }) => r !== null).length,
    significant: rows.filter((row) => row.significant).length,
    method: methodText(on),
  };
  const meta = answerMeta(query, context, { grain });
  const pairs = tableFrame('pairs', tableColumns(rows, PAIR_COLUMNS), { meta: { ...meta, correlation: facts } });
  const order = clusterOrder(distances(found, kpis.length), kpis.length);
  const rowOf = (i: number) => kpiRow(kpis[i]!, values[i]!, context.catalogue);
  const frames = [pairs, tableFrame('kpis', tableColumns(order.map(rowOf), KPI_COLUMNS), { meta })];
  const said: NonNullable<FrameMeta['notices']> = [...notices];
  if (kpis.length <= MOST_LINES) {
    const lines = (name: string, those: readonly Float64Array[]) => linesFrame(name, kpis, times, those, meta);
    frames.push(lines('values', values), lines('compared', compared));
  } else {
    said.push({ severity: 'info', text: `the lines of pairs are sent for up to ${MOST_LINES} KPIs; choose fewer` });
  }
  return withNotices(frames, said);
}

function pairRow(pair: PairResult, kpis: readonly Kpi[], grain: Grain, { catalogue, calendar }: Context): PairRow {
  const [a, b] = [kpis[pair.a]!, kpis[pair.b]!];
  const significant = pair.q < SIGNIFICANT;
  const orNull = (value: number) => (Number.isFinite(value) ? value : null);
  const sharesInputs = inputsOf(a, catalogue).some((input) => inputsOf(b, catalogue).includes(input));
  const row = {
    ...{ a: a.id, aName: a.name, b: b.id, bName: b.name, n: pair.n, lag: pair.lag, significant, sharesInputs },
    ...{ pearson: orNull(pair.pearson), spearman: orNull(pair.spearman), r: orNull(pair.r) },
    ...{ p: orNull(pair.p), q: orNull(pair.q) },
    leader: significant && pair.lag !== 0 ? (pair.lag > 0 ? a.id : b.id) : '',
    lagText: pair.lag === 0 ? 'together' : `${periodCount(Math.abs(pair.lag), grain)} later`,
  };
  return { ...row, sentence: pairText(row, grain, calendar.locale) };
}

function kpiRow(kpi: Kpi, values: Float64Array, { categories }: Catalogue): CorrelatedKpiRow {
  return {
    kpi: kpi.id,
    name: kpi.name,
    category: kpi.category,
    categoryName: categories.find(({ id }) => id === kpi.category)?.name ?? kpi.category,
    unit: kpi.unit,
    n: values.filter((value) => Number.isFinite(value)).length,
  };
}

function linesFrame(
  name: string,
  kpis: readonly Kpi[],
  times: readonly number[],
  lines: readonly Float64Array[],
  meta: Parameters<typeof tableFrame>[2]['meta']
): Frame {
  const columns = kpis.map((kpi, i) => {
    const config = { displayName: kpi.name, unit: shownUnit(kpi), decimals: kpi.decimals };
    return numberField(kpi.id, [...lines[i]!], { config });
  });
  return tableFrame(name, [timeField('time', times), ...columns], { meta });
}

/** Near are KPIs that move together, either way. */
function distances(pairs: readonly PairResult[], n: number): Float64Array {
  const out = new Float64Array(n * n);
  for (const { a, b, r } of pairs) {
    out[a * n + b] = out[b * n + a] = Number.isFinite(r) ? 1 - Math.abs(r) : 1;
  }
  return out;
}

/** What was done beside what the facts say, and what it does not show. */
function methodText(on: Compared): string {
  const caution = on === 'levels' ? ' Two trends, or two seasons, always correlate: this is weak evidence.' : '';
  return `Corrected for the number of pairs and lags, and for values that hang on to the ones before.${caution} Moving together is no proof of cause.`;
}
