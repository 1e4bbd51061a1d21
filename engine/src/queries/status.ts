/** `status`: where KPIs stand, as a table, or as one number a KPI for alert rules. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { FieldConfig, StatusRow } from '@kpi-monitor/model/query/frames';
import { MEASURE_TEXT, STATUS_MEASURES } from '@kpi-monitor/model/query/query';

import { detailLink, levelConfig, PER_CENT } from '../frames/field-config';
import { tableFrame } from '../frames/frame';
import { tableColumns } from '../frames/table';

import { type Answerer, answerMeta } from './context';
import { numberFrames } from './numbers';
import { withRestatements } from './restated';
import { readStandings } from './standings';
import { STATUS_COLUMNS } from './status-columns';

type StatusMeasure = (typeof STATUS_MEASURES)[number];

export const answerStatus: Answerer = async (query, context) => {
  const { standings, silent, notices } = await readStandings(query, context);
  if (query.format === 'numeric') {
    const measure = (query.measure ?? 'level') as StatusMeasure;
    const numbers = standings.map(({ kpi, labels, row }) => {
      return { kpi, labels, slice: row.slice, value: NUMBER[measure](row) };
    });
    return numberFrames(query, context, { numbers, silent, notices }, measure, (kpi, name) =>
      measureConfig(kpi, measure, name)
    );
  }
  const rows = (await withRestatements(standings, query, context)).map(({ row }) => row);
  return [tableFrame('status', tableColumns(rows, STATUS_COLUMNS), { meta: answerMeta(query, context), notices })];
};

const HOUR_MS = 3_600_000;

const NUMBER: Record<StatusMeasure, (row: StatusRow) => number | null> = {
  level: ({ level }) => level,
  // What never had a value is not late: nobody has connected it yet.
  overdueHours: ({ overdue, freshness }) => (freshness === 'none' ? null : overdue / HOUR_MS),
  missing: ({ missing }) => missing,
};

function measureConfig(kpi: Kpi, measure: StatusMeasure, displayName: string): FieldConfig {
  const common = {
    displayName,
    description: MEASURE_TEXT[measure],
    links: [detailLink(kpi.id, `${kpi.name} in detail`)],
  };
  switch (measure) {
    case 'level':
      return levelConfig(kpi, displayName);
    case 'overdueHours':
      return { ...common, unit: 'h', decimals: 0, min: 0 };
    case 'missing':
      return { ...common, unit: PER_CENT, decimals: 1, min: 0, max: 100 };
  }
}
