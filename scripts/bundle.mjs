/** Bundles programs for Node: our own packages are sources and go in, what npm installed stays where it is. */
import { build } from 'esbuild';

const ownPackages = {
  name: 'own packages are sources',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path.startsWith('@kpi-monitor/') ? undefined : { path, external: true }
    );
  },
};

/**
 * @param {Record<string, string>} entries name -> source file; each becomes `NAME.mjs` in `outdir`
 * @param {string} outdir
 * @param {{ banner?: string }} [options]
 */
export async function bundle(entries, outdir, { banner } = {}) {
  await build({
    entryPoints: entries,
    outdir,
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
    banner: banner ? { js: banner } : undefined,
    plugins: [ownPackages],
  });
}
