/** `distribution`: how values are spread: a histogram by threshold zones, figures and tests, and what returns. */
import { scopeOf } from '@kpi-monitor/model/judgement/history';
import { LEVEL_COLORS, levelOf } from '@kpi-monitor/model/judgement/levels';
import { targetFor } from '@kpi-monitor/model/judgement/references';
import { boundariesFor } from '@kpi-monitor/model/judgement/thresholds';
import { KpiError } from '@kpi-monitor/model/errors';
import { formatValue } from '@kpi-monitor/model/format/number';
import {
  type BinRow,
  DISTRIBUTION_PARTS,
  type DistributionPart,
  type GroupRow,
  type StatisticRow,
} from '@kpi-monitor/model/query/analysis-frames';
import { type Boundaries, type Frame, type FrameMeta, LOWEST } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { LEVELS, STATUS_TEXT } from '@kpi-monitor/model/status';
import { periodAt } from '@kpi-monitor/model/time/period';

import { type Column, numberField } from '../frames/field';
import { HIDDEN, levelMapping, PER_CENT } from '../frames/field-config';
import { emptyFrame, numericFrame, tableFrame, withNotices } from '../frames/frame';
import { numericLabels } from '../frames/labels';
import { type Columns, tableColumns } from '../frames/table';
import type { TaskOutput } from '../work/tasks';

import { type AnalysedLine, readAnalysed, shortNotices } from './analysed-lines';
import { type Answerer, answerMeta, type Context } from './context';
import { lineName } from './names';
import { groupPeriods, type Grouping, mean } from './period-groups';
import { SEASONS } from './seasons';
import { statisticRows } from './statistics';

interface Spread extends AnalysedLine {
  name: string;
  found: TaskOutput<'distribution'>;
  groupings: Grouping[];
  /** null where the grain is not the judged one, nothing is judged, or not by the same thresholds all along */
  boundaries: Boundaries | null;
  /** the last of these */
  hasChanging: boolean;
}

export const answerDistribution: Answerer = async (query, context) => {
  if (query.format === 'timeseries') {
    const message = 'a distribution is answered as tables, or as one number a bin; ask without format';
    throw new KpiError('QUERY_INVALID', message, { format: query.format });
  }
  const { lines, kpis, notices } = await readAnalysed(query, context);
  const there = lines.filter(({ values }) => values.length > 0);
  const silent = lines.filter((line) => !there.includes(line));
  const spreads = await Promise.all(there.map((line) => spreadOf(line, query, kpis.length, context)));
  const said = [...notices, ...shortNotices(silent, 'no final values in the range'), ...zoneNotices(spreads)];
  const meta = answerMeta(query, context);
  if (query.format === 'numeric') {
    const frames = spreads.flatMap((spread) => binNumbers(spread, spreads.length, query, context));
    return frames.length > 0 ? withNotices(frames, said) : [emptyFrame('numeric-multi', { meta, notices: said })];
  }
  const parts = query.part ? [query.part as DistributionPart] : DISTRIBUTION_PARTS;
  if (spreads.length === 0) {
    return withNotices(
      parts.map((part) => tableFrame(part, columnsOf(part, null, context), { meta })),
      said
    );
  }
  const frames = spreads.flatMap((spread) =>
    parts.map((part) => {
      const name = spreads.length > 1 ? `${spread.name}: ${part}` : part;
      const its = answerMeta(query, context, { grain: spread.grain });
      return tableFrame(name, columnsOf(part, spread, context), { meta: its });
    })
  );
  return withNotices(frames, said);
};

async function spreadOf(line: AnalysedLine, query: RequestQuery, kpis: number, context: Context): Promise<Spread> {
  const { kpi, slice, grain, values } = line;
  const groupings = groupPeriods(line, grain, context.calendar);
  const found = await context.work.run(
    'distribution',
    {
      ...{ values, season: SEASONS[grain][0] },
      groupings: groupings.map(({ groups }) => groups.map(({ blocks }) => blocks)),
    },
    { signal: context.signal }
  );
  const name = lineName({ kpi, slice: slice.slice }, query, kpis);
  const boundaries = line.times.map((time) => boundariesAt(line, time, context));
  const isSteady = new Set(boundaries.map((one) => JSON.stringify(one))).size === 1;
  return { ...line, name, found, groupings, boundaries: isSteady ? boundaries[0]! : null, hasChanging: !isSteady };
}

function boundariesAt({ kpi, slice, grain }: AnalysedLine, time: number, { calendar, range }: Context) {
  const period = periodAt(time, grain, calendar);
  const scope = scopeOf(slice);
  const target = targetFor(kpi, period, scope, calendar, range.asOf);
  return boundariesFor(kpi, period, scope, target, calendar, range.asOf).boundaries;
}

/** A histogram has one set of zones: where a month's target is not the next one's, a colour would judge by the wrong one. */
function zoneNotices(spreads: readonly Spread[]): NonNullable<FrameMeta['notices']> {
  const changing = spreads.filter(({ hasChanging }) => hasChanging);
  return shortNotices(changing, 'thresholds are not the same all along the range, so that the bins have no zones');
}

/** Bins may be narrower than what a KPI's values are rounded to. */
function edgeText({ kpi, found }: Spread, edge: number, locale: string): string {
  const [bin] = found.bins;
  const width = bin ? bin.to - bin.from : 0;
  const shown = kpi.unit === 'percentunit' ? 100 * width : width;
  const isWhole = (decimals: number) => Math.abs(shown * 10 ** decimals - Math.round(shown * 10 ** decimals)) < 1e-6;
  const needed = [0, 1, 2, 3, 4, 5, 6].find((decimals) => isWhole(decimals)) ?? 6;
  return formatValue(edge, { unit: kpi.unit, decimals: Math.max(kpi.decimals, width > 0 ? needed : 0), locale });
}

function binRows(spread: Spread, { calendar }: Context): BinRow[] {
  const { found, boundaries } = spread;
  return found.bins.map(({ from, to, count }) => {
    const [low, high] = [from, to].map((edge) => edgeText(spread, edge, calendar.locale));
    const binText = from === to ? low! : `${low}${from < 0 ? ' to ' : '–'}${high}`;
    return { from, to, binText, count, level: boundaries && levelOf((from + to) / 2, boundaries) };
  });
}

function binNumbers(spread: Spread, lines: number, query: RequestQuery, context: Context): Frame[] {
  const { kpi, slice, grain, name } = spread;
  const rows = binRows(spread, context);
  const max = Math.max(...rows.map(({ count }) => count));
  return rows.map(({ binText, count, level }) => {
    const displayName = lines > 1 ? `${name}, ${binText}` : binText;
    const color = level === null ? 'blue' : LEVEL_COLORS[level];
    const value = numberField('count', [count], {
      labels: numericLabels(kpi, grain, { ...slice.labels, bin: binText }),
      config: {
        ...{ displayName, decimals: 0, min: 0, max, color: { mode: 'thresholds' } },
        ...(level !== null && { description: STATUS_TEXT[LEVELS[level]] }),
        thresholds: { mode: 'absolute', steps: [{ value: LOWEST, color }] },
      },
    });
    return numericFrame(displayName, value, { meta: answerMeta(query, context, { grain }) });
  });
}

function groupRows({ kpi, groupings, values }: Spread, { calendar }: Context): GroupRow[] {
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  const all = mean([...values].filter(Number.isFinite));
  return groupings.flatMap(({ by, groups }) =>
    groups.map(({ name, values: its }) => {
      const average = mean(its);
      const difference = all > 0 ? (100 * (average - all)) / all : null;
      return { by, group: name, n: its.length, mean: average, meanText: formatValue(average, style), difference };
    })
  );
}

const BIN_COLUMNS: Columns<BinRow> = {
  from: { type: 'number', config: HIDDEN },
  to: { type: 'number', config: HIDDEN },
  binText: { type: 'string', config: { displayName: 'Values' } },
  count: { type: 'number', config: { displayName: 'How often', decimals: 0, min: 0 } },
  level: { type: 'number', config: { displayName: 'Status', mappings: [levelMapping()] } },
};
const STATISTIC_COLUMNS: Columns<StatisticRow> = {
  id: { type: 'string', config: HIDDEN },
  name: { type: 'string', config: { displayName: 'Figure' } },
  value: { type: 'number', config: HIDDEN },
  valueText: { type: 'string', config: { displayName: 'Value' } },
  text: { type: 'string', config: { displayName: 'What it says' } },
};
const GROUP_COLUMNS: Columns<GroupRow> = {
  by: { type: 'string', config: { displayName: 'By' } },
  group: { type: 'string', config: { displayName: 'Period' } },
  n: { type: 'number', config: { displayName: 'Values', decimals: 0 } },
  mean: { type: 'number', config: HIDDEN },
  meanText: { type: 'string', config: { displayName: 'Mean' } },
  difference: { type: 'number', config: { displayName: 'Against all', unit: PER_CENT, decimals: 0 } },
};

/** Without a line, empty columns. */
function columnsOf(part: DistributionPart, spread: Spread | null, context: Context): Column[] {
  switch (part) {
    case 'histogram':
      return tableColumns(spread ? binRows(spread, context) : [], BIN_COLUMNS);
    case 'statistics': {
      const rows = spread ? statisticRows(spread, spread.found, spread.groupings, context.calendar) : [];
      return tableColumns(rows, STATISTIC_COLUMNS);
    }
    case 'periods':
      return tableColumns(spread ? groupRows(spread, context) : [], GROUP_COLUMNS);
  }
}
