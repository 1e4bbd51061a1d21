import { readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import webpack from 'webpack';
import { checkModuleFile } from './module-file.mjs';
import { pluginConfig, pluginFolders } from './webpack.config.mjs';

/**
 * Builds plugins into their `dist/`.
 * @param {object} [options]
 * @param {'production' | 'development'} [options.mode]
 * @param {string[]} [options.only] ids; all when absent
 * @param {(progress: {id: string, fraction: number}) => void} [options.onProgress] `fraction` of this plugin, 0 to 1
 * @returns {Promise<Array<{id: string, dist: string, bytes: number, externals: string[]}>>} `bytes` of `module.js`
 * Throws what the compiler found, or what is wrong with a `module.js`.
 */
export async function buildPlugins({ mode = 'production', only, onProgress } = {}) {
  const folders = pluginFolders().filter((folder) => !only || only.includes(basename(folder)));
  const configs = folders.map((folder) => pluginConfig(folder, mode));
  if (!configs.length) {
    return [];
  }
  if (onProgress) {
    for (const config of configs) {
      config.plugins.push(new webpack.ProgressPlugin((fraction) => onProgress({ id: config.name, fraction })));
    }
  }
  await run(configs);
  return configs.map(({ name, output }) => {
    const text = readFileSync(join(output.path, 'module.js'), 'utf8');
    const budget = mode === 'production' ? undefined : Infinity;
    const externals = checkModuleFile(text, { name: `${name}/dist/module.js`, budget });
    return { id: name, dist: output.path, bytes: Buffer.byteLength(text), externals };
  });
}

function run(configs) {
  const compiler = webpack(configs);
  return new Promise((resolve, reject) => {
    compiler.run((error, stats) => {
      compiler.close((closing) => {
        const failed = error ?? closing ?? (stats.hasErrors() ? new Error(stats.toString('errors-only')) : null);
        return failed ? reject(failed) : resolve();
      });
    });
  });
}
