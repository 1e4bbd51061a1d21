/** Panel plugins by id: the core types that this page draws itself, and built plugins, loaded untouched. */
import { type PanelPlugin, type PanelPluginMeta } from '@grafana/data';
import { config } from '@grafana/runtime';

import { corePanel } from '../panels/core';

import { importModule } from './system';

const cache = new Map<string, PanelPlugin>();
const loading = new Map<string, Promise<PanelPlugin>>();

export function cachedPanelPlugin(id: string): PanelPlugin | undefined {
  return cache.get(id);
}

/** @throws Error when no such panel is here, or its module does not hold one */
export function importPanelPlugin(id: string): Promise<PanelPlugin> {
  let plugin = loading.get(id);
  if (!plugin) {
    plugin = load(id);
    loading.set(id, plugin);
    // A failed load may be tried again: the server may have been restarting.
    plugin.then(
      (loaded) => cache.set(id, loaded),
      () => loading.delete(id)
    );
  }
  return plugin;
}

async function load(id: string): Promise<PanelPlugin> {
  const core = corePanel(id);
  if (core) {
    return core;
  }
  const meta: PanelPluginMeta | undefined = config.panels[id];
  if (!meta) {
    throw new Error(`Standalone has no panel of type \`${id}\`: it shows core types that it adapts, and own plugins`);
  }
  const { plugin } = await importModule<{ plugin?: PanelPlugin }>(meta.module);
  if (!plugin) {
    throw new Error(`${meta.module} holds no panel plugin`);
  }
  plugin.meta = meta;
  return plugin;
}
