/** `series`: values at a grain, split and compared when asked. */
import { comparisonReach } from '@kpi-monitor/model/judgement/compare';
import type { Frame, FrameMeta, ThresholdStep } from '@kpi-monitor/model/query/frames';
import type { Comparison, RequestQuery } from '@kpi-monitor/model/query/query';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { GRAIN_MS } from '@kpi-monitor/model/time/grain';

import { type Column, numberField, timeField } from '../frames/field';
import { comparisonConfig, reportedConfig, valueConfig } from '../frames/field-config';
import { emptyFrame, timeSeriesFrame, withNotices } from '../frames/frame';
import { seriesLabels } from '../frames/labels';

import { type Answerer, answerMeta, type Context } from './context';
import { grainOf } from './grain';
import { requireFewer } from './limit';
import { basesOfLine, isFinal, isPartial, isSteady, type Line, type Lines, stepsOfLine } from './line';
import { comparisonName, lineName, reportedName } from './names';
import { storeRange } from './range';
import { asFirstReported, restatedOf } from './reported';
import { type Asked, refusalNotices, selectAndEvaluate } from './select';
import { seriesNumbers } from './series-numbers';
import { seriesTable } from './series-table';

type Notices = NonNullable<FrameMeta['notices']>;

interface AskedLine extends Asked {
  /** store times that are shown, half-open */
  shown: { from: number; to: number };
}

export const answerSeries: Answerer = async (query, context) => {
  const asked = await linesOf(query, context);
  const lines = query.reported ? await withReported(asked, query, context) : asked;
  switch (query.format) {
    case 'table':
      return [seriesTable(query, lines, context)];
    case 'numeric':
      return seriesNumbers(query, lines, context);
    default:
      return timeSeries(query, lines, context);
  }
};

async function linesOf(query: RequestQuery, context: Context): Promise<Lines> {
  const { calendar, range, limits } = context;
  const { evaluated, refused } = await selectAndEvaluate<AskedLine>(query, context, (kpi) => {
    const grain = grainOf(kpi, query, context);
    const shown = storeRange(range, grain, calendar);
    requireFewer(kpi, (shown.to - shown.from) / GRAIN_MS[grain], limits);
    return { kpi, grain, shown, from: shown.from - comparisonReach(query.compare ?? 'none', GRAIN_MS[grain]) };
  });
  let points = 0;
  const lines = evaluated.flatMap(({ asked: { kpi, grain, shown }, slices }) => {
    points += (slices.length * (shown.to - shown.from)) / GRAIN_MS[grain];
    requireFewer(kpi, points, limits);
    // One number falls back to the newest value where nothing is settled yet; a line then has nothing to show.
    const settled = query.basis === 'settled' && query.format !== 'numeric';
    return slices.map((slice): Line => {
      const all = slice.points(shown.from, shown.to);
      return { kpi, grain, slice, points: settled ? all.filter(({ life }) => life === 'settled') : all };
    });
  });
  const kpis = [...new Set([...evaluated.map(({ asked }) => asked.kpi), ...refused.keys()])];
  return { lines, notices: refusalNotices(refused), kpis };
}

/** Adds to lines what was first reported where that is not what holds now. */
async function withReported(asked: Lines, query: RequestQuery, context: Context): Promise<Lines> {
  const kpis = restatedOf(asked.kpis, await context.revisions(), context);
  if (kpis.length === 0) {
    return asked;
  }
  const select = { ...query.select, kpis: kpis.map(({ id }) => id) };
  // What is settled by now may have been less than complete then.
  const { lines: before } = await linesOf({ ...query, select, basis: 'current' }, asFirstReported(context));
  const lines = asked.lines.map((line) => {
    const its = before.find(({ kpi, slice }) => kpi === line.kpi && slice.slice === line.slice.slice);
    const told = new Map(its?.points.map(({ start, value }) => [start, value]));
    const reported = line.points.map(({ start, value, life }) => {
      const first = told.get(start) ?? null;
      return life === 'open' || first === value ? null : first;
    });
    return { ...line, reported };
  });
  return { ...asked, lines };
}

function timeSeries(query: RequestQuery, { lines, notices, kpis }: Lines, context: Context): Frame[] {
  const { compare = 'none' } = query;
  const said = [...notices, ...partialNotices(lines)];
  const frames: Frame[] = [];
  for (const line of lines) {
    const name = lineName({ kpi: line.kpi, slice: line.slice.slice }, query, kpis.length);
    // Several lines are told apart by colour: threshold lines then only stand with what they colour.
    const steps = lines.length === 1 || isFinal(line) ? stepsOfLine(line, context) : null;
    frames.push(valueFrame(line, name, steps, query, context));
    if (line.reported?.some((value) => value !== null)) {
      frames.push(reportedFrame(line, name, line.reported, query, context));
    }
    if (compare !== 'none') {
      const bases = basesOfLine(line, compare, context);
      if (bases.some((base) => base !== null)) {
        frames.push(comparisonFrame(line, name, compare, bases, query, context));
      } else {
        const displayName = comparisonName(name, compare, line.grain);
        said.push({ severity: 'info', text: `${displayName}: there is nothing complete to compare with` });
      }
    }
  }
  if (frames.length === 0) {
    return [emptyFrame('timeseries-multi', { meta: answerMeta(query, context), notices: said })];
  }
  return withNotices(frames, said);
}

function valueFrame(
  line: Line,
  displayName: string,
  steps: ThresholdStep[] | null,
  query: RequestQuery,
  context: Context
): Frame {
  const { kpi, slice, grain, points } = line;
  const partial = points.filter((point) => isPartial(kpi, point)).map((point) => point.start);
  const values = points.map((point) => point.value);
  const look = { displayName, steps, isFinal: isFinal(line), isSteady: isSteady(line, context) };
  const config = valueConfig(kpi, look);
  const value = numberField('value', values, { labels: seriesLabels(kpi, slice.labels), config });
  return timeSeriesFrame(displayName, timesOf(line, context), value, {
    meta: answerMeta(query, context, { grain, partial }),
  });
}

function comparisonFrame(
  line: Line,
  name: string,
  compare: Exclude<Comparison, 'none'>,
  bases: Array<number | null>,
  query: RequestQuery,
  context: Context
): Frame {
  const { kpi, slice, grain } = line;
  const displayName = comparisonName(name, compare, grain);
  const config = comparisonConfig(kpi, displayName, compare === 'target');
  const value = numberField(compare, bases, { labels: seriesLabels(kpi, slice.labels), config });
  return timeSeriesFrame(displayName, timesOf(line, context), value, { meta: answerMeta(query, context, { grain }) });
}

function reportedFrame(
  line: Line,
  name: string,
  reported: Array<number | null>,
  query: RequestQuery,
  context: Context
): Frame {
  const { kpi, slice, grain } = line;
  const displayName = reportedName(name);
  const config = reportedConfig(kpi, displayName);
  const value = numberField('reported', reported, { labels: seriesLabels(kpi, slice.labels), config });
  return timeSeriesFrame(displayName, timesOf(line, context), value, { meta: answerMeta(query, context, { grain }) });
}

/** Spans from which ticks of a chart are a month apart: nearer ones would all be named by the same month. */
const MONTHS_APART = 93 * DAY_MS;

/** Where periods are of months, a chart names them so: `Oct 2026`, and not the first instant of the month. */
function timesOf({ points, grain }: Line, { range }: Context): Column {
  const isOfMonths = GRAIN_MS[grain] >= GRAIN_MS.month && range.to - range.from >= MONTHS_APART;
  return timeField(
    'time',
    points.map((point) => point.start),
    isOfMonths ? { config: { unit: 'time:MMM YYYY' } } : {}
  );
}

/** Says of lines whose last value is not the final word, in one sentence a reason. */
function partialNotices(lines: readonly Line[]): Notices {
  const partial = lines.filter(({ kpi, points }) => points.length > 0 && isPartial(kpi, points.at(-1)!));
  const notice = (those: Line[], text: string): Notices => {
    const names = [...new Set(those.map(({ kpi }) => kpi.name))];
    const more = names.length > 3 ? ` and ${names.length - 3} more` : '';
    return names.length === 0 ? [] : [{ severity: 'info', text: `${names.slice(0, 3).join(', ')}${more}: ${text}` }];
  };
  const isOpen = ({ points }: Line) => points.at(-1)!.life === 'open';
  return [
    ...notice(partial.filter(isOpen), 'the last period is still running, its value is so far'),
    ...notice(
      partial.filter((line) => !isOpen(line)),
      'the last period is not complete yet, its value is so far'
    ),
  ];
}
