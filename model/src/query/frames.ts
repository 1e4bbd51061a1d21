/** The frames that answers are made of: Grafana's data frame JSON, and what our own fields and rows hold. */
import type { ErrorCode } from '../errors';
import type { ChangeSignal, Freshness, Level, Life, Outlook, Status } from '../status';
import type { Grain } from '../time/grain';
import type { CorrelationFacts } from './correlation-frames';
import type { ForecastFacts } from './forecast-frames';
import type { Tier } from './query';

export interface ThresholdStep {
  /** The step holds from this value up. Null is sent as the lowest double: the Go SDK turns null into 0. */
  value: number;
  color: string;
}

interface MappedText {
  text: string;
  color?: string;
  index?: number;
}
export interface ValueMapping {
  type: 'value';
  options: Record<string, MappedText>;
}
/** Both ends belong to it. */
export interface RangeMapping {
  type: 'range';
  options: { from: number; to: number; result: MappedText };
}

export interface FieldConfig {
  displayName?: string;
  displayNameFromDS?: string;
  description?: string;
  unit?: string;
  decimals?: number;
  min?: number;
  max?: number;
  color?: { mode: string; fixedColor?: string };
  thresholds?: { mode: 'absolute'; steps: ThresholdStep[] };
  mappings?: Array<ValueMapping | RangeMapping>;
  links?: Array<{ title: string; url: string }>;
  custom?: Record<string, unknown>;
}

export type FrameFieldType = 'time' | 'number' | 'string' | 'boolean' | 'other';

export interface FrameField {
  name: string;
  type: FrameFieldType;
  typeInfo: { frame: string; nullable?: boolean };
  labels?: Record<string, string>;
  config?: FieldConfig;
}

export interface FrameMeta {
  type?: 'timeseries-multi' | 'timeseries-wide' | 'numeric-multi' | 'table';
  typeVersion?: [number, number];
  custom?: AnswerMeta;
  notices?: Array<{ severity: 'info' | 'warning' | 'error'; text: string }>;
}

/** What an answer says about itself. */
export interface AnswerMeta {
  /** the query type that was answered */
  answer: string;
  /** instant that plays "now", epoch milliseconds */
  asOf: number;
  zone: string;
  /** said on the page's face when the values are invented */
  demo?: boolean;
  /** `latest` when the catalogue is an archive */
  archive?: boolean;
  grain?: Grain;
  /** starts of the periods whose value is not final: still running, or less than complete */
  partial?: number[];
  forecast?: ForecastFacts;
  correlation?: CorrelationFacts;
}

export interface Frame {
  schema: { refId?: string; name?: string; meta?: FrameMeta; fields: FrameField[] };
  data: { values: unknown[][] };
}

/** `code` and `details` stand beside an error only: the Go SDK's own decoder refuses properties that it does not know. */
export interface QueryResult {
  status: number;
  frames?: Frame[];
  /** `CODE: message`; `readError` of errors.ts takes it apart where Grafana has passed on the text alone */
  error?: string;
  errorSource?: 'downstream' | 'plugin';
  code?: ErrorCode;
  details?: Record<string, unknown>;
}

export interface QueryResponse {
  results: Record<string, QueryResult>;
}

/** Absolute thresholds of one period: a bound a level, or a pair of bounds for `range`; a level may have none. */
export interface Boundaries {
  direction: 'up' | 'down' | 'range';
  warning?: number | [number, number];
  critical?: number | [number, number];
  emergency?: number | [number, number];
}

/** Values of the judged grain, oldest first, for a sparkline. */
export interface Sparkline {
  times: number[];
  values: Array<number | null>;
}

/**
 * A row of a `status` answer: one KPI, or one slice of it. Each property is a column of the frame `status`,
 * under the same name. Texts are formatted in the reader's locale, since a column has one unit and KPIs have many.
 */
export interface StatusRow {
  kpi: string;
  name: string;
  category: string;
  categoryName: string;
  tier: Tier;
  owner: string;
  /** the grain at which it is judged */
  grain: Grain;
  /** `''` for the total, else the member of the dimension that was split by */
  slice: string;
  unit: string;
  decimals: number;
  direction: 'up' | 'down' | 'range';

  /** of the judged period */
  value: number | null;
  valueText: string;
  level: Level | null;
  status: Status;
  freshness: Freshness;
  /** why it is not judged, or what makes it provisional; else empty */
  reason: string;
  life: Life | null;
  /** of the judged period, per cent: 0 once it is settled or while it may still come in; null without a value */
  missing: number | null;
  /** start of the judged period (civil date at 00:00Z, or an instant) */
  period: number | null;
  periodText: string;
  /** start of the first period of the run of periods at warning or worse that the judged one ends; else null */
  since: number | null;
  sinceText: string;
  /** as they were in force for the judged period */
  boundaries: Boundaries | null;

  target: number | null;
  targetText: string;
  targetMet: boolean | null;
  /** per cent of target; only for flows with a target above zero */
  attainment: number | null;
  /** `8 % below target`, `50 % over`, `0.4 points below target` */
  gapText: string;

  change: number | null;
  changeText: string;
  /** whether the judged value is news (`signal`) or `usual` variation; `unknown` below twelve periods */
  changeSignal: ChangeSignal;
  /** `good` or `bad` once it is a signal, else `neutral` */
  changeSense: 'good' | 'bad' | 'neutral';
  /** the direction of the arrow */
  changeSign: -1 | 0 | 1 | null;
  comparisonText: string;

  /** of the open period */
  outlook: Outlook | null;
  /** `March on pace` */
  outlookText: string;
  soFar: number | null;
  soFarText: string;
  landing: number | null;
  landingText: string;
  /** what was planned to have come in by now */
  paceNow: number | null;
  openTarget: number | null;
  openTargetText: string;
  openBoundaries: Boundaries | null;
  openPeriod: number | null;
  openPeriodText: string;
  /** what the landing was taken from: `forecast`, or a pace by `phasing`, `usual course`, `working days`, `calendar days` */
  paceBasis: string;

  spark: Sparkline;
  /** end of the newest period that has a value */
  dataUntil: number | null;
  /** milliseconds since a value has been overdue; 0 when none is */
  overdue: number;
  ageText: string;
  /** `January restated -2.1 % on 9 Mar`: how the judged period was changed after it had settled; else empty */
  restatedText: string;
  source: string;
  definition: string;
}

/** A value of one period: a row of a `series` table. */
export interface SeriesRow {
  /** start of the period (civil date at 00:00Z, or an instant) */
  time: number;
  periodText: string;
  kpi: string;
  name: string;
  category: string;
  grain: Grain;
  /** `''` for the total, else the member of the dimension that was split by */
  slice: string;
  value: number | null;
  valueText: string;
  /** what it is compared with; null without a comparison or a complete base */
  comparison: number | null;
  comparisonText: string;
  /** what was first reported of a period that has been restated since; null where nothing was */
  reported: number | null;
  reportedText: string;
  life: Life;
  /** share of the expected values that are there, 0–1 */
  completeness: number;
}

/** A run of periods of one status: a row of a `statusHistory` table. */
export interface EpisodeRow {
  kpi: string;
  name: string;
  category: string;
  slice: string;
  from: number;
  /** end of its last period; null while it goes on */
  to: number | null;
  worst: Level;
  worstText: string;
  periods: number;
  durationText: string;
  worstValue: number | null;
  worstValueText: string;
}

export const LOWEST = -Number.MAX_VALUE;
