import { decompose } from '../../decomposition/decompose';

import type { Candidate } from './candidate';
import { smoothing } from './smoothing';

/** Seasons as they were last, on a smoothed trend: MSTL with exponential smoothing. */
export const decomposed: Candidate = ({ values, seasons }, horizon) => {
  const parts = decompose(values, seasons).seasons;
  if (parts.length === 0) {
    return null;
  }
  const adjusted = values.map((value, t) => parts.reduce((rest, season) => rest - season.values[t]!, value));
  const trend = smoothing('none')({ values: adjusted, seasons: [] }, horizon);
  const n = values.length;
  return (
    trend &&
    trend.map((value, h) =>
      parts.reduce((sum, { length, values: season }) => sum + season[n - length + (h % length)]!, value)
    )
  );
};
