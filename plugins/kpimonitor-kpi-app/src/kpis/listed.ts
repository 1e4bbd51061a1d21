/** The KPIs of the list: what the catalogue says of them, with what they are judged by. */
import type { CatalogueAnswer, CatalogueKpi } from '@kpi-monitor/model/query/catalogue-answer';
import type { JudgementList, JudgementSummary } from '@kpi-monitor/model/query/judgement-answer';

export interface ListedKpi {
  kpi: CatalogueKpi;
  judgement: JudgementSummary | null;
}

export interface ListedCategory {
  id: string;
  name: string;
  kpis: ListedKpi[];
}

export interface Narrowing {
  /** words that name, id, category or owner have to hold, all of them */
  search: string;
  /** only those that are not as the catalogue says */
  changedOnly: boolean;
}

/** By category, in the catalogue's order; categories without a KPI that fits are left out. */
export function listedKpis(
  { categories, kpis }: CatalogueAnswer,
  judgements: JudgementList,
  { search, changedOnly }: Narrowing
): ListedCategory[] {
  const judged = new Map(judgements.kpis.map((one) => [one.kpi, one]));
  const words = search.toLowerCase().split(/\s+/).filter(Boolean);
  const known = new Set(categories.map(({ id }) => id));
  const unknown = [...new Set(kpis.map(({ category }) => category))].filter((id) => !known.has(id));
  return [...categories, ...unknown.map((id) => ({ id, name: id }))]
    .map(({ id, name }) => ({
      id,
      name,
      kpis: kpis
        .filter((kpi) => kpi.category === id)
        .filter((kpi) => {
          const text = [kpi.name, kpi.id, name, kpi.owner].join(' ').toLowerCase();
          return words.every((word) => text.includes(word));
        })
        .map((kpi) => ({ kpi, judgement: judged.get(kpi.id) ?? null }))
        .filter(({ judgement }) => !changedOnly || judgement?.isOverridden),
    }))
    .filter((category) => category.kpis.length > 0);
}
