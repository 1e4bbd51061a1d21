/** All that is said about how values are spread. */
import { type NaturalLimits, naturalLimits } from '../signal/xmr';

import { describe, type Description } from './describe';
import { type Bin, histogram } from './histogram';
import { groupsDiffer, normality, type Tested, type Trend, trend } from './tests';

export interface DistributionOptions {
  /** in steps, where there may be one */
  season?: number;
  /** values by groups, of each way to group them */
  groupings: ReadonlyArray<ReadonlyArray<readonly number[]>>;
}

export interface Distribution {
  bins: Bin[];
  description: Description | null;
  normality: Tested | null;
  trend: Trend | null;
  limits: NaturalLimits | null;
  /** indices of values far from the rest, furthest first */
  outliers: number[];
  /** of each grouping, whether its groups differ */
  differ: Array<Tested | null>;
}

/** From the quartiles, in interquartile ranges (Tukey 1977). */
const FENCE = 1.5;

/** @param values equally spaced, NaN = missing */
export function distributionOf(values: ArrayLike<number>, { season, groupings }: DistributionOptions): Distribution {
  const description = describe(values);
  return {
    bins: histogram(values),
    description,
    normality: normality(values),
    trend: trend(values),
    limits: naturalLimits(values, season),
    outliers: description ? outliersOf(values, description) : [],
    differ: groupings.map((groups) => groupsDiffer(groups)),
  };
}

function outliersOf(values: ArrayLike<number>, { lowerQuartile, upperQuartile }: Description): number[] {
  const reach = FENCE * (upperQuartile - lowerQuartile);
  const beyond = (value: number) => Math.max(lowerQuartile - reach - value, value - upperQuartile - reach);
  return Array.from(values, (value, index) => ({ index, by: reach > 0 ? beyond(value) : 0 }))
    .filter(({ by }) => by > 0)
    .sort((a, b) => b.by - a.by || a.index - b.index)
    .map(({ index }) => index);
}
