/** Builds the server: our own packages into one module; what npm installed stays where it is. */
import { join, resolve } from 'node:path';
import { build } from 'esbuild';

const HERE = resolve(import.meta.dirname, '..');

const ownPackages = {
  name: 'own packages are sources',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path.startsWith('@kpi-monitor/') ? undefined : { path, external: true }
    );
  },
};

export async function buildServer() {
  await build({
    entryPoints: { server: join(HERE, 'server/main.ts') },
    outdir: join(HERE, 'dist'),
    outExtension: { '.js': '.mjs' },
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    logLevel: 'warning',
    plugins: [ownPackages],
  });
}
