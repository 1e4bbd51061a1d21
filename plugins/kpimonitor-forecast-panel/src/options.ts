/** What a user can choose. Saved in dashboards: rename nothing here without an upgrade in `module.ts`. */
export type Bands = 'both' | '90' | 'none';

/** Periods of history; `auto` is as many as let the forecast be seen. */
export type History = 'auto' | 'all' | number;

export interface ForecastOptions {
  bands: Bands;
  history: History;
  showTarget: boolean;
  showThresholds: boolean;
  showMarks: boolean;
  /** 0 for as many as fit */
  columns: number;
  /** uid of the dashboard that a KPI's name opens, where its data has no link; empty for none */
  detailUid: string;
}

export const DEFAULTS: ForecastOptions = {
  bands: 'both',
  history: 'auto',
  showTarget: true,
  showThresholds: true,
  showMarks: true,
  columns: 0,
  detailUid: 'kpi-detail',
};
