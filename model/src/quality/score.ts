/** One number for how good the values of a period are. */
import { QUALITY_RULES, type QualityRule } from './rules';

/** How well each rule was kept, 0 to 1; null where it could not be tried. */
export type Shares = Readonly<Record<QualityRule, number | null>>;

/**
 * `100 x sum(weight x share) / sum(weight)` over the rules that could be tried, rounded to tenths: the mean of how well they
 * were kept, weighted. Null when none could be.
 */
export function scoreOf(shares: Shares, weights: Readonly<Record<QualityRule, number>>): number | null {
  let kept = 0;
  let all = 0;
  for (const rule of QUALITY_RULES) {
    const share = shares[rule];
    if (share !== null) {
      kept += weights[rule] * share;
      all += weights[rule];
    }
  }
  return all === 0 ? null : Math.round((1000 * kept) / all) / 10;
}
