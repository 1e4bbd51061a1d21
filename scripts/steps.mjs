/** What can be built, in order, and when each part is out of date. */
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

const ROOT = resolve(import.meta.dirname, '..');
const PLUGINS = join(ROOT, 'plugins');
const PACKAGES = ['model', 'analysis', 'store', 'collector', 'engine', 'cli'];

/**
 * @typedef {object} Step
 * @property {string} name
 * @property {string} label what a person is told while it runs
 * @property {string[]} inputs files and folders, relative to the root: a change of any makes it stale
 * @property {string[]} outputs files that it leaves
 * @property {(report: (fraction: number) => void) => Promise<string | void>} run the result says what was skipped
 */

/** @returns {Step[]} */
export function steps() {
  return [...pluginSteps(), pageStep(), serverStep(), cliStep(), backendStep()];
}

function pluginSteps() {
  return readdirSync(PLUGINS)
    .filter((name) => existsSync(join(PLUGINS, name, 'src/plugin.json')))
    .map((id) => ({
      name: id,
      label: `plugin ${id}`,
      inputs: [`plugins/${id}/src`, `plugins/${id}/package.json`, 'plugins/shared', 'plugins/build', 'model/src'],
      outputs: [`plugins/${id}/dist/module.js`, `plugins/${id}/dist/plugin.json`],
      async run(report) {
        const { buildPlugins } = await import('../plugins/build/build-plugins.mjs');
        await buildPlugins({ only: [id], onProgress: ({ fraction }) => report(fraction) });
      },
    }));
}

function pageStep() {
  return {
    name: 'page',
    label: 'standalone page',
    inputs: ['standalone/src', 'standalone/img', 'standalone/build/page.mjs'],
    outputs: ['standalone/dist/page.json'],
    async run() {
      const { buildPage } = await import('../standalone/build/page.mjs');
      await buildPage();
    },
  };
}

function serverStep() {
  return {
    name: 'server',
    label: 'standalone server',
    inputs: ['standalone/server', 'standalone/build/server.mjs', 'scripts/bundle.mjs', ...PACKAGES.map(sourcesOf)],
    outputs: ['standalone/dist/server.mjs', 'standalone/dist/worker.mjs'],
    async run() {
      const { buildServer } = await import('../standalone/build/server.mjs');
      await buildServer();
    },
  };
}

function cliStep() {
  return {
    name: 'cli',
    label: 'command kpi',
    inputs: ['cli/build.mjs', 'scripts/bundle.mjs', ...PACKAGES.map(sourcesOf)],
    outputs: ['cli/dist/kpi.mjs', 'cli/dist/worker.mjs'],
    async run() {
      const { buildCli } = await import('../cli/build.mjs');
      await buildCli();
    },
  };
}

function backendStep() {
  const folder = 'plugins/kpimonitor-kpi-datasource';
  return {
    name: 'backend',
    label: "data source's backend (Go)",
    inputs: [`${folder}/pkg`, `${folder}/go.mod`, `${folder}/go.sum`, `${folder}/build-go.mjs`],
    outputs: [`${folder}/dist/gpx_kpimonitor_kpi_datasource_linux_amd64`],
    async run() {
      const { buildGo } = await import('../plugins/kpimonitor-kpi-datasource/build-go.mjs');
      return (await buildGo()).skipped;
    },
  };
}

const sourcesOf = (name) => `${name}/src`;

/** Whether an output is missing, or the inputs are others than those that it was built from. */
export function isStale(step) {
  return step.outputs.some((path) => !existsSync(join(ROOT, path))) || readStamp(step) !== fingerprint(step);
}

/** Remembers the inputs that were there before the build; what changed during it makes it stale again. */
export async function runStep(step, report) {
  const built = fingerprint(step);
  const skipped = await step.run(report);
  if (!skipped) {
    mkdirSync(dirname(stampOf(step)), { recursive: true });
    writeFileSync(stampOf(step), built);
  }
  return skipped;
}

function readStamp(step) {
  return existsSync(stampOf(step)) ? readFileSync(stampOf(step), 'utf8') : null;
}

/** Beside the outputs, so that whoever removes them removes it as well. */
function stampOf(step) {
  return join(ROOT, dirname(step.outputs[0]), `.built-${step.name}`);
}

function fingerprint(step) {
  const hash = createHash('sha256');
  for (const path of [...step.inputs, 'package-lock.json'].flatMap((input) => filesUnder(join(ROOT, input)))) {
    const { size, mtimeMs } = statSync(path);
    hash.update(`${path} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

function filesUnder(path) {
  if (!existsSync(path)) {
    return [];
  }
  if (statSync(path).isFile()) {
    return [path];
  }
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.test\.\w+$/.test(entry.name))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}
