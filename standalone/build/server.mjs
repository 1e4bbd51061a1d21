/** Builds the server. */
import { join, resolve } from 'node:path';

import { bundle } from '../../scripts/bundle.mjs';

const HERE = resolve(import.meta.dirname, '..');

export async function buildServer() {
  await bundle({ server: join(HERE, 'server/main.ts') }, join(HERE, 'dist'));
}
