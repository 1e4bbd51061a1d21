/** Panel plugins by id: the core types that this page draws itself, and built plugins, loaded untouched. */
import { type PanelPlugin, type PanelPluginMeta } from '@grafana/data';
import { config } from '@grafana/runtime';

import { corePanel } from '../panels/core';
import { missingPanel } from '../panels/missing';

import { importModule } from './system';

const cache = new Map<string, PanelPlugin>();
const loading = new Map<string, Promise<PanelPlugin>>();

export function cachedPanelPlugin(id: string): PanelPlugin | undefined {
  return cache.get(id);
}

/** A panel by its id; one that is not here, or does not load, says so in its place. */
export function importPanelPlugin(id: string): Promise<PanelPlugin> {
  let plugin = loading.get(id);
  if (!plugin) {
    plugin = load(id).then(
      (loaded) => {
        cache.set(id, loaded);
        return loaded;
      },
      (error: unknown) => {
        // It may be tried again: the server may have been restarting.
        loading.delete(id);
        return missingPanel(id, error instanceof Error ? error.message : String(error));
      }
    );
    loading.set(id, plugin);
  }
  return plugin;
}

/** @throws Error when no such panel is here, or its module does not hold one */
async function load(id: string): Promise<PanelPlugin> {
  const core = corePanel(id);
  if (core) {
    return core;
  }
  const meta: PanelPluginMeta | undefined = config.panels[id];
  if (!meta) {
    throw new Error(`Standalone does not draw panels of type \`${id}\`; Grafana does`);
  }
  const { plugin } = await importModule<{ plugin?: PanelPlugin }>(meta.module);
  if (!plugin) {
    throw new Error(`${meta.module} holds no panel plugin`);
  }
  plugin.meta = meta;
  return plugin;
}
