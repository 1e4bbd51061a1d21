import type { CorrelatedKpiRow, PairRow } from '@kpi-monitor/model/query/correlation-frames';

import { ledBy, pairKey } from '../data/pair';

import type { Cell } from './layout';
import type { DrawnCell } from './paint';

/** The cells of half a matrix, row by row; a pair that the answer lacks is not known. */
export function drawnCells(kpis: readonly CorrelatedKpiRow[], pairs: ReadonlyMap<string, PairRow>): DrawnCell[] {
  return kpis.flatMap((kpi, line) =>
    kpis.slice(0, line).map((other, column): DrawnCell => {
      const pair = pairs.get(pairKey(kpi.kpi, other.kpi));
      const known = pair && pair.r !== null;
      return {
        line,
        column,
        r: known ? pair.r : null,
        significant: known ? pair.significant : false,
        sharesInputs: known ? pair.sharesInputs : false,
        lag: known && pair.significant ? Math.abs(pair.lag) : 0,
        follower: pair && ledBy(pair).second === kpi.kpi ? 'line' : 'column',
      };
    })
  );
}

/** Where a pair is, whichever of its KPIs comes first; null when one is not in the matrix. */
export function cellOfPair(kpis: readonly CorrelatedKpiRow[], { a, b }: PairRow): Cell | null {
  const places = [a, b].map((id) => kpis.findIndex(({ kpi }) => kpi === id));
  const line = Math.max(...places);
  const column = Math.min(...places);
  return column >= 0 && line > column ? { line, column } : null;
}
