/** Builds the page: one ES module with its chunks and styles, icons and fonts, compressed beside themselves. */
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { build } from 'esbuild';

const HERE = resolve(import.meta.dirname, '..');
const OUT = join(HERE, 'dist/public');
const fromHere = createRequire(join(HERE, 'package.json'));
const folderOf = (name, require = fromHere) => dirname(require.resolve(`${name}/package.json`));

/** Grafana's data package decides which copy of these everybody gets: two copies would be two worlds. */
const ONE_COPY = ['lodash', 'moment', 'rxjs', 'react', 'react-dom', 'i18next', '@emotion/css', '@emotion/react'];

/** Names under which `GlobalStyles` of @grafana/ui asks for fonts, and the files that have them. */
const FONTS = {
  'inter/Inter-Regular.woff2': '@fontsource/inter/files/inter-latin-400-normal.woff2',
  'inter/Inter-Medium.woff2': '@fontsource/inter/files/inter-latin-500-normal.woff2',
  'inter/Inter-Italic.woff2': '@fontsource/inter/files/inter-latin-400-italic.woff2',
  'inter/Inter-MediumItalic.woff2': '@fontsource/inter/files/inter-latin-500-italic.woff2',
  'roboto/L0xTDF4xlVMF-BfR8bXMIhJHg45mwgGEFl0_3vrtSM1J-gEPT5Ese6hmHSh0mQ.woff2':
    '@fontsource/roboto-mono/files/roboto-mono-latin-400-normal.woff2',
};

/** Where the packages' own metadata would lead a bundler astray. */
function resolver() {
  const scenes = join(folderOf('@grafana/scenes'), 'dist/esm/packages/scenes/src/index.js');
  const fromData = createRequire(join(folderOf('@grafana/data'), 'package.json'));
  const runtime = join(folderOf('@grafana/runtime'), 'dist/esm/components');
  const router = dirname(fromHere.resolve('react-router-dom/package.json'));
  return {
    name: 'grafana',
    setup({ onResolve, onLoad, resolve: resolveAgain }) {
      onResolve({ filter: /^@grafana\/scenes$/ }, () => ({ path: scenes }));
      onResolve({ filter: /^@grafana\/runtime\/internal$/ }, () => ({ path: 'internal', namespace: 'grafana' }));
      onLoad({ filter: /^internal$/, namespace: 'grafana' }, () => ({
        contents: ['PanelDataErrorView', 'PluginPage'].map((name) => `export * from './${name}.mjs';`).join('\n'),
        resolveDir: runtime,
      }));
      // Scenes names generated schema files without their extension.
      onResolve({ filter: /^@grafana\/schema\/dist\/esm\/.*[^s]$/ }, ({ path }) => {
        const file = join(folderOf('@grafana/schema'), path.slice('@grafana/schema/'.length));
        const found = [`${file}.mjs`, `${file}.js`].find((candidate) => existsSync(candidate));
        return found && { path: found };
      });
      // @grafana/ui links through the compatibility package; its router has to be the one that scenes listens to.
      onResolve({ filter: /^react-router-dom-v5-compat$/ }, () => ({ path: join(router, 'dist/index.js') }));
      onResolve({ filter: new RegExp(`^(${ONE_COPY.join('|')})(/|$)`) }, async ({ path, kind, pluginData }) => {
        if (pluginData === 'resolved') {
          return undefined;
        }
        const name = ONE_COPY.find((one) => path === one || path.startsWith(`${one}/`));
        const resolveDir = dirname(resolvable(fromData, name) ?? fromHere.resolve(name));
        return resolveAgain(path, { kind, resolveDir, pluginData: 'resolved' });
      });
    },
  };
}

/**
 * Files that end in .mjs get `module.exports` as the default of a CommonJS package, as Node has it; Grafana's were
 * written for the `default` that a transpiled package puts into its exports. A module between the two hands that over.
 */
function transpiledDefaults() {
  const importers = /\/@grafana\/\w+\/dist\/esm\/.*\.mjs$/;
  const transpiled = new Map();
  const isTranspiled = (file) => {
    if (!transpiled.has(file)) {
      const text = /\.js$/.test(file) ? readFileSync(file, 'utf8') : '';
      transpiled.set(file, /__esModule/.test(text) && /exports\b/.test(text));
    }
    return transpiled.get(file);
  };
  return {
    name: 'transpiled defaults',
    setup({ onResolve, onLoad, resolve: resolveAgain }) {
      onResolve({ filter: /^[a-z@]/ }, async ({ path, importer, kind, resolveDir, pluginData }) => {
        if (kind !== 'import-statement' || pluginData === 'resolved' || !importers.test(importer)) {
          return undefined;
        }
        const found = await resolveAgain(path, { importer, kind, resolveDir, pluginData: 'resolved' });
        return isTranspiled(found.path) ? { path: found.path, namespace: 'transpiled' } : undefined;
      });
      onLoad({ filter: /.*/, namespace: 'transpiled' }, ({ path }) => ({
        contents: `export * from ${JSON.stringify(path)}; export { default } from ${JSON.stringify(path)};`,
        resolveDir: dirname(path),
      }));
    },
  };
}

function resolvable(require, name) {
  try {
    return require.resolve(name);
  } catch {
    return null;
  }
}

/**
 * @param {{minify?: boolean}} [options]
 * @returns {Promise<{bytes: number}>} size of what the browser loads first
 */
export async function buildPage({ minify = true } = {}) {
  rmSync(OUT, { recursive: true, force: true });
  mkdirSync(join(OUT, 'build'), { recursive: true });
  const common = {
    bundle: true,
    minify,
    target: 'es2022',
    platform: 'browser',
    define: { 'process.env.NODE_ENV': '"production"', 'process.env.NODE_DEBUG': '""', global: 'globalThis' },
    jsx: 'automatic',
    logLevel: 'warning',
    logOverride: { 'empty-import-meta': 'silent', 'package.json': 'silent' },
  };
  const [page] = await Promise.all([
    build({
      ...common,
      entryPoints: { main: join(HERE, 'src/main.tsx') },
      outdir: join(OUT, 'build'),
      format: 'esm',
      splitting: true,
      sourcemap: false,
      metafile: true,
      entryNames: '[name]-[hash]',
      chunkNames: 'chunk-[hash]',
      assetNames: '[name]-[hash]',
      loader: { '.svg': 'file', '.png': 'file', '.woff2': 'file', '.ttf': 'file' },
      plugins: [transpiledDefaults(), resolver()],
    }),
    build({
      ...common,
      entryPoints: { boot: join(HERE, 'src/boot/classic.ts') },
      outdir: join(OUT, 'build'),
      entryNames: '[name]-[hash]',
      format: 'iife',
    }),
  ]);
  const icons = join(folderOf('@grafana/ui'), 'dist/public/img/icons');
  cpSync(icons, join(OUT, 'build/img/icons'), { recursive: true });
  // Icons that the package names and does not ship.
  cpSync(join(HERE, 'img/icons'), join(OUT, 'build/img/icons'), { recursive: true });
  cpSync(join(HERE, 'img/icon.svg'), join(OUT, 'img/icon.svg'));
  for (const [name, from] of Object.entries(FONTS)) {
    const [, scope, file] = /^(@[^/]+\/[^/]+)\/(.*)$/.exec(from);
    mkdirSync(join(OUT, 'fonts', dirname(name)), { recursive: true });
    cpSync(join(folderOf(scope), file), join(OUT, 'fonts', name));
  }
  await compress(join(OUT, 'build'));
  const first = firstFiles(page.metafile.outputs);
  writeIndex(first);
  return { bytes: first.reduce((sum, path) => sum + page.metafile.outputs[path].bytes, 0) };
}

/** Names carry hashes of the content; the server reads them from here. */
function writeIndex(first) {
  const files = readdirSync(join(OUT, 'build'));
  const find = (pattern) => files.find((name) => pattern.test(name));
  const [script, ...preload] = first.map((path) => basename(path));
  const names = { boot: find(/^boot-.*\.js$/), style: find(/^main-.*\.css$/), script, preload };
  writeFileSync(join(HERE, 'dist/page.json'), JSON.stringify(names, null, 2));
}

/** The scripts that the browser needs before the first picture, the entry first. */
function firstFiles(outputs) {
  const seen = new Set();
  const visit = (path) => {
    if (!seen.has(path)) {
      seen.add(path);
      outputs[path].imports.filter(({ kind }) => kind === 'import-statement').forEach((one) => visit(one.path));
    }
  };
  visit(Object.keys(outputs).find((path) => /\/main-[^/]*\.js$/.test(path)));
  return [...seen];
}

async function compress(folder) {
  const files = readdirSync(folder).filter((name) => ['.js', '.css'].includes(extname(name)));
  await Promise.all(
    files.map(async (name) => {
      const path = join(folder, name);
      const content = readFileSync(path);
      const [br, gz] = await Promise.all([
        promisify(brotliCompress)(content, { params: { [constants.BROTLI_PARAM_QUALITY]: 5 } }),
        promisify(gzip)(content, { level: 6 }),
      ]);
      writeFileSync(`${path}.br`, br);
      writeFileSync(`${path}.gz`, gz);
    })
  );
}
