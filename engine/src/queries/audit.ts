/** `audit`: who changed what in the range, newest first. */
import { kpiOf, selectKpis } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import type { AuditRow } from '@kpi-monitor/model/query/audit-frames';

import { HIDDEN } from '../frames/field-config';
import { tableFrame } from '../frames/frame';
import { type Columns, tableColumns } from '../frames/table';

import { type Answerer, answerMeta } from './context';

const COLUMNS: Columns<AuditRow> = {
  time: { type: 'time', config: { displayName: 'Time' } },
  user: { type: 'string', config: { displayName: 'User' } },
  role: { type: 'string', config: { displayName: 'Role' } },
  client: { type: 'string', config: { displayName: 'Through' } },
  kpi: { type: 'string', config: HIDDEN },
  name: { type: 'string', config: { displayName: 'KPI' } },
  action: { type: 'string', config: HIDDEN },
  what: { type: 'string', config: { displayName: 'What' } },
  reason: { type: 'string', config: { displayName: 'Reason' } },
  hash: { type: 'string', config: HIDDEN },
};

export const answerAudit: Answerer = async (query, context) => {
  if (query.format === 'numeric') {
    throw new KpiError('QUERY_INVALID', 'audit has no numeric format; ask for `table`', { format: query.format });
  }
  const { catalogue, range, audit, limits } = context;
  const { kpis, categories, tiers } = query.select;
  const isAll = !kpis?.length && !categories?.length && !tiers?.length;
  const selected = isAll ? null : new Set(selectKpis(catalogue, query.select).map(({ id }) => id));
  const { entries, intact } = await audit.read({ from: range.from, to: range.to });
  const rows = entries
    .filter(({ kpi }) => !selected || selected.has(kpi))
    .slice(0, limits.auditRows)
    .map((entry): AuditRow => ({
      ...entry,
      name: catalogue.byId.has(entry.kpi) ? kpiOf(catalogue, entry.kpi).name : entry.kpi,
    }));
  const notices = intact
    ? []
    : [
        {
          severity: 'error' as const,
          text: 'the audit trail is broken: a record was changed, removed or put elsewhere',
        },
      ];
  return [tableFrame('audit', tableColumns(rows, COLUMNS), { meta: answerMeta(query, context), notices })];
};
