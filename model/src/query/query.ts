/** The queries that the engine answers. Types and words only: the schema that checks them is `query-schema.ts`. */
import type { Grain } from '../time/grain';

export const QUERY_VERSION = 1;

export const QUERY_TYPES = ['series', 'status', 'statusHistory'] as const;
export type QueryType = (typeof QUERY_TYPES)[number];

export const QUERY_TYPE_TEXT: Record<QueryType, string> = {
  series: 'Values over time',
  status: 'Where KPIs stand',
  statusHistory: 'Status over time',
};

export const COMPARISONS = ['none', 'previous', 'lastYear', 'sameWeekday', 'target'] as const;
export type Comparison = (typeof COMPARISONS)[number];

export const COMPARISON_TEXT: Record<Comparison, string> = {
  none: 'Nothing',
  previous: 'Previous period',
  lastYear: 'Same period last year',
  sameWeekday: 'Same weekday, last four weeks',
  target: 'Target',
};

export const FORMATS = ['timeseries', 'table', 'numeric'] as const;
export type Format = (typeof FORMATS)[number];

export const TIERS = ['headline', 'supporting', 'diagnostic'] as const;
export type Tier = (typeof TIERS)[number];

/** Which KPIs a query is about: those that meet every given condition; all of role `kpi` when none is given. */
export interface Selection {
  kpis?: string[];
  categories?: string[];
  tiers?: Tier[];
  /** dimension -> allowed members */
  where?: Record<string, string[]>;
}

export interface KpiQuery {
  v: typeof QUERY_VERSION;
  type: QueryType;
  select: Selection;
  /**
   * `auto` (the default) is the judged grain for tables, and for time series the finest that fits the range.
   * `judged` is each KPI's own: the one grain at which a line carries its target and thresholds.
   */
  grain?: Grain | 'auto' | 'judged';
  /** a declared dimension: one answer per member */
  split?: string;
  compare?: Comparison;
  /**
   * `settled` (default): the last settled period; `current`: the newest, however provisional. Series show what is not
   * settled unless `settled` is asked for.
   */
  basis?: 'settled' | 'current';
  format?: Format;
}

/** What Grafana adds to each query of a request. */
export interface RequestQuery extends KpiQuery {
  refId: string;
  hide?: boolean;
  intervalMs?: number;
  maxDataPoints?: number;
  /** its own range, in place of the request's: queries of an alert rule each have one */
  from?: string;
  to?: string;
}
