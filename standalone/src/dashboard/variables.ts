/** `templating.list` of a dashboard -> scene variables. */
import type { VariableModel } from '@grafana/schema';
import {
  AdHocFiltersVariable,
  ConstantVariable,
  CustomVariable,
  DataSourceVariable,
  IntervalVariable,
  QueryVariable,
  type SceneVariable,
  TextBoxVariable,
} from '@grafana/scenes';

/** Kinds that standalone shows; `dashboards/` may use no other, which a test checks. */
export const VARIABLE_TYPES = ['query', 'custom', 'datasource', 'textbox', 'constant', 'interval', 'adhoc'] as const;

/** The JSON has a few fields of single kinds that the schema's type leaves out. */
type Model = VariableModel & {
  auto?: boolean;
  auto_min?: string;
  auto_count?: number;
  definition?: string;
  filters?: Array<{ key: string; operator: string; value: string }>;
};

type Value = string | string[];

/** @throws Error for a kind that standalone does not show */
export function variableOf(model: Model): SceneVariable {
  const { name, label, description, hide, skipUrlSync, datasource } = model;
  const common = { name, label, description, hide: hide as never, skipUrlSync };
  const query = typeof model.query === 'string' ? model.query : '';
  switch (model.type as (typeof VARIABLE_TYPES)[number]) {
    case 'query':
      return new QueryVariable({
        ...common,
        ...choice(model),
        datasource: datasource ?? null,
        query: (model.query ?? '') as never,
        definition: model.definition,
        regex: model.regex ?? '',
        // A variable that never refreshes has no options here: Grafana stored them in the JSON, and they go stale.
        refresh: model.refresh || 1,
        sort: model.sort ?? 0,
      });
    case 'custom':
      return new CustomVariable({ ...common, ...choice(model), query });
    case 'datasource':
      return new DataSourceVariable({ ...common, ...choice(model), pluginId: query, regex: model.regex ?? '' });
    case 'interval': {
      const intervals = query.split(',').map((one) => one.trim());
      return new IntervalVariable({
        ...common,
        intervals,
        value: (model.current?.value as string | undefined) ?? intervals[0],
        autoEnabled: model.auto ?? false,
        autoMinInterval: model.auto_min ?? '10s',
        autoStepCount: model.auto_count ?? 30,
        refresh: model.refresh as never,
      });
    }
    case 'textbox':
      return new TextBoxVariable({ ...common, value: (model.current?.value as string | undefined) ?? query });
    case 'constant':
      return new ConstantVariable({ ...common, value: query });
    case 'adhoc':
      return new AdHocFiltersVariable({ ...common, datasource: datasource ?? null, filters: model.filters ?? [] });
    default:
      throw new Error(`variable $${name} is of type \`${model.type}\`, which standalone does not show`);
  }
}

function choice({ current, multi, includeAll, allValue, allowCustomValue }: Model) {
  return {
    value: (current?.value ?? '') as Value,
    text: (current?.text ?? '') as Value,
    options: [],
    isMulti: multi ?? false,
    includeAll: includeAll ?? false,
    defaultToAll: includeAll ?? false,
    allValue: allValue || undefined,
    allowCustomValue,
  };
}
