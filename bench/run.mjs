/** Bundles the benchmarks as the product is bundled, and runs them. */
import { join } from 'node:path';

import { bundle } from '../scripts/bundle.mjs';

const HERE = import.meta.dirname;

await bundle({ bench: join(HERE, 'src/main.ts'), rounds: join(HERE, 'src/rounds.ts') }, join(HERE, 'dist'));
await import('./dist/bench.mjs');
