/**
 * Sums of products of two series at every lag from -M to M, in a sixth of the work of adding them lag by lag: the series are
 * cut into blocks, transformed once each (discrete Fourier transform), multiplied block by block and added up, and only the
 * sum is transformed back (overlap-save, Stockham 1966).
 */

/** How series of a length are cut for lags up to `maxLag`. */
export interface LagPlan {
  length: number;
  maxLag: number;
  /** values a block */
  size: number;
  blocks: number;
  /** number of frequencies: size / 2 + 1 */
  frequencies: number;
  /** of each lag from 0 to maxLag, then each frequency */
  cos: Float64Array;
  sin: Float64Array;
  /** the sums of products by frequency, written anew by each use */
  re: Float64Array;
  im: Float64Array;
}

/** A series as it leads and as it follows; each by frequency, then block. */
export interface Spectra {
  leadRe: Float64Array;
  leadIm: Float64Array;
  followRe: Float64Array;
  followIm: Float64Array;
}

export function planLags(length: number, maxLag: number): LagPlan {
  // Blocks of 2 M + 8 values beside margins of M on both sides: wider ones take less adding up and more to transform back.
  const size = 4 * maxLag + 8;
  const blocks = Math.max(1, Math.ceil(length / (size - 2 * maxLag)));
  const frequencies = size / 2 + 1;
  const table = (of: (x: number) => number) =>
    Float64Array.from({ length: (maxLag + 1) * frequencies }, (_, i) =>
      of((2 * Math.PI * Math.floor(i / frequencies) * (i % frequencies)) / size)
    );
  const scratch = () => new Float64Array(frequencies);
  return {
    ...{ length, maxLag, size, blocks, frequencies },
    ...{ cos: table(Math.cos), sin: table(Math.sin), re: scratch(), im: scratch() },
  };
}

/** @param values as many as the plan is for, all finite */
export function spectraOf(values: Float64Array, { maxLag, size, blocks, frequencies }: LagPlan): Spectra {
  const turns = Float64Array.from({ length: size }, (_, i) => (2 * Math.PI * i) / size);
  const [cos, sin] = [turns.map(Math.cos), turns.map(Math.sin)];
  const all = () => new Float64Array(frequencies * blocks);
  const out: Spectra = { leadRe: all(), leadIm: all(), followRe: all(), followIm: all() };
  const step = size - 2 * maxLag;
  for (let f = 0; f < frequencies; f++) {
    // A frequency stands for its mirror image too, but for the first and the last.
    const weight = (f === 0 || f === frequencies - 1 ? 1 : 2) / size;
    for (let b = 0; b < blocks; b++) {
      let leadRe = 0;
      let leadIm = 0;
      let followRe = 0;
      let followIm = 0;
      const start = b * step;
      const from = start - Math.min(maxLag, start);
      const to = Math.min(start + step + maxLag, values.length);
      let turn = (f * (from - start + size)) % size;
      for (let t = from; t < to; t++) {
        const re = values[t]! * cos[turn]!;
        const im = values[t]! * sin[turn]!;
        followRe += re;
        followIm -= im;
        if (t >= start && t < start + step) {
          leadRe += re;
          leadIm -= im;
        }
        turn += f;
        turn -= turn >= size ? size : 0;
      }
      const at = f * blocks + b;
      out.leadRe[at] = weight * leadRe;
      out.leadIm[at] = weight * leadIm;
      out.followRe[at] = followRe;
      out.followIm[at] = followIm;
    }
  }
  return out;
}

/** Into `out` at `lag + maxLag`: the sum of x times y `lag` steps later. */
export function laggedProducts(x: Spectra, y: Spectra, plan: LagPlan, out: Float64Array): void {
  const { maxLag, blocks, frequencies, cos, sin, re, im } = plan;
  const { leadRe, leadIm } = x;
  const { followRe, followIm } = y;
  let at = 0;
  for (let f = 0; f < frequencies; f++) {
    // Four sums beside each other, since each has to wait for its last addition.
    let rr = 0;
    let ii = 0;
    let ri = 0;
    let ir = 0;
    for (const end = at + blocks; at < end; at++) {
      const a = leadRe[at]!;
      const b = leadIm[at]!;
      const c = followRe[at]!;
      const d = followIm[at]!;
      rr += a * c;
      ii += b * d;
      ri += a * d;
      ir += b * c;
    }
    re[f] = rr + ii;
    im[f] = ri - ir;
  }
  let row = 0;
  for (let lag = 0; lag <= maxLag; lag++) {
    let even = 0;
    let odd = 0;
    for (let f = 0; f < frequencies; f++, row++) {
      even += re[f]! * cos[row]!;
      odd += im[f]! * sin[row]!;
    }
    out[maxLag + lag] = even - odd;
    out[maxLag - lag] = even + odd;
  }
}
