import { AppPlugin } from '@grafana/data';
import { initPluginTranslations } from '@grafana/i18n';

import { App } from './App';
import { id } from './plugin.json';

// Not awaited: an AMD module cannot wait, and words are looked up only when they are drawn.
void initPluginTranslations(id);

export const plugin = new AppPlugin().setRootPage(App);
