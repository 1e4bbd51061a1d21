/**
 * What a `forecast` and a `forecastRisk` answer hold.
 *
 * A `forecast` answer is one frame a KPI or slice. Its first two fields, `time` and `value`, make it a time series that
 * any panel draws; the others stand beside them: `forecast`, `lower50`, `upper50`, `lower90`, `upper90`, `target`. A row is
 * a period, stamped at its start. History rows have nulls in the forecast's fields, future rows a null value; the open
 * period has both what came in so far (`value`) and where it lands (`forecast` and bands).
 */
import type { Grain } from '../time/grain';
import type { Boundaries } from './frames';
import type { Tier } from './query';

export const FORECAST_FIELDS = [
  'time',
  'value',
  'forecast',
  'lower50',
  'upper50',
  'lower90',
  'upper90',
  'target',
] as const;
export type ForecastField = (typeof FORECAST_FIELDS)[number];

/** `ready`; `pending`: it is being fitted; `refused`: there is not enough to forecast from, `text` says what is missing */
export type ForecastState = 'ready' | 'pending' | 'refused';

/** How good it has been: back-tested on rolling origins of the KPI's own history. */
export interface BackTest {
  /** mean absolute error over that of the seasonal naive forecast on the same origins; below 1 is better */
  relativeToNaive: number;
  /** mean absolute percentage error, 0–100; null when values are near zero */
  mape: number | null;
  /** share of the actual values that lay inside the 90 % band, 0–100 */
  coverage: number;
  origins: number;
}

/** A value that stood out, or a new level, as drawn on a time series. */
export interface Mark {
  kind: 'anomaly' | 'changepoint';
  /** start of the period */
  time: number;
  /** "far below the usual 890–1,120", "level fell by 12 %" */
  text: string;
}

/** Said beside the frame's values in `meta.custom.forecast`. */
export interface ForecastFacts {
  kpi: string;
  name: string;
  /** `''` for the total, else the member of the dimension that was split by */
  slice: string;
  grain: Grain;
  state: ForecastState;
  /** why it is not ready; else empty */
  text: string;
  /** start of the first period that is not over: the "now" line stands between it and the one before */
  now: number;
  /** "82 % likely to miss November's target by about $41,000"; empty when there is nothing to say */
  sentence: string;
  /** is the sentence good news, bad news, or neither */
  sense: 'good' | 'bad' | 'neutral';
  direction: 'up' | 'down' | 'range';
  /** of the open period, absolute; null when the grain is not the judged one or nothing is judged */
  boundaries: Boundaries | null;
  /** the forecasts that were combined, greatest weight first; weights sum to 1 */
  models: Array<{ name: string; weight: number }>;
  backTest: BackTest | null;
  /** season length in periods of the grain; null for none */
  season: number | null;
  /** end of the history that it was fitted on */
  fittedUntil: number | null;
  marks: Mark[];
  unit: string;
  decimals: number;
}

/** A row of a `forecastRisk` table: each property is a column under the same name. Worst risk first. */
export interface RiskRow {
  kpi: string;
  name: string;
  category: string;
  categoryName: string;
  tier: Tier;
  owner: string;
  grain: Grain;
  slice: string;
  state: ForecastState;
  /** start of the open judged period */
  period: number;
  periodText: string;
  /** where it lands, its 90 % interval, and the target */
  expected: number | null;
  expectedText: string;
  lower90: number | null;
  upper90: number | null;
  /** "$812,000 to $905,000" */
  intervalText: string;
  target: number | null;
  targetText: string;
  /** per cent, 0–100; null without a target */
  missProbability: number | null;
  /** how far the expected value is on the wrong side of the target: "$41,000 short"; empty when it is not */
  shortfallText: string;
  /** level that the expected value would have */
  expectedLevel: 0 | 1 | 2 | 3 | null;
  /** per cent: the likelihood of critical or worse at the end of the open period */
  criticalProbability: number | null;
  /** days until the expected value crosses into critical or worse; null when it does not within the horizon */
  daysToBreach: number | null;
  breachText: string;
  sentence: string;
  /** back-tested error over the seasonal naive one */
  relativeToNaive: number | null;
}
