/** Builds the server. */
import { join, resolve } from 'node:path';

import { bundle } from '../../scripts/bundle.mjs';

const HERE = resolve(import.meta.dirname, '..');

export async function buildServer() {
  const worker = join(HERE, '../engine/src/work/worker.ts');
  await bundle({ server: join(HERE, 'server/main.ts'), worker }, join(HERE, 'dist'));
}
