/** What moves with what, and what moves first. */
import { byLag } from './by-lag';
import { centred, pearson } from './pearson';
import { ranks } from './ranks';
import { effectiveSize, falseDiscoveryRates, persistenceOf, pOfBest, pOfPersistent } from './significance';

export interface CorrelationOptions {
  /** lags up to this many steps are tried, either way */
  maxLag: number;
  /** pairs of values that a correlation needs; default 12 */
  minPairs?: number;
}

export interface PairResult {
  /** indices of the series, a < b */
  a: number;
  b: number;
  /** steps at which both have a value, at the best lag */
  n: number;
  /** at lag 0; NaN when one does not vary or too few pairs are there */
  pearson: number;
  spearman: number;
  /** of these, corrected for autocorrelation */
  pearsonP: number;
  spearmanP: number;
  /** the best lag: steps by which b follows a; positive: a moves first */
  lag: number;
  /** Pearson's at the best lag */
  r: number;
  /** of r, corrected for autocorrelation and for the lags that were tried */
  p: number;
  /** p corrected for the many pairs: the rate of false discoveries at which this one would be reported */
  q: number;
}

/**
 * Every pair of series, in order of a, then b.
 * @param series over the same steps, NaN = missing; make them ready with `prepare`, since two trends always correlate
 */
export function correlate(series: ReadonlyArray<ArrayLike<number>>, options: CorrelationOptions): PairResult[] {
  const { minPairs = 12 } = options;
  const length = series[0]?.length ?? 0;
  const maxLag = Math.max(0, Math.min(options.maxLag, length - minPairs));
  const { ready, compare } = byLag(length, maxLag);
  const values = series.map((one) => ready(centred(one)));
  const ranked = series.map((one) => centred(ranks(one)));
  const persistence = values.map(({ of }) => persistenceOf(of));
  const rankPersistence = ranked.map(persistenceOf);
  const out: PairResult[] = [];
  for (let a = 0; a < series.length; a++) {
    for (let b = a + 1; b < series.length; b++) {
      const { r: rs, counts } = compare(values[a]!, values[b]!);
      const both = counts[maxLag]!;
      const atZero = enough(rs[maxLag]!, both, minPairs);
      const isWhole = !values[a]!.of.present && !values[b]!.of.present;
      const rank = isWhole ? pearson(ranked[a]!, ranked[b]!) : spearmanOfPairs(series[a]!, series[b]!);
      const spearman = enough(rank, both, minPairs);
      const best = bestLag(rs, counts, maxLag, minPairs);
      const n = counts[best + maxLag]!;
      const r = enough(rs[best + maxLag]!, n, minPairs);
      const size = effectiveSize(n, persistence[a]!, persistence[b]!);
      const sizeAtZero = best === 0 ? size : effectiveSize(both, persistence[a]!, persistence[b]!);
      const rankSize = effectiveSize(both, rankPersistence[a]!, rankPersistence[b]!);
      out.push({
        a,
        b,
        n,
        pearson: atZero,
        spearman,
        pearsonP: pOfPersistent(atZero, sizeAtZero),
        spearmanP: pOfPersistent(spearman, rankSize),
        lag: best,
        r,
        p: pOfBest(pOfPersistent(r, size), 2 * maxLag + 1, n > 0 ? size / n : 1),
        q: NaN,
      });
    }
  }
  const rates = falseDiscoveryRates(out.map(({ p }) => p));
  out.forEach((pair, i) => (pair.q = rates[i]!));
  return out;
}

function enough(r: number, n: number, minPairs: number): number {
  return n >= minPairs ? r : NaN;
}

/** The lag of the greatest |r|; of equals the one nearest zero. Overlaps of less than half say too little. */
function bestLag(byLag: Float64Array, counts: Int32Array, maxLag: number, minPairs: number): number {
  const least = Math.max(minPairs, counts[maxLag]! / 2);
  let best = 0;
  let strength = counts[maxLag]! >= least && !Number.isNaN(byLag[maxLag]!) ? Math.abs(byLag[maxLag]!) : -1;
  for (let distance = 1; distance <= maxLag; distance++) {
    for (let lag = distance; lag >= -distance; lag -= 2 * distance) {
      const r = byLag[lag + maxLag]!;
      if (counts[lag + maxLag]! >= least && (r > strength + 1e-12 || -r > strength + 1e-12)) {
        best = lag;
        strength = r < 0 ? -r : r;
      }
    }
  }
  return best;
}

/** Ranks among the steps at which both have a value. */
function spearmanOfPairs(x: ArrayLike<number>, y: ArrayLike<number>): number {
  const both = Array.from({ length: x.length }, (_, i) => i).filter(
    (i) => Number.isFinite(x[i]) && Number.isFinite(y[i])
  );
  const rankOf = (values: ArrayLike<number>) => centred(ranks(both.map((i) => values[i]!)));
  return pearson(rankOf(x), rankOf(y));
}
