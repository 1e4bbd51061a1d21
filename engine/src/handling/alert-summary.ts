/** Alerts counted: which KPIs have most, whose they are, how long they go on. */
import type { AlertGroup, AlertRow, AlertSummaryRow } from '@kpi-monitor/model/query/alert-frames';

const GROUP: Record<AlertGroup, (row: AlertRow) => { group: string; name: string }> = {
  total: () => ({ group: '', name: 'All' }),
  kpi: ({ kpi, name }) => ({ group: kpi, name }),
  owner: ({ owner }) => ({ group: owner, name: owner || 'Nobody' }),
  category: ({ category, categoryName }) => ({ group: category, name: categoryName }),
};

/** Most alerts first; altogether it is one row, also of nothing. */
export function summaryOf(rows: readonly AlertRow[], by: AlertGroup): AlertSummaryRow[] {
  const groups = new Map<string, { name: string; rows: AlertRow[] }>(
    by === 'total' ? [['', { name: 'All', rows: [] }]] : []
  );
  for (const row of rows) {
    const { group, name } = GROUP[by](row);
    const its = groups.get(group) ?? { name, rows: [] };
    its.rows.push(row);
    groups.set(group, its);
  }
  return [...groups]
    .map(([group, { name, rows: its }]) => counted(group, name, its))
    .sort((a, b) => b.alerts - a.alerts || b.active - a.active || a.name.localeCompare(b.name));
}

function counted(group: string, name: string, rows: readonly AlertRow[]): AlertSummaryRow {
  const count = (is: (row: AlertRow) => boolean) => rows.filter(is).length;
  return {
    group,
    name,
    alerts: rows.length,
    active: count(({ state }) => state !== 'over'),
    waiting: count(({ state }) => state === 'waiting'),
    critical: count(({ worst }) => worst >= 2),
    acknowledged: count(({ hoursToAcknowledge }) => hoursToAcknowledge !== null),
    hoursToAcknowledge: mean(rows.map((row) => row.hoursToAcknowledge)),
    daysToRecover: mean(rows.map((row) => row.daysToRecover)),
  };
}

function mean(values: ReadonlyArray<number | null>): number | null {
  const known = values.filter((value) => value !== null);
  return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
}
