import { TIERS } from '@kpi-monitor/model/query/query';
import { rank } from '@kpi-monitor/model/status';

import type { SortBy } from '../options';

import type { ScoreRow } from './row';

type Order = (a: ScoreRow, b: ScoreRow) => number;

const byName: Order = (a, b) => compareText(a.name, b.name) || compareText(a.slice, b.slice);
/** Within a status headline KPIs come first; then names, so that cards keep their places when values refresh. */
const byWorst: Order = (a, b) =>
  rank(a.status) - rank(b.status) || TIERS.indexOf(a.tier) - TIERS.indexOf(b.tier) || byName(a, b);
const byCategory: Order = (a, b) => compareText(a.categoryName, b.categoryName) || byWorst(a, b);
/** What is a signal before what is usual variation, the bad first; then the largest change for its size. */
const byChange: Order = (a, b) => sense(a) - sense(b) || relativeChange(b) - relativeChange(a) || byName(a, b);

const ORDERS: Record<SortBy, Order> = { worst: byWorst, name: byName, category: byCategory, change: byChange };

export function sortRows(rows: readonly ScoreRow[], by: SortBy): ScoreRow[] {
  return [...rows].sort(ORDERS[by]);
}

export function compareText(a: string, b: string): number {
  return a.localeCompare(b, undefined, { numeric: true, sensitivity: 'base' });
}

function sense(row: ScoreRow): number {
  return ['bad', 'good', 'neutral'].indexOf(row.changeSense);
}

function relativeChange({ change, value }: ScoreRow): number {
  if (change === null || value === null) {
    return -1;
  }
  const base = Math.abs(value - change);
  return base > 0 ? Math.abs(change) / base : Math.abs(change) > 0 ? Infinity : 0;
}
