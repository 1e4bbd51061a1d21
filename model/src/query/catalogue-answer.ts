/** What the engine's plain resources answer, which query editors, variables and pages list KPIs from. */
import type { Grain } from '../time/grain';

import type { Tier } from './query';

/** A KPI as an editor needs it. */
export interface CatalogueKpi {
  id: string;
  name: string;
  category: string;
  tier: Tier;
  kind: 'flow' | 'stock' | 'ratio' | 'score' | 'index';
  unit: string;
  decimals: number;
  direction: 'up' | 'down' | 'range';
  /** `''` when nobody wrote one */
  definition: string;
  owner: string;
  /** the step at which values arrive */
  grain: Grain;
  /** the grain that thresholds and targets belong to */
  judgedAt: Grain;
  /** what it can be asked at, finest first: its own grain and those that it rolls up to */
  grains: Grain[];
  /** what it can be split by */
  dimensions: string[];
  /** null for what is collected */
  formula: string | null;
  hasTarget: boolean;
  /** kind of its source; `formula` for what is computed */
  source: string;
}

/** `GET /api/catalogue` */
export interface CatalogueAnswer {
  name: string;
  /** the values are invented */
  demo: boolean;
  /** `latest` for an archive, whose newest period plays "now" */
  asOf: 'clock' | 'latest';
  /** instant that plays "now", epoch milliseconds; null while the store cannot say */
  now: number | null;
  /** of the business calendar */
  zone: string;
  /** in the order in which they are shown */
  categories: Array<{ id: string; name: string; description?: string }>;
  /** of role `kpi`, in the catalogue's order */
  kpis: CatalogueKpi[];
}

/** `GET /api/dimensions/:dimension/members?kpis=a,b` (all KPIs without `kpis`): members that have values, sorted */
export interface MembersAnswer {
  dimension: string;
  members: string[];
}
