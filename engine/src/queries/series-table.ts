/** `series` as a table: a row a KPI, member and period. */
import { formatValue } from '@kpi-monitor/model/format/number';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import type { Frame, SeriesRow } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { detailLink } from '../frames/field-config';
import { tableFrame } from '../frames/frame';
import { type Columns, tableColumns } from '../frames/table';

import { answerMeta, type Context } from './context';
import { basesOfLine, type Lines } from './line';

const COLUMNS: Columns<SeriesRow> = {
  time: 'time',
  periodText: { type: 'string', config: { displayName: 'Period' } },
  kpi: 'string',
  name: { type: 'string', config: { displayName: 'KPI', links: [detailLink('${__data.fields.kpi}')] } },
  category: 'string',
  grain: 'string',
  slice: 'string',
  value: 'number',
  valueText: { type: 'string', config: { displayName: 'Value' } },
  comparison: 'number',
  comparisonText: { type: 'string', config: { displayName: 'Compared with' } },
  reported: 'number',
  reportedText: { type: 'string', config: { displayName: 'First reported' } },
  life: 'string',
  completeness: { type: 'number', config: { displayName: 'Complete', unit: 'percentunit', decimals: 0 } },
};

export function seriesTable(query: RequestQuery, { lines, notices }: Lines, context: Context): Frame {
  const { calendar } = context;
  const { compare = 'none' } = query;
  const rows = lines.flatMap((line): SeriesRow[] => {
    const { kpi, slice, grain, points, reported = [] } = line;
    const bases = compare === 'none' ? [] : basesOfLine(line, compare, context);
    const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
    return points.map((point, i) => ({
      time: point.start,
      periodText: formatPeriod(point.start, grain, calendar),
      kpi: kpi.id,
      name: kpi.name,
      category: kpi.category,
      grain,
      slice: slice.slice,
      value: point.value,
      valueText: formatValue(point.value, style),
      comparison: bases[i] ?? null,
      comparisonText: compare === 'none' ? '' : formatValue(bases[i] ?? null, style),
      reported: reported[i] ?? null,
      reportedText: reported[i] == null ? '' : formatValue(reported[i], style),
      life: point.life,
      completeness: point.completeness,
    }));
  });
  return tableFrame('series', tableColumns(rows, COLUMNS), { meta: answerMeta(query, context), notices });
}
