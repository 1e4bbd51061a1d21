/** Ranks from 1, ties sharing their mean; NaN stays NaN. */
export function ranks(values: ArrayLike<number>): Float64Array {
  const order: number[] = [];
  for (let i = 0; i < values.length; i++) {
    if (Number.isFinite(values[i])) {
      order.push(i);
    }
  }
  order.sort((a, b) => values[a]! - values[b]!);
  const out = new Float64Array(values.length).fill(NaN);
  for (let from = 0; from < order.length;) {
    let to = from + 1;
    while (to < order.length && values[order[to]!] === values[order[from]!]) {
      to += 1;
    }
    for (let k = from; k < to; k++) {
      out[order[k]!] = (from + to + 1) / 2;
    }
    from = to;
  }
  return out;
}
