import type { PairRow } from '@kpi-monitor/model/query/correlation-frames';

import type { Correlation } from './read-correlation';

/** Names a pair, whichever of the two comes first. */
export function pairKey(a: string, b: string): string {
  return a < b ? `${a} ${b}` : `${b} ${a}`;
}

export function pairsByKey(pairs: readonly PairRow[]): Map<string, PairRow> {
  return new Map(pairs.map((pair) => [pairKey(pair.a, pair.b), pair]));
}

/** The side that moves first, the other, and by how many periods; at lag 0 the sides as they are. */
export interface Led {
  first: string;
  firstName: string;
  second: string;
  secondName: string;
  /** periods, never negative */
  shift: number;
}

export function ledBy({ a, aName, b, bName, lag }: PairRow): Led {
  return lag < 0
    ? { first: b, firstName: bName || b, second: a, secondName: aName || a, shift: -lag }
    : { first: a, firstName: aName || a, second: b, secondName: bName || b, shift: lag };
}

/** How strong a pair is; less than any when it is not known. */
export function strength({ r }: PairRow): number {
  return r === null ? -1 : Math.abs(r);
}

/** What is beyond chance first, what is so by arithmetic after it, then the strongest; of equals the first by name. */
export function byStrength(one: PairRow, other: PairRow): number {
  return (
    Number(other.significant) - Number(one.significant) ||
    Number(one.sharesInputs) - Number(other.sharesInputs) ||
    strength(other) - strength(one) ||
    pairKey(one.a, one.b).localeCompare(pairKey(other.a, other.b))
  );
}

/** The finding that a viewer should see first; null when nothing is beyond chance. */
export function strongestOf({ pairs }: Correlation): PairRow | null {
  const best = pairs.reduce<PairRow | null>((a, b) => (a && byStrength(a, b) <= 0 ? a : b), null);
  return best?.significant ? best : null;
}
