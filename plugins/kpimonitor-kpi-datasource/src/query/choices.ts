/** What a query may choose from, given the KPIs that it is about. Pure, for editors and variables. */
import type { CatalogueAnswer, CatalogueKpi } from '@kpi-monitor/model/query/catalogue-answer';
import {
  type Comparison,
  COMPARISONS,
  MEASURES,
  PARTS,
  type QueryType,
  type RequestQuery,
  type Selection,
} from '@kpi-monitor/model/query/query';
import { type Grain, GRAINS } from '@kpi-monitor/model/time/grain';

import { TRAITS } from './traits';

/** The KPIs that a selection is about. One that names a variable may be about any, and counts as all. */
export function selectedKpis(
  catalogue: CatalogueAnswer,
  { kpis, categories, tiers, judgedAt }: Selection
): CatalogueKpi[] {
  const chooses = (given: readonly string[] | undefined, value: string) =>
    !given?.length || given.some((entry) => entry === value || entry.includes('$'));
  return catalogue.kpis.filter(
    (kpi) =>
      chooses(kpis, kpi.id) &&
      chooses(categories, kpi.category) &&
      chooses(tiers, kpi.tier) &&
      chooses(judgedAt, kpi.judgedAt)
  );
}

/** Choices of grain that suit any KPI. */
export const FREE_GRAINS = ['auto', 'judged'] as const;

/** Grains that every one of the KPIs can be asked at, finest first. */
export function commonGrains(kpis: readonly CatalogueKpi[]): Grain[] {
  return GRAINS.filter((grain) => kpis.length > 0 && kpis.every((kpi) => kpi.grains.includes(grain)));
}

/** Dimensions that every one of the KPIs can be split by. */
export function commonDimensions(kpis: readonly CatalogueKpi[]): string[] {
  const [first, ...others] = kpis;
  return (first?.dimensions ?? []).filter((dimension) => others.every((kpi) => kpi.dimensions.includes(dimension)));
}

/** Dimensions that any of the KPIs has: a condition on one leaves the others out. */
export function anyDimensions(kpis: readonly CatalogueKpi[]): string[] {
  return [...new Set(kpis.flatMap((kpi) => kpi.dimensions))].sort();
}

/** Comparisons that mean something: weekdays exist for days alone, and a target where somebody set one. */
export function comparisonsOf(type: QueryType, kpis: readonly CatalogueKpi[], grain: string | undefined): Comparison[] {
  if (!TRAITS[type].hasComparison) {
    return [];
  }
  const judged = type === 'status' || grain === 'judged';
  const daily = judged ? kpis.every((kpi) => kpi.judgedAt === 'day') : commonGrains(kpis).includes('day');
  const weekdays = daily && (judged || grain === undefined || grain === 'auto' || grain === 'day');
  const target = kpis.some((kpi) => kpi.hasTarget);
  return COMPARISONS.filter(
    (comparison) => (comparison !== 'sameWeekday' || weekdays) && (comparison !== 'target' || target)
  );
}

/** The query without choices that its KPIs do not have; variables stay, since what they become is not known here. */
export function fitting(query: RequestQuery, catalogue: CatalogueAnswer): RequestQuery {
  const kpis = selectedKpis(catalogue, query.select);
  const keep = <T extends string>(word: T | undefined, offered: readonly string[]) =>
    word !== undefined && (word.includes('$') || offered.includes(word)) ? word : undefined;
  const grain = keep(query.grain, [...FREE_GRAINS, ...commonGrains(kpis)]);
  const { where, ...others } = query.select;
  return {
    ...query,
    ...(TRAITS[query.type].isOfWhole && where && { select: others }),
    ...(query.measure && { measure: MEASURES[query.type]?.find((measure) => measure === query.measure) }),
    grain,
    split: TRAITS[query.type].hasSplit ? keep(query.split, commonDimensions(kpis)) : undefined,
    compare: keep(query.compare, comparisonsOf(query.type, kpis, grain)),
    part: PARTS[query.type]?.find((part) => part === query.part),
  };
}

/** `sales_area` as people write it: `Sales area`. */
export function spoken(word: string): string {
  const words = word.replaceAll('_', ' ');
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A choice in the middle of a sentence: `Where KPIs stand` becomes `where KPIs stand`. */
export function inSentence(words: string): string {
  return words.charAt(0).toLowerCase() + words.slice(1);
}
