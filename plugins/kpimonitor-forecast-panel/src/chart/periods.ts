/** Where periods begin and end on the axis of time. A value stands at its period's start. */
import { GRAIN_MS, type Grain } from '@kpi-monitor/model/time/grain';

/**
 * The middle between the starts of a period and the one before: where its share of the axis begins.
 * @param index up to `times.length`, which gives where the last one ends
 */
export function edgeOf(times: readonly number[], index: number, grain: Grain): number {
  const [before, after] = [times[index - 1], times[index]];
  if (before !== undefined && after !== undefined) {
    return (before + after) / 2;
  }
  const known = before ?? after ?? 0;
  const step = stepAt(times, index, grain) / 2;
  return before === undefined ? known - step : known + step;
}

function stepAt(times: readonly number[], index: number, grain: Grain): number {
  const at = index === 0 ? 1 : times.length - 1;
  const step = (times[at] ?? 0) - (times[at - 1] ?? 0);
  return times.length > 1 && step > 0 ? step : GRAIN_MS[grain];
}

/** From the beginning of the first period's share to the end of the last one's. */
export function spanOf(times: readonly number[], grain: Grain): [number, number] {
  return [edgeOf(times, 0, grain), edgeOf(times, times.length, grain)];
}
