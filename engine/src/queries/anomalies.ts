/** `anomalies`: what stands out, worst first; as lines with what was to be expected; as one number a KPI for alert rules. */
import { formatValue } from '@kpi-monitor/model/format/number';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import type { AnomalyRow } from '@kpi-monitor/model/query/analysis-frames';
import type { Frame, FrameMeta } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { numberField, timeField } from '../frames/field';
import { detailLink, expectedConfig, HIDDEN, standsOutConfig, usualConfig, valueConfig } from '../frames/field-config';
import { emptyFrame, numericFrame, tableFrame, wideFrame, withNotices } from '../frames/frame';
import { numericLabels, seriesLabels } from '../frames/labels';
import { type Columns, tableColumns } from '../frames/table';

import { type AnalysedLine, analysedGrain, type AnalysedLines, readAnalysed, shortNotices } from './analysed-lines';
import { bandText, levelText, pointText, senseOf, type Told } from './anomaly-text';
import { type Answerer, answerMeta, type Context } from './context';
import { lineName } from './names';
import { LEAST_USUAL, type StandingOut, standingOut } from './standing-out';

interface Judged extends AnalysedLine {
  found: StandingOut;
}

export const answerAnomalies: Answerer = async (query, context) => {
  const read = await readAnalysed(query, context, true);
  const lines = await Promise.all(
    read.lines.map(async (line): Promise<Judged> => ({ ...line, found: await standingOut(line, context) }))
  );
  const short = lines.filter(({ found }) => found.usual === null);
  const because = `fewer than ${LEAST_USUAL} final values, too few to know what is usual`;
  const notices = [...read.notices, ...shortNotices(short, because)];
  switch (query.format) {
    case 'timeseries':
      return overTime(query, lines, { ...read, notices }, context);
    case 'numeric':
      return numbers(query, lines, { ...read, notices }, context);
    default:
      return [table(query, lines, notices, context)];
  }
};

function columns(query: RequestQuery): Columns<AnomalyRow> {
  return {
    time: { type: 'time', config: HIDDEN },
    periodText: { type: 'string', config: { displayName: 'When' } },
    kpi: { type: 'string', config: HIDDEN },
    name: { type: 'string', config: { displayName: 'KPI', links: [detailLink('${__data.fields.kpi}')] } },
    category: { type: 'string', config: HIDDEN },
    slice: { type: 'string', config: query.split ? { displayName: 'Slice' } : HIDDEN },
    grain: { type: 'string', config: HIDDEN },
    kind: {
      type: 'string',
      config: {
        displayName: 'What',
        mappings: [{ type: 'value', options: { point: { text: 'value' }, level: { text: 'new level' } } }],
      },
    },
    value: { type: 'number', config: HIDDEN },
    valueText: { type: 'string', config: { displayName: 'Value' } },
    expected: { type: 'number', config: HIDDEN },
    lower: { type: 'number', config: HIDDEN },
    upper: { type: 'number', config: HIDDEN },
    expectedText: { type: 'string', config: { displayName: 'Instead of' } },
    severity: { type: 'number', config: { displayName: 'Severity', decimals: 1 } },
    direction: { type: 'string', config: HIDDEN },
    sense: {
      type: 'string',
      config: {
        displayName: 'For',
        mappings: [
          {
            type: 'value',
            options: { good: { text: 'the better', color: 'green' }, bad: { text: 'the worse', color: 'orange' } },
          },
        ],
      },
    },
    text: { type: 'string', config: { displayName: 'Finding' } },
  };
}

function table(query: RequestQuery, lines: Judged[], notices: FrameMeta['notices'], context: Context): Frame {
  const rows = lines.flatMap((line) => rowsOf(line, context));
  rows.sort((a, b) => b.severity - a.severity || b.time - a.time || a.name.localeCompare(b.name));
  return tableFrame('anomalies', tableColumns(rows, columns(query)), { meta: answerMeta(query, context), notices });
}

function rowsOf({ kpi, slice, grain, times, from, found }: Judged, { calendar }: Context): AnomalyRow[] {
  const { usual, levels } = found;
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  const told: Told = { kpi, grain, calendar, seasons: usual?.seasons ?? [] };
  const row = (index: number, kind: AnomalyRow['kind'], value: number, expected: number) => {
    const direction = value > expected ? ('above' as const) : ('below' as const);
    return {
      time: times[index]!,
      periodText: formatPeriod(times[index]!, grain, calendar),
      ...{ kpi: kpi.id, name: kpi.name, category: kpi.category, slice: slice.slice, grain, kind },
      ...{ value, valueText: formatValue(value, style), expected, direction, sense: senseOf(kpi, direction) },
    };
  };
  const points = (usual?.anomalies ?? []).map(
    ({ index, value, expected, severity }): AnomalyRow & { index: number } => {
      const band = { expected, lower: usual!.lower[index]!, upper: usual!.upper[index]! };
      const text = pointText(times[index]!, value, expected, told);
      return {
        index,
        ...row(index, 'point', value, expected),
        ...band,
        expectedText: bandText(band, told),
        severity,
        text,
      };
    }
  );
  const steps = levels.map(({ index, before, after, severity }): AnomalyRow & { index: number } => ({
    ...{ index, ...row(index, 'level', after, before), lower: null, upper: null, severity },
    expectedText: `before ${formatValue(before, style)}`,
    text: levelText(before, after, told),
  }));
  return [...points, ...steps].filter(({ index }) => index >= from).map(({ index: _, ...its }) => its);
}

function overTime(query: RequestQuery, lines: Judged[], { kpis, notices }: AnalysedLines, context: Context): Frame[] {
  const there = lines.filter(({ times, from }) => times.length > from);
  const empty = lines.filter((line) => !there.includes(line));
  const said = [...(notices ?? []), ...shortNotices(empty, 'no final values in the range')];
  const frames = there.map((line) => lineFrame(line, query, kpis.length, context));
  return frames.length > 0
    ? withNotices(frames, said)
    : [emptyFrame('timeseries-multi', { meta: answerMeta(query, context), notices: said })];
}

function lineFrame(line: Judged, query: RequestQuery, kpis: number, context: Context): Frame {
  const { kpi, slice, grain, times, values, from, found } = line;
  const name = lineName({ kpi, slice: slice.slice }, query, kpis);
  const labels = seriesLabels(kpi, slice.labels);
  const odd = new Set(found.usual?.anomalies.map(({ index }) => index));
  const shown = (of: ArrayLike<number> | undefined) => times.slice(from).map((_, i) => of?.[from + i] ?? NaN);
  const field = (id: string, of: ArrayLike<number> | undefined, config: Parameters<typeof numberField>[2]) =>
    numberField(id, shown(of), { labels, ...config });
  return wideFrame(
    name,
    [
      timeField('time', times.slice(from)),
      field('value', values, { config: valueConfig(kpi, { displayName: name, steps: null, isFinal: false }) }),
      field('expected', found.usual?.expected, { config: expectedConfig(kpi, name) }),
      field('lower', found.usual?.lower, { config: usualConfig(kpi, name, 'lower') }),
      field('upper', found.usual?.upper, { config: usualConfig(kpi, name, 'upper') }),
      field(
        'anomaly',
        values.map((value, i) => (odd.has(i) ? value : NaN)),
        { config: standsOutConfig(kpi, name) }
      ),
    ],
    { meta: answerMeta(query, context, { grain }) }
  );
}

function numbers(query: RequestQuery, lines: Judged[], { kpis, notices }: AnalysedLines, context: Context): Frame[] {
  const number = (
    kpi: AnalysedLine['kpi'],
    grain: AnalysedLine['grain'],
    labels: object,
    its: [string, number | null]
  ) => {
    const [displayName, severity] = its;
    const config = {
      displayName,
      description: 'How far the newest final value is from what was to be expected; 0 while that is as usual',
      decimals: 1,
      links: [detailLink(kpi.id, `${kpi.name} in detail`)],
    };
    const value = numberField('severity', [severity], { labels: numericLabels(kpi, grain, { ...labels }), config });
    return numericFrame(displayName, value, { meta: answerMeta(query, context, { grain }) });
  };
  const silent = kpis.filter((kpi) => !lines.some((line) => line.kpi === kpi));
  // A frame that goes missing would resolve a firing alert: what is not known is a null.
  const frames = [
    ...lines.map((line) => {
      const { kpi, grain, slice } = line;
      return number(kpi, grain, slice.labels, [
        lineName({ kpi, slice: slice.slice }, query, kpis.length),
        newest(line),
      ]);
    }),
    ...silent.map((kpi) => number(kpi, analysedGrain(kpi, query, context), {}, [kpi.name, null])),
  ];
  return frames.length > 0
    ? withNotices(frames, notices)
    : [emptyFrame('numeric-multi', { meta: answerMeta(query, context), notices })];
}

function newest({ times, found }: Judged): number | null {
  const last = times.length - 1;
  return found.usual && (found.usual.anomalies.find(({ index }) => index === last)?.severity ?? 0);
}
