/** `npm run bench`: every benchmark, with its budget; `-- --smoke` only shows that they run; `-- NAME…` picks some. */
import { benchAlerting } from './alerting';
import { benchCorrelation } from './correlation';
import { benchEvents } from './events';
import { benchAlerts } from './alerts';
import { benchForecastCharts } from './forecast-charts';
import { benchForecasts } from './forecasts';
import { benchJournal } from './journal';
import { benchMatrix } from './matrix';
import type { BenchOptions, Finding } from './measure';
import { benchMemory } from './memory';
import { benchQuality } from './quality';
import { benchRender } from './render';
import { benchSize } from './size';
import { benchStart } from './start';
import { benchStatus } from './status';

const BENCHMARKS: Record<string, (options: BenchOptions) => Promise<Finding[]>> = {
  size: benchSize,
  status: benchStatus,
  alerts: benchAlerts,
  alerting: benchAlerting,
  quality: benchQuality,
  render: benchRender,
  matrix: benchMatrix,
  events: benchEvents,
  correlation: benchCorrelation,
  forecasts: benchForecasts,
  charts: benchForecastCharts,
  journal: benchJournal,
  start: benchStart,
  memory: benchMemory,
};

const words = process.argv.slice(2);
const smoke = words.includes('--smoke');
const chosen = words.filter((word) => !word.startsWith('--'));
const unknown = chosen.find((name) => !(name in BENCHMARKS));
if (unknown) {
  process.stderr.write(`there is no benchmark ${unknown}; there are ${Object.keys(BENCHMARKS).join(', ')}\n`);
  process.exit(2);
}

let overrun = 0;
for (const [name, run] of Object.entries(BENCHMARKS)) {
  if (chosen.length > 0 && !chosen.includes(name)) {
    continue;
  }
  for (const { what, value, budget, holds } of await run({ smoke })) {
    // With small numbers the fixed costs outweigh what the budget is about.
    const verdict = smoke || budget === undefined ? '' : holds ? `  within ${budget}` : `  OVER ${budget}`;
    overrun += !smoke && holds === false ? 1 : 0;
    process.stdout.write(`${name.padEnd(11)} ${what}: ${value}${verdict}\n`);
  }
}
process.exit(overrun > 0 ? 1 : 0);
