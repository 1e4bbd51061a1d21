/** Bundles the benchmarks as the product is bundled, and runs them. */
import { join } from 'node:path';

import { bundle } from '../scripts/bundle.mjs';

const HERE = import.meta.dirname;

const entries = { bench: 'main.ts', rounds: 'rounds.ts', forecasting: 'forecasting.ts', intake: 'intake.ts' };

await bundle(
  Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(HERE, 'src', file)])),
  join(HERE, 'dist')
);
await import('./dist/bench.mjs');
