import { FieldConfigProperty, PanelPlugin, ThresholdsMode } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';

import type { ScorecardOptions } from './options';
import { buildOptions } from './options-editor';
import { id } from './plugin.json';
import { Scorecard } from './Scorecard';

// Not awaited: an AMD module cannot wait, and words are looked up only when they are drawn.
void initPluginTranslations(id);

export const plugin = new PanelPlugin<ScorecardOptions>(Scorecard)
  .useFieldConfig({
    disableStandardOptions: [FieldConfigProperty.Color],
    standardOptions: {
      // Grafana's own default, red from 80 up, would judge numbers that nobody set thresholds for.
      [FieldConfigProperty.Thresholds]: {
        defaultValue: { mode: ThresholdsMode.Absolute, steps: [{ value: -Infinity, color: 'text' }] },
      },
    },
  })
  .setPanelOptions(buildOptions);
