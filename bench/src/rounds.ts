/** The process that `memory` watches: reads the demo company round after round, a minute of its clock each. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

import { readConfig } from '@kpi-monitor/cli/config/read';
import { openHouse } from '@kpi-monitor/cli/compose/house';

const rounds = Number(process.argv[2]);
const folder = mkdtempSync(join(tmpdir(), 'kpi-rounds-'));
let now = Date.UTC(2026, 5, 1, 12);

const config = readConfig({ catalogue: resolve('kpis'), env: {} });
const house = await openHouse(
  { ...config, store: { kind: 'duckdb', path: join(folder, 'kpi.duckdb') }, dataFolder: folder },
  { version: 'bench', clock: () => now }
);
const collected = [...house.catalogue.byId.values()].filter((kpi) => kpi.source).map((kpi) => kpi.id);
const every = Math.max(1, Math.floor(rounds / 40));
for (let round = 0; round < rounds; round++) {
  now += 60_000;
  await house.collector.runOnce([collected[round % collected.length]!]);
  if (round % 50 === 0) {
    // Somebody looks at the Overview now and then.
    const query = { refId: 'A', v: 1 as const, type: 'status' as const, select: {} };
    await house.engine.answer({ queries: [query], from: String(now - 86_400_000), to: String(now) });
  }
  if (round % every === 0 || round === rounds - 1) {
    process.send?.({ rounds: round + 1, rss: process.memoryUsage().rss / 2 ** 20 });
  }
}
await house.close();
rmSync(folder, { recursive: true });
