/** The catalogue as editors, variables and pages list it. */
import { dimensionsOf } from '@kpi-monitor/model/aggregation/resolve';
import type { Catalogue, Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import type { CatalogueAnswer, CatalogueKpi } from '@kpi-monitor/model/query/catalogue-answer';
import type { Calendar } from '@kpi-monitor/model/time/calendar';

import { ownerOf } from './frames/labels';
import { grainsOf } from './queries/grain';

export function catalogueAnswer(catalogue: Catalogue, calendar: Calendar, now: number | null): CatalogueAnswer {
  return {
    name: catalogue.name,
    demo: catalogue.demo,
    asOf: catalogue.as_of,
    now,
    zone: calendar.zone,
    categories: catalogue.categories.map(({ id, name, description }) => ({
      id,
      name,
      ...(description && { description }),
    })),
    kpis: catalogue.kpis.map((kpi) => catalogueKpi(kpi, catalogue, calendar, now)),
  };
}

function catalogueKpi(kpi: Kpi, catalogue: Catalogue, calendar: Calendar, now: number | null): CatalogueKpi {
  const edited = now === null ? undefined : kpi.overrides?.target(calendar.toCivil(now), now);
  return {
    id: kpi.id,
    name: kpi.name,
    category: kpi.category,
    tier: kpi.tier,
    kind: kpi.kind,
    unit: kpi.unit,
    decimals: kpi.decimals,
    direction: kpi.direction,
    definition: kpi.definition?.text ?? '',
    owner: ownerOf(kpi),
    grain: kpi.grain,
    judgedAt: kpi.judge.at,
    grains: grainsOf(kpi, catalogue, calendar),
    dimensions: dimensionsOf(kpi, catalogue),
    formula: kpi.formula ?? null,
    hasTarget: edited === undefined ? kpi.references.some(({ kind }) => kind === 'target') : edited !== null,
    source: kpi.formula ? 'formula' : (kpi.source?.kind ?? ''),
  };
}
