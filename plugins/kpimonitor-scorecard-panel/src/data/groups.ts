import { rank, type Status, STATUSES } from '@kpi-monitor/model/status';

import type { GroupBy, SortBy } from '../options';

import { compareText } from './order';
import type { ScoreRow } from './row';

export interface Group {
  /** empty for the one group of a panel that is not grouped */
  title: string;
  rows: ScoreRow[];
  /** its worst headline KPI, by which the group itself stands; null when it has none */
  headline: ScoreRow | null;
  /** how many of each status, worst first, those without any left out */
  counts: Array<[Status, number]>;
}

/** Groups in the order of their worst headline KPI, or of their names; rows keep the order in which they come. */
export function groupRows(rows: readonly ScoreRow[], by: GroupBy, sortBy: SortBy): Group[] {
  if (by === 'none') {
    return rows.length ? [groupOf('', [...rows])] : [];
  }
  const members = new Map<string, ScoreRow[]>();
  for (const row of rows) {
    const title = by === 'owner' ? row.owner : row.categoryName;
    members.set(title, [...(members.get(title) ?? []), row]);
  }
  const groups = [...members].map(([title, its]) => groupOf(title, its));
  const byTitle = (a: Group, b: Group) => Number(!a.title) - Number(!b.title) || compareText(a.title, b.title);
  return sortBy === 'worst' ? groups.sort((a, b) => standing(a) - standing(b) || byTitle(a, b)) : groups.sort(byTitle);
}

function groupOf(title: string, rows: ScoreRow[]): Group {
  const headlines = rows.filter((row) => row.tier === 'headline' && row.slice === '');
  const headline = headlines.reduce<ScoreRow | null>(
    (worst, row) => (worst && rank(worst.status) <= rank(row.status) ? worst : row),
    null
  );
  return { title, rows, headline, counts: countStatuses(rows) };
}

function standing(group: Group): number {
  return group.headline ? rank(group.headline.status) : STATUSES.length;
}

/** How many rows have each status, worst first. */
export function countStatuses(rows: readonly ScoreRow[]): Array<[Status, number]> {
  return STATUSES.map((status): [Status, number] => [
    status,
    rows.filter((row) => row.status === status).length,
  ]).filter(([, count]) => count > 0);
}
