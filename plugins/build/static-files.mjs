import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import webpack from 'webpack';

const LICENSE = resolve(import.meta.dirname, '../../LICENSE');
const FOLDERS = ['img', 'locales', 'dashboards'];

/** Every file under a folder, as absolute paths. */
function filesUnder(folder) {
  return existsSync(folder)
    ? readdirSync(folder, { recursive: true })
        .map((name) => join(folder, name))
        .filter((path) => statSync(path).isFile())
    : [];
}

/** The day that `plugin.json` names: today, or that of SOURCE_DATE_EPOCH, so that a build can be repeated. */
function buildDay() {
  const { SOURCE_DATE_EPOCH } = process.env;
  return (SOURCE_DATE_EPOCH ? new Date(Number(SOURCE_DATE_EPOCH) * 1000) : new Date()).toISOString().slice(0, 10);
}

/** A webpack plugin that puts beside `module.js` what Grafana's catalogue and loader look for. */
export class StaticFiles {
  /** @param {{folder: string, version: string}} plugin its folder under `plugins/` and its package's version */
  constructor({ folder, version }) {
    this.folder = folder;
    this.version = version;
  }

  /** Absolute path -> name in `dist/`. */
  files() {
    const { folder } = this;
    const src = join(folder, 'src');
    const named = [
      [join(src, 'plugin.json'), 'plugin.json'],
      [join(folder, 'README.md'), 'README.md'],
      [join(folder, 'CHANGELOG.md'), 'CHANGELOG.md'],
      [LICENSE, 'LICENSE'],
    ];
    const missing = named.filter(([path]) => !existsSync(path));
    if (missing.length) {
      throw new Error(`${folder} lacks ${missing.map(([, name]) => name).join(', ')}`);
    }
    const copied = FOLDERS.flatMap((name) => filesUnder(join(src, name))).map((path) => [path, relative(src, path)]);
    return new Map([...named, ...copied]);
  }

  apply(compiler) {
    compiler.hooks.thisCompilation.tap('StaticFiles', (compilation) => {
      const stage = webpack.Compilation.PROCESS_ASSETS_STAGE_ADDITIONAL;
      compilation.hooks.processAssets.tap({ name: 'StaticFiles', stage }, () => {
        for (const [path, name] of this.files()) {
          compilation.fileDependencies.add(path);
          compilation.emitAsset(name, new webpack.sources.RawSource(this.filled(path, name)));
        }
      });
    });
  }

  filled(path, name) {
    const content = readFileSync(path);
    if (name !== 'plugin.json' && name !== 'README.md') {
      return content;
    }
    return content.toString('utf8').replaceAll('%VERSION%', this.version).replaceAll('%TODAY%', buildDay());
  }
}
