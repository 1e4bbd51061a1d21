import { rank } from '@kpi-monitor/model/status';

import { compareText } from './order';
import type { ScoreRow } from './row';

/** KPIs down, members of the dimension that was split by across. */
export interface Matrix {
  /** `''` is the total, always first when there is one */
  members: string[];
  lines: MatrixLine[];
}

export interface MatrixLine {
  key: string;
  name: string;
  /** its total, else its worst member: what sorts and groups the line */
  lead: ScoreRow;
  /** one a member, in the order of `members`; null where the KPI has no such slice */
  cells: Array<ScoreRow | null>;
}

/** Lines keep the order in which their leads come in `rows`. */
export function matrixOf(rows: readonly ScoreRow[]): Matrix {
  const members = [...new Set(rows.map((row) => row.slice))].sort(
    (a, b) => Number(!!a) - Number(!!b) || compareText(a, b)
  );
  const byKpi = new Map<string, ScoreRow[]>();
  for (const row of rows) {
    const kpi = row.kpi || row.name;
    byKpi.set(kpi, [...(byKpi.get(kpi) ?? []), row]);
  }
  const lines = [...byKpi].map(([key, slices]): MatrixLine => {
    const worst = slices.reduce((a, b) => (rank(b.status) < rank(a.status) ? b : a));
    const lead = slices.find((row) => row.slice === '') ?? worst;
    const cells = members.map((member) => slices.find((row) => row.slice === member) ?? null);
    return { key, name: lead.name, lead, cells };
  });
  const place = new Map(rows.map((row, index) => [row, index]));
  lines.sort((a, b) => place.get(a.lead)! - place.get(b.lead)!);
  return { members, lines };
}
