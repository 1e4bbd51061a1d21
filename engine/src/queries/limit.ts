/** Refuses what would be too much before it is computed. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';

import type { Limits } from '../limits';

/** @throws KpiError QUERY_TOO_LARGE */
export function requireFewer(kpi: Kpi, points: number, limits: Limits): void {
  if (points > limits.points) {
    const message = `${Math.ceil(points)} values of \`${kpi.id}\` and the KPIs before it are more than the ${limits.points} of one answer; choose a shorter range or a coarser grain`;
    throw new KpiError('QUERY_TOO_LARGE', message, { kpi: kpi.id, points: Math.ceil(points), most: limits.points });
  }
}
