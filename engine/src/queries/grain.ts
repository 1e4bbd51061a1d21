/** The grain that a query is answered at. */
import { nativeGrain, requireGrain } from '@kpi-monitor/model/aggregation/resolve';
import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { GRAIN_MS, type Grain, GRAINS, isFiner } from '@kpi-monitor/model/time/grain';

import type { Range } from './range';

/** Points that a panel without a width is given. */
export const DEFAULT_POINTS = 1000;

/** The grains that a KPI can be asked at, finest first. */
export function grainsOf(kpi: Kpi, catalogue: Catalogue, calendar: Calendar): Grain[] {
  const hasFiscalYear = calendar.fiscalYearStart !== 1;
  return GRAINS.filter((grain) => {
    const isOwn = grain === kpi.judge.at || grain === nativeGrain(kpi, catalogue);
    return (isOwn || hasFiscalYear || !grain.startsWith('fiscal')) && isAskable(kpi, catalogue, grain, calendar);
  });
}

/**
 * The asked grain. `judged` is the KPI's own. `auto` is the judged grain for tables and numbers, and for lines the finest one whose periods fit
 * into the panel.
 */
export function grainOf(
  kpi: Kpi,
  query: RequestQuery,
  { catalogue, calendar, range }: { catalogue: Catalogue; calendar: Calendar; range: Range }
): Grain {
  if (query.grain && query.grain !== 'auto' && query.grain !== 'judged') {
    return query.grain;
  }
  if (query.grain === 'judged' || query.format === 'table' || query.format === 'numeric') {
    return kpi.judge.at;
  }
  const candidates = grainsOf(kpi, catalogue, calendar).filter((grain) => !grain.startsWith('fiscal'));
  const most = query.maxDataPoints ?? DEFAULT_POINTS;
  const fitting = candidates.find((grain) => (range.to - range.from) / GRAIN_MS[grain] <= most);
  return fitting ?? candidates.at(-1) ?? kpi.judge.at;
}

/** Whether a KPI has values of a grain. */
export function isAskable(kpi: Kpi, catalogue: Catalogue, grain: Grain, calendar: Calendar): boolean {
  if (isFiner(grain, nativeGrain(kpi, catalogue))) {
    return false;
  }
  try {
    requireGrain(kpi, catalogue, grain, calendar);
    return true;
  } catch (error) {
    if (error instanceof KpiError) {
      return false;
    }
    throw error;
  }
}
