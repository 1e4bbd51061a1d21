/** The queries that the engine answers. Types and words only: the schema that checks them is `query-schema.ts`. */
import type { Grain } from '../time/grain';
import {
  ALERT_MEASURE_TEXT,
  ALERT_MEASURES,
  type AlertGroup,
  type AlertMeasure,
  type AlertScope,
} from './alert-frames';
import { DISTRIBUTION_PART_TEXT, DISTRIBUTION_PARTS, type DistributionPart } from './analysis-frames';
import { COLLECTOR_PART_TEXT, COLLECTOR_PARTS, type CollectorPart } from './collector-frames';
import type { Compared } from './correlation-frames';
import {
  QUALITY_MEASURE_TEXT,
  QUALITY_MEASURES,
  QUALITY_PART_TEXT,
  QUALITY_PARTS,
  type QualityMeasure,
  type QualityPart,
} from './quality-frames';

export const QUERY_VERSION = 1;

export const QUERY_TYPES = [
  'series',
  'status',
  'statusHistory',
  'alerts',
  'forecast',
  'forecastRisk',
  'correlation',
  'decomposition',
  'anomalies',
  'distribution',
  'outlook',
  'freshness',
  'quality',
  'collector',
  'alertContext',
  'audit',
] as const;
export type QueryType = (typeof QUERY_TYPES)[number];

export const QUERY_TYPE_TEXT: Record<QueryType, string> = {
  series: 'Values over time',
  status: 'Where KPIs stand',
  statusHistory: 'Status over time',
  alerts: 'Alerts and what was done about them',
  forecast: 'Where values are going',
  forecastRisk: 'Risk of missing targets',
  correlation: 'What moves together',
  decomposition: 'What values are made of',
  anomalies: 'What stands out',
  distribution: 'How values are spread',
  outlook: 'Where open periods land',
  freshness: 'Which feeds are late',
  quality: 'How good values are',
  collector: 'How collecting goes',
  alertContext: 'Texts for alert messages',
  audit: 'Who changed what',
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

/** The number that `forecastRisk` answers as `numeric`, for alert rules. */
export const RISK_MEASURES = ['missProbability', 'criticalProbability', 'daysToBreach', 'expected'] as const;
export type RiskMeasure = (typeof RISK_MEASURES)[number];

/** `daysToBreach` as a number, where a forecast sees no breach as far as it reaches; null is where there is no forecast. */
export const NO_BREACH_DAYS = 3650;

export const RISK_MEASURE_TEXT: Record<RiskMeasure, string> = {
  missProbability: 'Likelihood of missing the target',
  criticalProbability: 'Likelihood of critical or worse',
  daysToBreach: 'Days until it becomes critical',
  expected: 'Value expected at the end of the period',
};

/** The number that `status` answers as `numeric`. */
export const STATUS_MEASURES = ['level', 'overdueHours', 'missing'] as const;

/** The number that `outlook` answers. */
export const OUTLOOK_MEASURES = ['outlook', 'landing'] as const;

export type Measure =
  RiskMeasure | AlertMeasure | QualityMeasure | (typeof STATUS_MEASURES)[number] | (typeof OUTLOOK_MEASURES)[number];

/** The numbers that a type can answer, the usual one first; types without an entry answer one. */
export const MEASURES: Partial<Record<QueryType, readonly Measure[]>> = {
  status: STATUS_MEASURES,
  outlook: OUTLOOK_MEASURES,
  alerts: ALERT_MEASURES,
  forecastRisk: RISK_MEASURES,
  quality: QUALITY_MEASURES,
};

/** The parts of an answer that a type can be asked for; types without an entry have none. */
export const PARTS: Partial<Record<QueryType, readonly Part[]>> = {
  distribution: DISTRIBUTION_PARTS,
  quality: QUALITY_PARTS,
  collector: COLLECTOR_PARTS,
};
export type Part = DistributionPart | QualityPart | CollectorPart;

export const PART_TEXT: Record<Part, string> = {
  ...DISTRIBUTION_PART_TEXT,
  ...QUALITY_PART_TEXT,
  ...COLLECTOR_PART_TEXT,
};

export const MEASURE_TEXT: Record<Measure, string> = {
  ...RISK_MEASURE_TEXT,
  ...ALERT_MEASURE_TEXT,
  ...QUALITY_MEASURE_TEXT,
  level: 'Level, 0 normal to 3 emergency',
  overdueHours: 'Hours that values are overdue',
  missing: 'Per cent of values that are missing',
  outlook: 'Outlook, 0 on pace, 1 at risk, 2 likely miss',
  landing: 'Value that the period is on pace for',
};

/** What the texts of an `alertContext` are about. */
export const ALERT_SUBJECTS = ['status', 'forecast', 'quality', 'feed'] as const;
export type AlertSubject = (typeof ALERT_SUBJECTS)[number];

export const ALERT_SUBJECT_TEXT: Record<AlertSubject, string> = {
  status: 'Status of KPIs',
  forecast: 'Status and forecasts of KPIs',
  quality: 'Quality of values',
  feed: 'Feeds of values',
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
  /** grains that KPIs are judged at */
  judgedAt?: Grain[];
  /** dimension -> allowed members */
  where?: Record<string, string[]>;
}

export interface KpiQuery {
  v: typeof QUERY_VERSION;
  type: QueryType;
  select: Selection;
  /**
   * `auto` (the default) is the judged grain for tables, and for time series the finest that fits the range.
   * Decompositions, anomalies and distributions look at values as they arrive, however narrow the panel.
   * `judged` is each KPI's own: the one grain at which a line carries its target and thresholds.
   */
  grain?: Grain | 'auto' | 'judged';
  /** a declared dimension: one answer per member */
  split?: string;
  compare?: Comparison;
  /** of series: with what was first reported of periods that have been restated since */
  reported?: boolean;
  /**
   * `settled` (default): the last settled period; `current`: the newest, however provisional. Series show what is not
   * settled unless `settled` is asked for.
   */
  basis?: 'settled' | 'current';
  format?: Format;
  /** of a forecast: periods of the grain beyond the open one */
  horizon?: number;
  /** which number, of a type that has several as `numeric` */
  measure?: Measure;
  /** of an `alertContext`: what its texts are about */
  about?: AlertSubject;
  /** of alerts: which of them */
  alerts?: AlertScope;
  /** of alerts: counted by what, in place of a row each; of scores over time: the mean of what */
  by?: AlertGroup;
  /** of a correlation: what is compared */
  on?: Compared;
  /** of a correlation: lags up to this many periods are tried, either way */
  maxLag?: number;
  /** of a distribution, quality or the collector: which part of the answer; of a distribution all of them when absent */
  part?: Part;
  /**
   * values of settled periods as they were known at that moment: epoch milliseconds, an ISO 8601 instant or date, or
   * now-30d; what was restated later is turned back
   */
  asKnownAt?: string;
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
