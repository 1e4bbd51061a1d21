/** `quality`: how good the values of KPIs are, why, and since when; over time; or one number a KPI for alert rules. */
import { type Kpi, selectKpis } from '@kpi-monitor/model/catalogue/catalogue';
import type { QualityPoint } from '@kpi-monitor/model/quality/assess-quality';
import { findingsOf } from '@kpi-monitor/model/quality/finding-text';
import { scoreOf } from '@kpi-monitor/model/quality/score';
import { LEVEL_COLORS } from '@kpi-monitor/model/judgement/levels';
import { type FieldConfig, type Frame, LOWEST, type ValueMapping } from '@kpi-monitor/model/query/frames';
import {
  type FindingRow,
  gradeOf,
  GRADES,
  QUALITY_MEASURE_TEXT,
  type QualityMeasure,
  type QualityRow,
  type RefusedRow,
} from '@kpi-monitor/model/query/quality-frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import { GRAIN_MS, type Grain } from '@kpi-monitor/model/time/grain';

import { numberField, timeField } from '../frames/field';
import { detailLink, HIDDEN, PER_CENT } from '../frames/field-config';
import { emptyFrame, tableFrame, timeSeriesFrame, withNotices } from '../frames/frame';
import { seriesLabels } from '../frames/labels';
import { type Columns, tableColumns } from '../frames/table';
import { inputsBehind, type KpiQuality, readQuality, readRecorded } from '../quality/read-quality';
import { byScore, findingRows, qualityRow, refusedIn, refusedRows } from '../quality/rows';
import { type KpiScores, readScores, wantedOf } from '../quality/scores';

import { type Answerer, answerMeta, type Context } from './context';
import { requireFewer } from './limit';
import { numberFrames } from './numbers';
import { storeRange } from './range';
import { restatedTable } from './restated-table';

/** Numbers are about this long before the end of the range, and the newest period at least. */
const NEWS_MS = 7 * DAY_MS;
/** of a table: who wants more asks for a shorter range */
const MOST_FINDINGS = 1000;

export const answerQuality: Answerer = async (query, context) => {
  const kpis = selectKpis(context.catalogue, query.select);
  if (query.format === 'numeric') {
    return numbers(query, kpis, context);
  }
  requirePoints(kpis, context);
  if (query.format === 'timeseries') {
    return overTime(query, kpis, context);
  }
  switch (query.part) {
    case 'refused':
      return refused(query, kpis, context);
    case 'restated':
      return [await restatedTable(query, kpis, context)];
    default:
      return table(query, kpis, context);
  }
};

const STEPS = GRADES.toReversed().map(({ from }, i) => ({
  value: i === 0 ? LOWEST : from,
  color: LEVEL_COLORS[GRADES.length - 1 - i]!,
}));
const SCORE: FieldConfig = { decimals: 0, min: 0, max: 100, thresholds: { mode: 'absolute', steps: STEPS } };
const COLORED = { ...SCORE, color: { mode: 'thresholds' }, custom: { cellOptions: { type: 'color-text' } } };
const gradeMapping: ValueMapping = {
  type: 'value',
  options: Object.fromEntries(
    GRADES.map(({ text }, grade) => [String(grade), { text, color: LEVEL_COLORS[grade]!, index: grade }])
  ),
};
const GRADE: FieldConfig = {
  displayName: 'Grade',
  mappings: [gradeMapping],
  custom: { cellOptions: { type: 'color-text' } },
};
const KPI: FieldConfig = { displayName: 'KPI', links: [detailLink('${__data.fields.kpi}')] };
const COUNT = { decimals: 0, min: 0 };

const COLUMNS: Columns<QualityRow> = {
  kpi: { type: 'string', config: HIDDEN },
  name: { type: 'string', config: KPI },
  category: { type: 'string', config: HIDDEN },
  score: { type: 'number', config: { displayName: 'Score', ...COLORED } },
  grade: { type: 'number', config: GRADE },
  mean: { type: 'number', config: { displayName: 'Mean', ...COLORED } },
  lowest: { type: 'number', config: { displayName: 'Lowest', ...COLORED } },
  lowestText: { type: 'string', config: { displayName: 'On', ...HIDDEN } },
  brokenText: { type: 'string', config: { displayName: 'Rules broken' } },
  why: { type: 'string', config: { displayName: 'Newest finding' } },
  refused: { type: 'number', config: { displayName: 'Refused', ...COUNT } },
  unsound: { type: 'number', config: { displayName: 'Days not sound', ...COUNT } },
  periods: { type: 'number', config: { displayName: 'Days scored', ...COUNT, ...HIDDEN } },
  period: { type: 'time', config: HIDDEN },
  periodText: { type: 'string', config: { displayName: 'Through' } },
  steward: { type: 'string', config: { displayName: 'Steward' } },
  owner: { type: 'string', config: HIDDEN },
  categoryName: { type: 'string', config: { displayName: 'Category' } },
  grain: { type: 'string', config: HIDDEN },
};

const FINDING_COLUMNS: Columns<FindingRow> = {
  time: { type: 'time', config: HIDDEN },
  periodText: { type: 'string', config: { displayName: 'Day' } },
  kpi: { type: 'string', config: HIDDEN },
  name: { type: 'string', config: KPI },
  category: { type: 'string', config: HIDDEN },
  rule: { type: 'string', config: HIDDEN },
  ruleText: { type: 'string', config: { displayName: 'Rule' } },
  text: { type: 'string', config: { displayName: 'What is wrong' } },
  score: { type: 'number', config: { displayName: 'Score', ...COLORED } },
  grade: { type: 'number', config: { ...GRADE, ...HIDDEN } },
  steward: { type: 'string', config: { displayName: 'Steward' } },
  owner: { type: 'string', config: HIDDEN },
};

const REFUSED_COLUMNS: Columns<RefusedRow> = {
  kpi: { type: 'string', config: HIDDEN },
  name: { type: 'string', config: { displayName: 'Values of' } },
  source: { type: 'string', config: { displayName: 'Source' } },
  records: { type: 'number', config: { displayName: 'Records', ...COUNT } },
  reason: { type: 'string', config: { displayName: 'Reason' } },
  code: { type: 'string', config: { displayName: 'Code' } },
  daysText: { type: 'string', config: { displayName: 'Days' } },
  file: { type: 'string', config: { displayName: 'Each is listed in' } },
  steward: { type: 'string', config: { displayName: 'Steward' } },
  first: { type: 'time', config: HIDDEN },
  last: { type: 'time', config: HIDDEN },
};

async function table(query: RequestQuery, kpis: readonly Kpi[], context: Context): Promise<Frame[]> {
  const meta = answerMeta(query, context);
  const { found, notices } = await readQuality(wantedOf(kpis, context), context);
  if (query.part === 'findings') {
    const rows = found.flatMap((one) => findingRows(one, context)).sort((a, b) => b.time - a.time);
    const cut = rows.length > MOST_FINDINGS ? [tooMany(rows.length)] : [];
    const columns = tableColumns(rows.slice(0, MOST_FINDINGS), FINDING_COLUMNS);
    return [tableFrame('findings', columns, { meta, notices: [...notices, ...cut] })];
  }
  const rows = found.map((one) => qualityRow(one, context)).sort(byScore);
  return [tableFrame('quality', tableColumns(rows, COLUMNS), { meta, notices })];
}

function tooMany(count: number) {
  const text = `the newest ${MOST_FINDINGS} of ${count} findings are shown; choose a shorter range for the others`;
  return { severity: 'info' as const, text };
}

async function refused(query: RequestQuery, kpis: readonly Kpi[], context: Context): Promise<Frame[]> {
  const { from, to } = storeRange(context.range, 'day', context.calendar);
  const recorded = await readRecorded(
    kpis.map((kpi) => ({ kpi, from, to })),
    context
  );
  const file = context.collector?.now().deadLetters ?? '';
  const rows = inputsBehind(kpis, context.catalogue)
    .flatMap((input) => refusedRows(input, recorded.get(input.id) ?? [], context, file))
    .sort((a, b) => b.records - a.records);
  return [tableFrame('refused', tableColumns(rows, REFUSED_COLUMNS), { meta: answerMeta(query, context) })];
}

async function overTime(query: RequestQuery, kpis: readonly Kpi[], context: Context): Promise<Frame[]> {
  const { found, notices } = await readScores(kpis, context);
  const lines = query.by && query.by !== 'kpi' ? meansOf(found, query.by, context) : found.map(lineOf);
  const shown = lines.filter(({ times }) => times.length > 0);
  if (shown.length === 0) {
    return [emptyFrame('timeseries-multi', { meta: answerMeta(query, context), notices })];
  }
  const isGraded = query.part === 'grades';
  const frames = shown.map(({ name, labels, grain, kpi, times, scores }) => {
    const links = kpi ? { links: [detailLink(kpi.id, `${kpi.name} in detail`)] } : {};
    const config: FieldConfig = isGraded
      ? {
          displayName: name,
          ...COUNT,
          max: 3,
          color: { mode: 'fixed', fixedColor: 'text' },
          mappings: [gradeMapping],
          ...links,
        }
      : { displayName: name, ...SCORE, ...links };
    const field = numberField(isGraded ? 'grade' : 'score', isGraded ? scores.map(gradeOf) : scores, {
      labels,
      config,
    });
    return timeSeriesFrame(name, timeField('time', times), field, { meta: answerMeta(query, context, { grain }) });
  });
  return withNotices(frames, notices);
}

interface ScoreLine {
  name: string;
  labels: Record<string, string>;
  grain?: Grain;
  kpi?: Kpi;
  times: number[];
  scores: number[];
}

function lineOf({ kpi, grain, times, scores }: KpiScores): ScoreLine {
  return { name: kpi.name, labels: seriesLabels(kpi, {}), grain, kpi, times, scores };
}

/** The mean score of the KPIs of a group, day by day; longer periods count on the day that they begin. */
function meansOf(found: readonly KpiScores[], by: 'total' | 'owner' | 'category', { catalogue }: Context): ScoreLine[] {
  const groupOf = (kpi: Kpi) =>
    by === 'total' ? '' : by === 'category' ? kpi.category : (seriesLabels(kpi, {}).owner ?? '');
  const groups = new Map<string, Map<number, { sum: number; n: number }>>();
  for (const { kpi, times, scores } of found) {
    const days = groups.get(groupOf(kpi)) ?? new Map<number, { sum: number; n: number }>();
    groups.set(groupOf(kpi), days);
    times.forEach((time, i) => {
      const day = days.get(time) ?? { sum: 0, n: 0 };
      days.set(time, { sum: day.sum + scores[i]!, n: day.n + 1 });
    });
  }
  return [...groups].map(([group, days]): ScoreLine => {
    const times = [...days.keys()].sort((a, b) => a - b);
    const category = catalogue.categories.find(({ id }) => id === group)?.name;
    return {
      name: by === 'total' ? 'All KPIs' : (category ?? (group || 'nobody')),
      labels: by === 'total' ? {} : { [by]: group },
      times,
      scores: times.map((time) => Math.round((10 * days.get(time)!.sum) / days.get(time)!.n) / 10),
    };
  });
}

async function numbers(query: RequestQuery, kpis: readonly Kpi[], context: Context): Promise<Frame[]> {
  const measure = (query.measure ?? 'worst') as QualityMeasure;
  const { found, notices } = await readNews(kpis, context);
  const known = found.filter(({ points }) => points.length > 0);
  const silent = kpis.filter((kpi) => !known.some((one) => one.kpi === kpi));
  const values = known.map(({ kpi, points }) => ({
    ...{ kpi, labels: {}, slice: '', value: NUMBER[measure](points, kpi, context) },
  }));
  return numberFrames(query, context, { numbers: values, silent, notices }, measure, (kpi, displayName) => ({
    ...{ displayName, description: QUALITY_MEASURE_TEXT[measure] },
    ...(measure === 'missing' ? { unit: PER_CENT, decimals: 1, min: 0, max: 100 } : COUNT),
    ...((measure === 'score' || measure === 'worst') && SCORE),
    links: [detailLink(kpi.id, `${kpi.name} in detail`)],
  }));
}

/** The periods of the last seven days of the range, and the newest one where there is none among them. */
export async function readNews(kpis: readonly Kpi[], context: Context) {
  const { calendar, range } = context;
  const reach = (grain: Grain) => Math.max(NEWS_MS + 2 * DAY_MS, 3 * GRAIN_MS[grain]);
  const wanted = wantedOf(kpis, context).map(({ kpi, to }) => ({ kpi, to, from: to - reach(kpi.grain) }));
  const { found, notices } = await readQuality(wanted, context);
  const since = calendar.toCivil(range.asOf - NEWS_MS);
  const news = found.map(({ points, ...one }): KpiQuality => {
    const recent = points.filter(({ end }) => end > since);
    return { ...one, points: recent.length > 0 ? recent : points.slice(-1) };
  });
  return { found: news, notices };
}

const NUMBER: Record<QualityMeasure, (points: readonly QualityPoint[], kpi: Kpi, context: Context) => number | null> = {
  score: (points) => points.at(-1)?.score ?? null,
  worst(points, { quality: { weights } }) {
    // Nothing can be done about what came late and is there now.
    const scores = points.map(({ shares }) =>
      scoreOf({ ...shares, freshness: shares.completeness === 0 ? 0 : null }, weights)
    );
    return scores.reduce((worst, score) => (worst === null || (score !== null && score < worst) ? score : worst), null);
  },
  missing: (points) => 100 * (1 - points.reduce((sum, { completeness }) => sum + completeness, 0) / points.length),
  refused: (points) => points.reduce((sum, point) => sum + refusedIn(point), 0),
  broken: (points, kpi, { calendar }) =>
    new Set(points.flatMap((p) => findingsOf(p, kpi, calendar).map(({ rule }) => rule))).size,
};

function requirePoints(kpis: readonly Kpi[], context: Context): void {
  let points = 0;
  for (const { kpi, from, to } of wantedOf(kpis, context)) {
    points += (to - from) / Math.max(DAY_MS, GRAIN_MS[kpi.grain]);
    requireFewer(kpi, points, context.limits);
  }
}
