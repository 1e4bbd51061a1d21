import { FieldConfigProperty, PanelPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';

import { ForecastPanel } from './ForecastPanel';
import type { ForecastOptions } from './options';
import { buildOptions } from './options-editor';
import { id } from './plugin.json';

// Not awaited: an AMD module cannot wait, and words are looked up only when they are drawn.
void initPluginTranslations(id);

export const plugin = new PanelPlugin<ForecastOptions>(ForecastPanel)
  .useFieldConfig({
    // Colours say what a line is, and thresholds come with the forecast.
    disableStandardOptions: [FieldConfigProperty.Color, FieldConfigProperty.Thresholds, FieldConfigProperty.Mappings],
  })
  .setPanelOptions(buildOptions);
