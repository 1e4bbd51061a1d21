/**
 * The registries that Grafana's core fills. Field properties that are not registered are stripped from a dashboard's
 * JSON, so all standard ones are named; their editors are null, since this host shows and does not edit.
 */
import {
  booleanOverrideProcessor,
  dataLinksOverrideProcessor,
  displayNameOverrideProcessor,
  type FieldConfigPropertyItem,
  identityOverrideProcessor,
  numberOverrideProcessor,
  standardEditorsRegistry,
  standardFieldConfigEditorRegistry,
  standardTransformers,
  standardTransformersRegistry,
  stringOverrideProcessor,
  ThresholdsMode,
  thresholdsOverrideProcessor,
  type TransformerRegistryItem,
  unitOverrideProcessor,
  valueMappingsOverrideProcessor,
} from '@grafana/data';

const EDITORS = [
  'text',
  'number',
  'boolean',
  'select',
  'multi-select',
  'radio',
  'color',
  'fieldColor',
  'thresholds',
  'mappings',
  'links',
  'unit',
  'slider',
  'strings',
  'stats-picker',
  'field-name',
  'timezone',
  'dashboard-uid',
  'actions',
];

type Process = FieldConfigPropertyItem['process'];
const PROPERTIES: Record<string, Process> = {
  unit: unitOverrideProcessor as Process,
  min: numberOverrideProcessor as Process,
  max: numberOverrideProcessor as Process,
  fieldMinMax: booleanOverrideProcessor as Process,
  decimals: numberOverrideProcessor as Process,
  displayName: displayNameOverrideProcessor as Process,
  description: stringOverrideProcessor as Process,
  color: identityOverrideProcessor,
  noValue: stringOverrideProcessor as Process,
  links: dataLinksOverrideProcessor as Process,
  actions: identityOverrideProcessor,
  mappings: valueMappingsOverrideProcessor as Process,
  thresholds: thresholdsOverrideProcessor as Process,
  filterable: booleanOverrideProcessor as Process,
};

/** What Grafana gives a panel whose JSON says nothing about them. */
const DEFAULTS: Record<string, unknown> = {
  mappings: [],
  thresholds: {
    mode: ThresholdsMode.Absolute,
    steps: [
      { value: -Infinity, color: 'green' },
      { value: 80, color: 'red' },
    ],
  },
};

/** What a property's processing is told: names may hold variables. */
const SETTINGS: Record<string, object> = { displayName: { expandTemplateVars: true } };

const NoEditor = () => null;

export function fillRegistries(): void {
  standardEditorsRegistry.setInit(() => EDITORS.map((id) => ({ id, name: id, description: '', editor: NoEditor })));
  standardFieldConfigEditorRegistry.setInit(() =>
    Object.entries(PROPERTIES).map(([id, process]) => ({
      id,
      path: id,
      name: id,
      editor: NoEditor,
      override: NoEditor,
      process,
      shouldApply: () => true,
      settings: SETTINGS[id] ?? {},
      defaultValue: DEFAULTS[id],
    }))
  );
  standardTransformersRegistry.setInit(transformers);
}

/** One of Grafana's transformers is listed twice, which its registry refuses. */
function transformers(): TransformerRegistryItem[] {
  const byId = new Map(Object.values(standardTransformers).map((one) => [one.id, one]));
  return [...byId.values()].map((transformation) => ({
    id: transformation.id,
    name: transformation.name,
    description: transformation.description,
    transformation: transformation as TransformerRegistryItem['transformation'],
    editor: NoEditor,
    imageDark: '',
    imageLight: '',
  }));
}
