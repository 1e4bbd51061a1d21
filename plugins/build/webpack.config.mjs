/**
 * The one build configuration of all plugins: for each `plugins/kpimonitor-*` an AMD `dist/module.js` with Grafana's
 * shared libraries left out, and the files that Grafana's loader and catalogue look for beside it.
 * `npx webpack --config plugins/build/webpack.config.mjs` builds them all; `build-plugins.mjs` is for programs.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { externals } from './externals.mjs';
import { StaticFiles } from './static-files.mjs';

const PLUGINS = resolve(import.meta.dirname, '..');
const CACHE = resolve(PLUGINS, '../node_modules/.cache/plugins');

/** Folders of the plugins that have something to build. */
export function pluginFolders() {
  return readdirSync(PLUGINS)
    .filter((name) => name.startsWith('kpimonitor-') && existsSync(join(PLUGINS, name, 'src/plugin.json')))
    .map((name) => join(PLUGINS, name));
}

/**
 * @param {string} folder of one plugin
 * @param {'production' | 'development'} mode
 * @returns {import('webpack').Configuration}
 */
export function pluginConfig(folder, mode) {
  const production = mode === 'production';
  const { id } = JSON.parse(readFileSync(join(folder, 'src/plugin.json'), 'utf8'));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return {
    name: id,
    mode,
    context: join(folder, 'src'),
    entry: { module: './module' },
    externals: [externals],
    output: {
      path: join(folder, 'dist'),
      filename: '[name].js',
      // The backend's executables are built by Go into the same folder.
      clean: { keep: /^(gpx_|go_plugin_build_manifest)/ },
      library: { type: 'amd' },
      publicPath: `public/plugins/${id}/`,
      uniqueName: id,
    },
    resolve: { extensions: ['.ts', '.tsx', '.mjs', '.js', '.json'] },
    module: {
      // One file a plugin: a chunk would need the address that Grafana is served under.
      parser: { javascript: { dynamicImportMode: 'eager' } },
      rules: [
        {
          test: /\.tsx?$/,
          use: {
            loader: 'swc-loader',
            options: {
              jsc: {
                parser: { syntax: 'typescript', tsx: true },
                target: 'es2021',
                transform: { react: { runtime: 'automatic', development: !production } },
              },
            },
          },
        },
        { test: /\.svg$/, type: 'asset/inline' },
      ],
    },
    plugins: [new StaticFiles({ folder, version })],
    devtool: production ? 'source-map' : 'cheap-module-source-map',
    performance: false,
    stats: 'errors-warnings',
    cache: {
      type: 'filesystem',
      cacheDirectory: CACHE,
      name: `${id}-${mode}`,
      buildDependencies: { config: [import.meta.filename] },
    },
  };
}

export default (_env, { mode = 'production' } = {}) => pluginFolders().map((folder) => pluginConfig(folder, mode));
