/** `quality`, part `restated`: what was changed after it had settled, and what stood there first. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { Frame } from '@kpi-monitor/model/query/frames';
import type { RestatedRow } from '@kpi-monitor/model/query/quality-frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { detailLink, HIDDEN } from '../frames/field-config';
import { tableFrame } from '../frames/frame';
import { type Columns, tableColumns } from '../frames/table';
import { restatedRows } from '../quality/restated-rows';

import { answerMeta, type Context } from './context';

const COLUMNS: Columns<RestatedRow> = {
  time: { type: 'time', config: HIDDEN },
  seenText: { type: 'string', config: { displayName: 'Seen' } },
  kpi: { type: 'string', config: HIDDEN },
  name: { type: 'string', config: { displayName: 'KPI', links: [detailLink('${__data.fields.kpi}')] } },
  category: { type: 'string', config: HIDDEN },
  period: { type: 'time', config: HIDDEN },
  periodText: { type: 'string', config: { displayName: 'Period' } },
  reported: { type: 'number', config: HIDDEN },
  reportedText: { type: 'string', config: { displayName: 'First reported' } },
  value: { type: 'number', config: HIDDEN },
  valueText: { type: 'string', config: { displayName: 'Now' } },
  changeText: { type: 'string', config: { displayName: 'Change' } },
  what: { type: 'string', config: { displayName: 'What was changed' } },
  owner: { type: 'string', config: HIDDEN },
  steward: { type: 'string', config: { displayName: 'Steward' } },
};

export async function restatedTable(query: RequestQuery, kpis: readonly Kpi[], context: Context): Promise<Frame> {
  const rows = await restatedRows(query, kpis, context);
  return tableFrame('restated', tableColumns(rows, COLUMNS), { meta: answerMeta(query, context) });
}
