/** `status`: where KPIs stand, as a table, or as one level a KPI for alert rules. */
import { assess, HISTORY_PERIODS } from '@kpi-monitor/model/judgement/assess';
import { comparisonReach } from '@kpi-monitor/model/judgement/compare';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Frame, StatusRow } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { GRAIN_MS } from '@kpi-monitor/model/time/grain';
import { periodNow, step } from '@kpi-monitor/model/time/period';

import { numberField } from '../frames/field';
import { levelConfig } from '../frames/field-config';
import { emptyFrame, numericFrame, tableFrame, withNotices } from '../frames/frame';
import { numericLabels } from '../frames/labels';
import { tableColumns } from '../frames/table';

import { type Answerer, answerMeta, type Context } from './context';
import { lineName } from './names';
import { newestInputs } from './newest';
import { readNews } from './news';
import { refusalNotices, selectAndEvaluate } from './select';
import { STATUS_COLUMNS } from './status-columns';

interface Standing {
  kpi: Kpi;
  /** the dimensions that are fixed to one member */
  labels: Readonly<Record<string, string>>;
  row: StatusRow;
}

export const answerStatus: Answerer = async (query, context) => {
  const { catalogue, calendar, range } = context;
  const compare = query.compare ?? 'previous';
  const { evaluated, refused } = await selectAndEvaluate(query, context, (kpi) => {
    const grain = kpi.judge.at;
    const start = step(periodNow(range.asOf, grain, calendar), -HISTORY_PERIODS).start;
    return { kpi, grain, from: start - comparisonReach(compare, GRAIN_MS[grain]) };
  });
  const newest = await newestInputs(evaluated, context);
  const standings = evaluated.flatMap(({ asked: { kpi }, slices }) =>
    slices.map((slice): Standing => {
      const period = { newest, asOf: range.asOf, compare, basis: query.basis };
      const isWhole = Object.keys(slice.labels).length === 0 && !slice.isPartial;
      const foretold = isWhole ? context.landings.of(kpi, range.asOf, calendar) : undefined;
      const asked = { kpi, catalogue, calendar, slice, ...period, readSignal: readNews, foretold };
      return { kpi, labels: slice.labels, row: assess(asked) };
    })
  );
  const notices = refusalNotices(refused);
  if (query.format === 'numeric') {
    const silent = [...evaluated.map(({ asked }) => asked.kpi), ...refused.keys()].filter(
      (kpi) => !standings.some((standing) => standing.kpi === kpi)
    );
    return withNotices(levels(query, standings, silent, context), notices);
  }
  const rows = standings.map(({ row }) => row);
  return [tableFrame('status', tableColumns(rows, STATUS_COLUMNS), { meta: answerMeta(query, context), notices })];
};

/** A frame that goes missing would resolve a firing alert: what is not judged is a null. */
function levels(query: RequestQuery, standings: Standing[], silent: Kpi[], context: Context): Frame[] {
  const kpis = new Set([...standings.map(({ kpi }) => kpi), ...silent]).size;
  const levelFrame = (kpi: Kpi, labels: Standing['labels'], level: number | null, name: string) => {
    const grain = kpi.judge.at;
    const value = numberField('level', [level], {
      labels: numericLabels(kpi, grain, labels),
      config: levelConfig(kpi, name),
    });
    return numericFrame(name, value, { meta: answerMeta(query, context, { grain }) });
  };
  const frames = [
    ...standings.map(({ kpi, labels, row }) =>
      levelFrame(kpi, labels, row.level, lineName({ kpi, slice: row.slice }, query, kpis))
    ),
    ...silent.map((kpi) => levelFrame(kpi, {}, null, kpi.name)),
  ];
  return frames.length > 0 ? frames : [emptyFrame('numeric-multi', { meta: answerMeta(query, context) })];
}
