/** Bundles the scoring of forecasts, and runs it. */
import { join } from 'node:path';

import { bundle } from '../scripts/bundle.mjs';

const HERE = import.meta.dirname;

await bundle({ forecast: join(HERE, 'src/forecast.ts') }, join(HERE, 'dist'));
await import('./dist/forecast.mjs');
