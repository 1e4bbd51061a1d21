/** The built plugins: their descriptions for the page, and their files, untouched, where Grafana serves them. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';

import staticFiles from '@fastify/static';
import type { AppPluginMeta, DataSourcePluginMeta, PanelPluginMeta, PluginMeta, PluginType } from '@grafana/data';
import type { FastifyInstance } from 'fastify';

import type { Facts } from '../src/boot/facts';

export interface BuiltPlugin {
  meta: PluginMeta;
  dist: string;
}

/** Every plugin below a folder that was built. */
export function findPlugins(folder: string): BuiltPlugin[] {
  return readdirSync(folder)
    .map((name) => join(folder, name, 'dist'))
    .filter((dist) => existsSync(join(dist, 'module.js')) && existsSync(join(dist, 'plugin.json')))
    .map((dist) => ({ dist, meta: metaOf(dist) }));
}

function metaOf(dist: string): PluginMeta {
  const json = JSON.parse(readFileSync(join(dist, 'plugin.json'), 'utf8')) as PluginMeta;
  const baseUrl = `/public/plugins/${json.id}`;
  // A rebuilt bundle has another address, so that no browser shows the old one.
  const built = Math.round(statSync(join(dist, 'module.js')).mtimeMs).toString(36);
  const logos = { small: `${baseUrl}/${json.info.logos.small}`, large: `${baseUrl}/${json.info.logos.large}` };
  return { ...json, baseUrl, module: `${baseUrl}/module.js?_cache=${built}`, info: { ...json.info, logos } };
}

export function pluginFacts(plugins: readonly BuiltPlugin[]): Facts['plugins'] {
  const ofType = (type: `${PluginType}`) => plugins.map(({ meta }) => meta).filter((meta) => meta.type === type);
  return {
    panels: ofType('panel') as PanelPluginMeta[],
    datasources: ofType('datasource') as DataSourcePluginMeta[],
    apps: ofType('app') as AppPluginMeta[],
  };
}

export async function pluginFiles(
  app: FastifyInstance,
  { plugins }: { plugins: readonly BuiltPlugin[] }
): Promise<void> {
  for (const { meta, dist } of plugins) {
    await app.register(staticFiles, {
      root: dist,
      prefix: `/public/plugins/${meta.id}/`,
      decorateReply: false,
      // Checked against the file at each load: a plugin may be rebuilt while this runs.
      maxAge: 0,
      // The backend's programs are of no use to a browser.
      allowedPath: (path) => !basename(path).startsWith('gpx_'),
    });
  }
}
