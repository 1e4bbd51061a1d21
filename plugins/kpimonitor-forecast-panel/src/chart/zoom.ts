import type { AbsoluteTimeRange } from '@grafana/data';

import { type Forecast, isKnown } from '../data/forecast';

/**
 * The dashboard's range for a stretch of a chart. One of the future alone would leave nothing to forecast from, so it
 * begins no later than the last known value.
 */
export function zoomRange({ from, to }: AbsoluteTimeRange, { times, value, facts }: Forecast): AbsoluteTimeRange {
  const last = times.findLast((time, row) => time < facts.now && isKnown(value[row]));
  return { from: Math.floor(Math.min(from, last ?? from)), to: Math.ceil(to) };
}
