import { MultiCombobox } from '@grafana/ui';
import type { CatalogueAnswer } from '@kpi-monitor/model/query/catalogue-answer';
import type { Selection } from '@kpi-monitor/model/query/query';

import { categoryOptions, chosen, kpiOptions, LOADING } from '../catalogue/options';
import type { Listing } from '../catalogue/use-listing';

import { Part } from './Part';

interface KpiPartsProps {
  select: Selection;
  catalogue: Listing<CatalogueAnswer>;
  variables: readonly string[];
  onChange(select: Selection): void;
}

/** Which KPIs: by name, by category, or all. */
export function KpiParts({ select, catalogue, variables, onChange }: KpiPartsProps) {
  const listed = catalogue.value !== undefined;
  const kpis = kpiOptions(catalogue.value, variables, select.categories);
  const categories = categoryOptions(catalogue.value, variables);
  const given = (options: Array<{ value: string }>) => (options.length > 0 ? options.map((o) => o.value) : undefined);
  return (
    <>
      <Part word="of" about="KPIs">
        {(labelId) => (
          <MultiCombobox
            aria-labelledby={labelId}
            width="auto"
            minWidth={36}
            maxWidth={80}
            placeholder={catalogue.loading ? LOADING : 'all KPIs'}
            options={kpis}
            value={chosen(select.kpis, kpiOptions(catalogue.value, variables), listed)}
            onChange={(options) => onChange({ ...select, kpis: given(options) })}
          />
        )}
      </Part>
      <Part word="in" about="categories">
        {(labelId) => (
          <MultiCombobox
            aria-labelledby={labelId}
            width="auto"
            minWidth={18}
            maxWidth={60}
            placeholder={catalogue.loading ? LOADING : 'any category'}
            options={categories}
            value={chosen(select.categories, categories, listed)}
            onChange={(options) => onChange({ ...select, categories: given(options) })}
          />
        )}
      </Part>
    </>
  );
}
