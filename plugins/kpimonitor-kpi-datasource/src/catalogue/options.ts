/** Choices as the pickers show them: in the catalogue's words, with definitions. */
import type { ComboboxOption } from '@grafana/ui';
import type { CatalogueAnswer } from '@kpi-monitor/model/query/catalogue-answer';

type Option = ComboboxOption<string>;

/** In place of the pickers' spinner, which Grafana 12.3 leaves spinning when a list comes at once. */
export const LOADING = 'loading…';

const VARIABLES = 'Variables of the dashboard';

/** KPIs of the given categories (of all when none is given), by category, then the dashboard's variables. */
export function kpiOptions(
  catalogue: CatalogueAnswer | undefined,
  variables: readonly string[],
  categories: readonly string[] = []
): Option[] {
  const fixed = categories.filter((category) => !category.includes('$'));
  const shown = (catalogue?.kpis ?? []).filter((kpi) => fixed.length === 0 || fixed.includes(kpi.category));
  const kpis = shown.map((kpi) => ({
    value: kpi.id,
    label: kpi.name,
    description: kpi.definition || undefined,
    group: categoryName(catalogue, kpi.category),
  }));
  return [...kpis, ...variableOptions(variables)];
}

export function categoryOptions(catalogue: CatalogueAnswer | undefined, variables: readonly string[]): Option[] {
  const categories = (catalogue?.categories ?? []).map(({ id, name, description }) => ({
    value: id,
    label: name,
    description,
  }));
  return [...categories, ...variableOptions(variables)];
}

/** Words of a list, with a variable as the last resort. */
export function wordOptions(
  words: readonly string[],
  say: (word: string) => string,
  variables: readonly string[]
): Option[] {
  return [...words.map((value) => ({ value, label: say(value) })), ...variableOptions(variables)];
}

/** The chosen values as options; one that is not offered is shown all the same, marked, so that it can be removed. */
export function chosen(values: readonly string[] | undefined, options: readonly Option[], listed: boolean): Option[] {
  return (values ?? []).map((value) => {
    const option = options.find((o) => o.value === value);
    return option ?? { value, label: listed && !value.includes('$') ? `${value} (not there)` : value };
  });
}

function variableOptions(variables: readonly string[]): Option[] {
  return variables.map((value) => ({ value, label: value, group: VARIABLES }));
}

function categoryName(catalogue: CatalogueAnswer | undefined, id: string): string {
  return catalogue?.categories.find((category) => category.id === id)?.name ?? id;
}
