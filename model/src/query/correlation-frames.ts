/**
 * What a `correlation` answer holds: frame `pairs`, a row a pair; frame `kpis`, a row a KPI in the order of clustering (the
 * matrix's order); frame `values`, wide: `time` and a number field a KPI (named by its id, with its display name and unit),
 * the values as they are; and frame `compared`, wide like it, the values that were compared (changes, adjusted values).
 */
import type { Grain } from '../time/grain';

/** What is compared. Two trends always correlate: so levels are the weakest evidence. */
export const COMPARED = ['levels', 'changes', 'adjusted'] as const;
export type Compared = (typeof COMPARED)[number];

export const COMPARED_TEXT: Record<Compared, string> = {
  levels: 'Values as they are',
  changes: 'Changes from period to period',
  adjusted: 'Values without season and trend',
};

export interface PairRow {
  a: string;
  aName: string;
  b: string;
  bName: string;
  /** periods in which both have a value, at the best lag */
  n: number;
  /** at lag 0; null when one of them does not vary or too few pairs are there */
  pearson: number | null;
  spearman: number | null;
  /** the best lag in periods: positive, a moves first and b follows */
  lag: number;
  /** Pearson at the best lag */
  r: number | null;
  /** of r; corrected for autocorrelation and for the lags that were tried */
  p: number | null;
  /** p corrected for the pairs that were tried, too */
  q: number | null;
  /** q below 0.05 */
  significant: boolean;
  /** computed from values that they share: then they move together by arithmetic */
  sharesInputs: boolean;
  /** id of the KPI that moves first; empty at lag 0 or when it is not significant */
  leader: string;
  lagText: string;
  /** "Satisfaction moves first: Retention follows about 14 days later, r = 0.71, unlikely to be chance" */
  sentence: string;
}

export interface CorrelatedKpiRow {
  kpi: string;
  name: string;
  category: string;
  categoryName: string;
  unit: string;
  /** periods that have a value */
  n: number;
}

/** In `meta.custom.correlation` of the frame `pairs`. */
export interface CorrelationFacts {
  grain: Grain;
  on: Compared;
  maxLag: number;
  pairs: number;
  significant: number;
  /** what was done, in a sentence, with its caution */
  method: string;
}
