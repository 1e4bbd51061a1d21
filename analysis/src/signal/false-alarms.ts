import { normalCdf } from '../probability/distributions';

import type { NaturalLimits } from './xmr';

/**
 * How many of a year's periods would cross a threshold by usual variation alone, were the values normal.
 * @param side the bad side of the threshold
 */
export function expectedFalseAlarms(
  threshold: number,
  side: 'above' | 'below',
  { center, deviation }: NaturalLimits,
  periodsPerYear: number
): number {
  if (deviation === 0) {
    return (side === 'below' ? center <= threshold : center >= threshold) ? periodsPerYear : 0;
  }
  const below = normalCdf((threshold - center) / deviation);
  return periodsPerYear * (side === 'below' ? below : 1 - below);
}
