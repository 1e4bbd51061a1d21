/** What the axis of values spans. */

const PAD = 0.08;
/** A bound that would make everything else this many times flatter stays out of sight. */
const MOST = 1.6;

/**
 * @param shown everything that must be seen, nulls and all
 * @param bounds thresholds, nearest first: seen as far as they do not flatten the rest
 * @returns null when there is nothing to show
 */
export function valueRange(
  shown: ReadonlyArray<ReadonlyArray<number | null>>,
  bounds: readonly number[] = []
): [number, number] | null {
  let [low, high] = [Infinity, -Infinity];
  for (const values of shown) {
    for (const value of values) {
      if (value !== null && Number.isFinite(value)) {
        low = Math.min(low, value);
        high = Math.max(high, value);
      }
    }
  }
  if (low > high) {
    return null;
  }
  const isAllPositive = low >= 0;
  if (low === high) {
    const room = Math.abs(low) * 0.1 || 1;
    [low, high] = [low - room, high + room];
  }
  const size = high - low;
  for (const bound of bounds) {
    const [wider, higher] = [Math.min(low, bound), Math.max(high, bound)];
    if (higher - wider <= MOST * size) {
      [low, high] = [wider, higher];
    }
  }
  const pad = PAD * (high - low);
  return [isAllPositive && Math.min(...bounds, low) >= 0 ? Math.max(0, low - pad) : low - pad, high + pad];
}
