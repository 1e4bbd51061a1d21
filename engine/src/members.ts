/** Which members of a dimension have values. */
import { dimensionsOf, inputsOf } from '@kpi-monitor/model/aggregation/resolve';
import { type Catalogue, kpiOf } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';

import type { ReadableStore } from './observer';

/**
 * Members with values in any of the KPIs (all when none is named), sorted.
 * @throws KpiError KPI_UNKNOWN, KPI_DIMENSION_UNKNOWN when none of them declares the dimension
 */
export async function membersOf(
  dimension: string,
  ids: readonly string[],
  catalogue: Catalogue,
  store: ReadableStore
): Promise<string[]> {
  const kpis = ids.length > 0 ? ids.map((id) => kpiOf(catalogue, id)) : catalogue.kpis;
  const having = kpis.filter((kpi) => dimensionsOf(kpi, catalogue).includes(dimension));
  if (having.length === 0) {
    const known = [...new Set(kpis.flatMap((kpi) => dimensionsOf(kpi, catalogue)))].join(', ');
    const message = `no KPI asked about has the dimension \`${dimension}\`${known ? `; there are ${known}` : ''}`;
    throw new KpiError('KPI_DIMENSION_UNKNOWN', message, { dimension });
  }
  const inputs = new Set(having.flatMap((kpi) => inputsOf(kpi, catalogue)));
  return store.members(
    [...inputs].map((input) => ({ kpi: input.id, v: input.version })),
    dimension
  );
}
