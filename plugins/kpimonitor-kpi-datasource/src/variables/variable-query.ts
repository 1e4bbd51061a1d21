/** What a dashboard variable lists. In a provisioned dashboard this is the variable's `query`, as a plain object. */
import type { DataQuery, MetricFindValue, ScopedVars } from '@grafana/data';
import type { TemplateSrv } from '@grafana/runtime';
import type { CatalogueAnswer } from '@kpi-monitor/model/query/catalogue-answer';
import { QUERY_VERSION, type Selection } from '@kpi-monitor/model/query/query';

import { commonDimensions, commonGrains, selectedKpis, spoken } from '../query/choices';
import { interpolate } from '../query/interpolate';

export const LISTS = ['kpis', 'categories', 'dimensions', 'members', 'grains'] as const;
export type List = (typeof LISTS)[number];

export const LIST_TEXT: Record<List, string> = {
  kpis: 'KPIs',
  categories: 'categories',
  dimensions: 'dimensions to split by',
  members: 'members of a dimension',
  grains: 'steps of time',
};

export interface VariableQuery extends DataQuery {
  v: typeof QUERY_VERSION;
  list: List;
  /** for `members` */
  dimension?: string;
  /** of which KPIs; all when absent */
  select?: Selection;
}

/** Where a variable's options come from. */
export interface Lists {
  catalogue(): Promise<CatalogueAnswer>;
  members(dimension: string, kpis: readonly string[]): Promise<string[]>;
}

export function newVariable(): VariableQuery {
  return { refId: 'variable', v: QUERY_VERSION, list: 'kpis' };
}

/** The variable's options, with other variables put in. `none` leaves a choice out. */
export async function optionsOf(
  query: VariableQuery,
  lists: Lists,
  templates: Pick<TemplateSrv, 'replace'>,
  scoped: ScopedVars
): Promise<MetricFindValue[]> {
  const asked = { refId: query.refId, v: QUERY_VERSION, type: 'status', select: query.select ?? {} } as const;
  const { select } = interpolate(asked, templates, scoped);
  if (query.list === 'members') {
    const dimension = templates.replace(query.dimension ?? '', scoped);
    if (dimension === '' || dimension === 'none') {
      return [];
    }
    const kpis = isNarrow(select) ? selectedKpis(await lists.catalogue(), select).map(({ id }) => id) : [];
    return (await lists.members(dimension, kpis)).map((member) => ({ text: member, value: member }));
  }
  const catalogue = await lists.catalogue();
  const kpis = selectedKpis(catalogue, select);
  switch (query.list) {
    case 'kpis':
      return kpis.map(({ id, name }) => ({ text: name, value: id }));
    case 'categories': {
      const used = new Set(kpis.map(({ category }) => category));
      return catalogue.categories.filter(({ id }) => used.has(id)).map(({ id, name }) => ({ text: name, value: id }));
    }
    case 'dimensions':
      return [{ text: 'Nothing', value: 'none' }, ...commonDimensions(kpis).map(named)];
    case 'grains':
      return [
        { text: 'As judged', value: 'judged' },
        { text: 'Automatic', value: 'auto' },
        ...commonGrains(kpis).map(named),
      ];
  }
}

function isNarrow({ kpis, categories, tiers }: Selection): boolean {
  return Boolean(kpis?.length || categories?.length || tiers?.length);
}

function named(word: string): MetricFindValue {
  return { text: spoken(word), value: word };
}
