/** App plugins by id, loaded untouched. */
import type { AppPlugin, AppPluginMeta } from '@grafana/data';

import { importModule } from './system';

/** @throws Error when no such app is here, or its module does not hold one with a page */
export async function importAppPlugin(id: string): Promise<AppPlugin> {
  const meta = appMeta(id);
  if (!meta) {
    throw new Error(`No app \`${id}\` is here`);
  }
  const { plugin } = await importModule<{ plugin?: AppPlugin }>(meta.module);
  if (!plugin?.root) {
    throw new Error(`${meta.module} holds no app with a page`);
  }
  plugin.meta = meta;
  plugin.init(meta);
  return plugin;
}

export function appMeta(id: string): AppPluginMeta | undefined {
  return window.kpiMonitor.plugins.apps.find((app) => app.id === id);
}
