import { PanelPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';

import { CorrelationPanel } from './CorrelationPanel';
import type { CorrelationOptions } from './options';
import { buildOptions } from './options-editor';
import { id } from './plugin.json';

// Not awaited: an AMD module cannot wait, and words are looked up only when they are drawn.
void initPluginTranslations(id);

export const plugin = new PanelPlugin<CorrelationOptions>(CorrelationPanel).setPanelOptions(buildOptions);
