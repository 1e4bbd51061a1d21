/** What a user can choose. Saved in dashboards: rename nothing here without an upgrade in `module.ts`. */
export type View = 'matrix' | 'ranked';

export interface CorrelationOptions {
  view: View;
  /** id of the KPI that the ranked list is about; a dashboard variable such as `$kpi`; empty for the one that moves with most */
  kpi: string;
  /** uid of the dashboard that a KPI's name opens; empty for none */
  detailUid: string;
}

export const DEFAULTS: CorrelationOptions = { view: 'matrix', kpi: '', detailUid: 'kpi-detail' };
