/** What a user can choose. Saved in dashboards: rename nothing here without an upgrade in `module.tsx`. */
export type View = 'cards' | 'table' | 'heatmap';
export type GroupBy = 'none' | 'category' | 'owner';
export type SortBy = 'worst' | 'name' | 'category' | 'change';
export type CardSize = 'small' | 'medium' | 'large';

export const DETAILS = ['change', 'gap', 'outlook', 'bullet', 'sparkline', 'age', 'owner', 'definition'] as const;
/** What is shown of a KPI beside its name, status and value. */
export type Detail = (typeof DETAILS)[number];

export interface ScorecardOptions {
  view: View;
  groupBy: GroupBy;
  sortBy: SortBy;
  show: Detail[];
  cardSize: CardSize;
  /** `$1.2M` instead of `$1,204,110` */
  compact: boolean;
  /** leaves out what is normal */
  onlyProblems: boolean;
  /** uid of the dashboard that a KPI opens; empty for none */
  detailUid: string;
}

export const DEFAULTS: ScorecardOptions = {
  view: 'cards',
  groupBy: 'none',
  sortBy: 'worst',
  show: ['change', 'gap', 'outlook', 'bullet', 'sparkline', 'age', 'owner'],
  cardSize: 'medium',
  compact: false,
  onlyProblems: false,
  detailUid: 'kpi-detail',
};
