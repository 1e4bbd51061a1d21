/** The catalogue in memory: every KPI with its defaults filled in, ready to be asked. */
import { KpiError } from '../errors';
import type { Formula } from '../formula/parse';
import type { Overrides } from '../judgement/edits';
import type { Selection } from '../query/query';

import type { Quality } from './quality-schema';
import type { CatalogueFile, DimensionAggregate, KpiFile, Reference, ThresholdFile, TimeAggregate } from './schema';

/** A KPI or measure with all defaults applied. */
export interface Kpi extends Omit<KpiFile, 'aggregate' | 'judge' | 'thresholds' | 'decimals' | 'category' | 'quality'> {
  /** `''` for measures */
  category: string;
  decimals: number;
  aggregate: { time: TimeAggregate; dimensions: DimensionAggregate };
  judge: {
    at: KpiFile['grain'];
    settle_after: string;
    min_complete: number;
    min_observations?: number;
  };
  quality: Quality;
  references: Reference[];
  thresholds: ThresholdFile[];
  /** edits of targets and thresholds, which go before what the file says; absent without any */
  overrides?: Overrides;
  /** its formula, read; null without one */
  expression: Formula | null;
  /** ids that the formula reads, in order of appearance; empty without a formula */
  inputs: string[];
  /** path of its file, for messages */
  file: string;
}

export interface Category {
  id: string;
  name: string;
  description?: string;
}

export interface Catalogue extends Omit<CatalogueFile, 'categories'> {
  /** KPIs and measures by id */
  byId: ReadonlyMap<string, Kpi>;
  /** of role `kpi`, in the order of categories, tiers and names */
  kpis: readonly Kpi[];
  categories: readonly Category[];
  /** changes whenever the content does */
  hash: string;
}

/** @throws KpiError KPI_UNKNOWN with near names in `details.near` */
export function kpiOf(catalogue: Catalogue, id: string): Kpi {
  const kpi = catalogue.byId.get(id);
  if (!kpi) {
    const near = [...catalogue.byId.keys()].filter((k) => k.startsWith(id.slice(0, 3)));
    const hint = near.length > 0 ? `; is it ${near.slice(0, 3).join(' or ')}?` : '';
    throw new KpiError('KPI_UNKNOWN', `no KPI \`${id}\` is in the catalogue${hint}`, { kpi: id, near });
  }
  return kpi;
}

/**
 * The KPIs of a selection, in the catalogue's order.
 * @throws KpiError KPI_UNKNOWN, KPI_CATEGORY_UNKNOWN
 */
export function selectKpis(catalogue: Catalogue, select: Selection): Kpi[] {
  for (const id of select.kpis ?? []) {
    kpiOf(catalogue, id);
  }
  for (const category of select.categories ?? []) {
    if (!catalogue.categories.some((c) => c.id === category)) {
      throw new KpiError('KPI_CATEGORY_UNKNOWN', `no KPI belongs to the category \`${category}\``, { category });
    }
  }
  // A measure is shown only to somebody who names it.
  const candidates = select.kpis?.length ? select.kpis.map((id) => kpiOf(catalogue, id)) : catalogue.kpis;
  return [...new Set(candidates)].filter(
    (kpi) =>
      (!select.categories?.length || select.categories.includes(kpi.category)) &&
      (!select.tiers?.length || select.tiers.includes(kpi.tier)) &&
      (!select.judgedAt?.length || select.judgedAt.includes(kpi.judge.at))
  );
}
