/**
 * Changes of the mean: the segmentation of least squared distance plus a penalty a change, found exactly in about linear
 * time by pruning (PELT: Killick, Fearnhead & Eckley 2012).
 * @param values without gaps
 * @param penalty in squared units
 * @param least steps in a segment
 * @returns index of each segment's first value but the first one's, ascending
 */
export function pelt(values: Float64Array, penalty: number, least: number): number[] {
  const n = values.length;
  const sums = new Float64Array(n + 1);
  const squares = new Float64Array(n + 1);
  for (let i = 0; i < n; i++) {
    sums[i + 1] = sums[i]! + values[i]!;
    squares[i + 1] = squares[i]! + values[i]! * values[i]!;
  }
  const cost = (from: number, to: number) => {
    const sum = sums[to]! - sums[from]!;
    return squares[to]! - squares[from]! - (sum * sum) / (to - from);
  };
  const best = new Float64Array(n + 1).fill(Infinity);
  best[0] = -penalty;
  const previous = new Int32Array(n + 1);
  // A place that is behind another is given up once that other one could be used: a segment's length later.
  let candidates = [{ from: 0, until: Infinity }];
  for (let to = least; to <= n; to++) {
    candidates = candidates.filter(({ until }) => to < until);
    for (const { from } of candidates) {
      const total = to - from >= least ? best[from]! + cost(from, to) + penalty : Infinity;
      if (total < best[to]!) {
        best[to] = total;
        previous[to] = from;
      }
    }
    for (const candidate of candidates) {
      const { from, until } = candidate;
      if (until === Infinity && to - from >= least && best[from]! + cost(from, to) > best[to]!) {
        candidate.until = to + least;
      }
    }
    if (to + 1 >= 2 * least) {
      candidates.push({ from: to - least + 1, until: Infinity });
    }
  }
  const changes: number[] = [];
  for (let to = n; to > 0; to = previous[to]!) {
    if (previous[to]! > 0) {
      changes.unshift(previous[to]!);
    }
  }
  return changes;
}
