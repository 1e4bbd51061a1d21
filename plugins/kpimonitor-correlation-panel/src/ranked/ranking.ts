import type { PairRow } from '@kpi-monitor/model/query/correlation-frames';

import { byStrength } from '../data/pair';
import type { Correlation } from '../data/read-correlation';

/** Another KPI, seen from the chosen one. */
export interface Ranked {
  pair: PairRow;
  kpi: string;
  name: string;
  /** periods by which the other follows; negative when it moves first */
  lag: number;
}

export interface Ranking {
  beyondChance: Ranked[];
  /** what may be chance, and what could not be compared */
  rest: Ranked[];
}

/** What moves with a KPI, the strongest first. */
export function rankingOf({ pairs }: Correlation, kpi: string): Ranking {
  const ranked = pairs
    .filter(({ a, b }) => a === kpi || b === kpi)
    .sort(byStrength)
    .map((pair) =>
      pair.a === kpi
        ? { pair, kpi: pair.b, name: pair.bName || pair.b, lag: pair.lag }
        : { pair, kpi: pair.a, name: pair.aName || pair.a, lag: -pair.lag || 0 }
    );
  return {
    beyondChance: ranked.filter(({ pair }) => pair.significant),
    rest: ranked.filter(({ pair }) => !pair.significant),
  };
}

/**
 * The KPI that the list is about: the one that was asked for when it is there, else the one that moves with most others.
 * @param asked an id, or several with commas as a variable of many values gives them
 */
export function rankedKpi({ kpis, pairs }: Correlation, asked: string): string {
  const wanted = asked.split(',').find((id) => kpis.some(({ kpi }) => kpi === id.trim()));
  if (wanted) {
    return wanted.trim();
  }
  const partners = new Map(kpis.map(({ kpi }) => [kpi, 0]));
  for (const { a, b, significant, sharesInputs } of pairs) {
    if (significant && !sharesInputs) {
      partners.set(a, (partners.get(a) ?? 0) + 1);
      partners.set(b, (partners.get(b) ?? 0) + 1);
    }
  }
  return [...partners].reduce((best, one) => (one[1] > best[1] ? one : best), ['', -1])[0];
}
