/** Builds the command `kpi`. */
import { chmod } from 'node:fs/promises';
import { join } from 'node:path';

import { bundle } from '../scripts/bundle.mjs';

const HERE = import.meta.dirname;

export async function buildCli() {
  const worker = join(HERE, '../engine/src/work/worker.ts');
  await bundle({ kpi: join(HERE, 'src/main.ts'), worker }, join(HERE, 'dist'), { banner: '#!/usr/bin/env node' });
  await chmod(join(HERE, 'dist/kpi.mjs'), 0o755);
}
