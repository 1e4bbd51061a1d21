/** A core panel type as a plugin: its component, and the options and field properties that Grafana gives it by default. */
import {
  type FieldColorModeId,
  type FieldConfigProperty,
  identityOverrideProcessor,
  PanelPlugin,
  type PanelProps,
  PluginType,
} from '@grafana/data';
import type { ComponentType } from 'react';

interface Adapter<Options extends object> {
  id: string;
  component: ComponentType<PanelProps<Options>>;
  /** option -> default; dots lead into objects */
  options: Record<string, unknown>;
  /** property of `custom` -> default. What is not named here is stripped from a dashboard's JSON. */
  custom?: Record<string, unknown>;
  /** how a field is coloured when neither the data nor the dashboard says so */
  color?: FieldColorModeId;
  asksNothing?: boolean;
}

const NoEditor = () => null;

export function adapter<Options extends object>(given: Adapter<Options>): PanelPlugin<Options> {
  const { id, component, options, custom = {}, color, asksNothing } = given;
  const plugin = new PanelPlugin<Options>(component);
  plugin.meta = {
    id,
    name: id,
    type: PluginType.panel,
    module: '',
    baseUrl: '',
    sort: 0,
    skipDataQuery: asksNothing,
    info: {
      author: { name: '' },
      description: '',
      links: [],
      logos: { small: '', large: '' },
      screenshots: [],
      updated: '',
      version: '',
    },
  };
  plugin.setPanelOptions((builder) => {
    for (const [path, defaultValue] of Object.entries(options)) {
      builder.addCustomEditor({ id: path, path: path as never, name: path, editor: NoEditor, defaultValue });
    }
  });
  if (asksNothing) {
    return plugin;
  }
  return plugin.useFieldConfig({
    standardOptions:
      color && ({ color: { defaultValue: { mode: color } } } as Partial<Record<FieldConfigProperty, object>>),
    useCustomConfig: (builder) => {
      for (const [path, defaultValue] of Object.entries(custom)) {
        builder.addCustomEditor({
          id: path,
          path,
          name: path,
          defaultValue,
          editor: NoEditor,
          override: NoEditor,
          process: identityOverrideProcessor,
          shouldApply: () => true,
          settings: {},
        });
      }
    },
  });
}
