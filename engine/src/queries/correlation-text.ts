/** A correlation in a sentence that needs no statistics. */
import type { PairRow } from '@kpi-monitor/model/query/correlation-frames';
import type { Grain } from '@kpi-monitor/model/time/grain';

import { periodCount } from './names';

type Pair = Omit<PairRow, 'sentence'>;

/** "Satisfaction moves first: Retention follows about 14 days later, r = 0.71, unlikely to be chance" */
export function pairText(pair: Pair, grain: Grain, locale: string): string {
  const { aName, bName, r, lag, significant, sharesInputs, n } = pair;
  if (r === null) {
    return `${aName} and ${bName}: too few values in common, or one that does not vary`;
  }
  if (!significant) {
    return `${aName} and ${bName}: no relation beyond chance in ${periodCount(n, grain)}`;
  }
  const format = new Intl.NumberFormat(locale, { minimumFractionDigits: 2, maximumFractionDigits: 2 });
  const strength = `r = ${format.format(r)}, ${chanceText(pair.q)}`;
  const arithmetic = sharesInputs ? '; both are computed from the same values' : '';
  if (lag === 0) {
    const together = r > 0 ? 'rise and fall together' : 'move against each other';
    return `${aName} and ${bName} ${together}, ${strength}${arithmetic}`;
  }
  const [first, second] = lag > 0 ? [aName, bName] : [bName, aName];
  const follows = r > 0 ? 'follows' : 'goes the other way';
  return `${first} moves first: ${second} ${follows} about ${periodCount(Math.abs(lag), grain)} later, ${strength}${arithmetic}`;
}

function chanceText(q: number | null): string {
  return q !== null && q < 0.001 ? 'very unlikely to be chance' : 'unlikely to be chance';
}
