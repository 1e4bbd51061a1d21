/**
 * What `anomalies`, `decomposition` and `distribution` answers hold.
 *
 * `anomalies` as a table: `AnomalyRow`, worst first. As time series: one frame a KPI with `time`, `value`, `expected`,
 * `lower`, `upper`, `anomaly` (the value where it stands out, else null). Numeric: severity of the newest final value, 0
 * when it is as usual, null when nobody knows what is.
 *
 * `decomposition`: one frame a KPI with `time`, `value`, `trend`, a field `season<length>` for each season, `remainder`.
 *
 * `distribution`: frames `histogram` (`BinRow`), `statistics` (`StatisticRow`), `periods` (`GroupRow`), or the one that is
 * asked for; of several lines, each with its name before. Numeric: a number a bin, named by its range and coloured by its
 * threshold zone, which a bar gauge draws as a histogram.
 */
import type { Level } from '../status';
import type { Grain } from '../time/grain';

export const DISTRIBUTION_PARTS = ['histogram', 'statistics', 'periods'] as const;
export type DistributionPart = (typeof DISTRIBUTION_PARTS)[number];

export const DISTRIBUTION_PART_TEXT: Record<DistributionPart, string> = {
  histogram: 'How often which values occur',
  statistics: 'Figures and tests',
  periods: 'Weekdays and months',
};

export interface AnomalyRow {
  /** start of the period */
  time: number;
  periodText: string;
  kpi: string;
  name: string;
  category: string;
  slice: string;
  grain: Grain;
  /** `point`: one value stands out; `level`: from here on the level is another */
  kind: 'point' | 'level';
  value: number;
  valueText: string;
  /** what was usual: the band, or the level before */
  expected: number;
  lower: number | null;
  upper: number | null;
  /** "usual 890–1,120", "before 1,050" */
  expectedText: string;
  /** distance in robust standard deviations; of a run of odd values and of a new level, that of their sum */
  severity: number;
  direction: 'above' | 'below';
  sense: 'good' | 'bad' | 'neutral';
  /** "31 % below the usual for a Tuesday in March" */
  text: string;
}

export interface BinRow {
  from: number;
  to: number;
  binText: string;
  count: number;
  /** level of the bin's middle where the grain is the judged one and thresholds are the same all along; else null */
  level: Level | null;
}

export interface StatisticRow {
  id: string;
  /** "Median", "Trend per year" */
  name: string;
  value: number | null;
  valueText: string;
  /** what it means, in words: "the values are not normally distributed (p < 0.001)" */
  text: string;
}

/** How a group of periods (Mondays, Januaries) differs from the others. */
export interface GroupRow {
  /** what the periods are grouped by: "Weekday", "Month" */
  by: string;
  group: string;
  n: number;
  mean: number;
  meanText: string;
  /** against the mean of all, per cent; null when that is not above zero */
  difference: number | null;
}
