import { median } from '../decomposition/median';

/**
 * The rise per step of the whole series that few values and few new levels cannot change: the median of the rises over a
 * reach (after Theil 1950 and Sen 1968).
 */
export function steadySlope(values: Float64Array, reach = REACH): number {
  const lag = Math.min(reach, values.length >> 1);
  return lag > 0 ? median(values.subarray(lag).map((value, i) => (value - values[i]!) / lag)) || 0 : 0;
}

const REACH = 28;
