/**
 * Local regression on equally spaced values (Cleveland 1979), as STL uses it (Cleveland et al. 1990): tricube weights over
 * the `span` nearest values, a straight line fitted.
 */
export interface Loess {
  values: Float64Array;
  /** number of neighbours that count; odd */
  span: number;
  /** how far each value is to be trusted, 0–1; null for all alike */
  trust: Float64Array | null;
}

/** The smoothed value at every index. A place whose neighbours are not trusted at all keeps its own value. */
export function smooth(loess: Loess): Float64Array {
  const { values, span } = loess;
  const n = values.length;
  const out = new Float64Array(n);
  for (let i = 0; i < n; i++) {
    const first = n <= span ? 0 : clamp(i - (span >> 1), 0, n - span);
    const last = n <= span ? n - 1 : first + span - 1;
    const fitted = valueAt(loess, i, first, last);
    out[i] = fitted === fitted ? fitted : values[i]!;
  }
  return out;
}

/**
 * The line's value at x, which may lie beyond the ends, fitted to the values from index `first` to `last`.
 * @returns NaN when none of them counts
 */
export function valueAt({ values, span, trust }: Loess, x: number, first: number, last: number): number {
  const n = values.length;
  let reach = x - first > last - x ? x - first : last - x;
  if (span > n) {
    reach += (span - n) >> 1;
  }
  const [near, far] = [0.001 * reach, 0.999 * reach];
  let total = 0;
  let centre = 0;
  for (let j = first; j <= last; j++) {
    const w = weight(j < x ? x - j : j - x, reach, near, far) * (trust ? trust[j]! : 1);
    total += w;
    centre += w * j;
  }
  if (!(total > 0)) {
    return NaN;
  }
  centre /= total;
  let spread = 0;
  let mean = 0;
  let product = 0;
  for (let j = first; j <= last; j++) {
    const w = (weight(j < x ? x - j : j - x, reach, near, far) * (trust ? trust[j]! : 1)) / total;
    spread += w * (j - centre) * (j - centre);
    mean += w * values[j]!;
    product += w * (j - centre) * values[j]!;
  }
  const isWide = reach > 0 && spread > (0.001 * (n - 1)) ** 2;
  return isWide ? mean + ((x - centre) / spread) * product : mean;
}

function weight(distance: number, reach: number, near: number, far: number): number {
  if (distance > far) {
    return 0;
  }
  if (distance <= near) {
    return 1;
  }
  const ratio = distance / reach;
  const rest = 1 - ratio * ratio * ratio;
  return rest * rest * rest;
}

function clamp(value: number, low: number, high: number): number {
  return value < low ? low : value > high ? high : value;
}
