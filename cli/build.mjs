/** Builds the command: our own packages into one module; what npm installed stays where it is. */
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';
import { build } from 'esbuild';

const HERE = import.meta.dirname;

const ownPackages = {
  name: 'own packages are sources',
  setup({ onResolve }) {
    onResolve({ filter: /^[^./]/ }, ({ path }) =>
      path.startsWith('@kpi-monitor/') ? undefined : { path, external: true }
    );
  },
};

export async function buildCli() {
  const outfile = join(HERE, 'dist/kpi.mjs');
  await build({
    entryPoints: [join(HERE, 'src/main.ts')],
    outfile,
    bundle: true,
    platform: 'node',
    format: 'esm',
    target: 'node20',
    sourcemap: true,
    banner: { js: '#!/usr/bin/env node' },
    logLevel: 'warning',
    plugins: [ownPackages],
  });
  await chmod(outfile, 0o755);
}
