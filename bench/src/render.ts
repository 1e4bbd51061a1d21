/** What the scorecard costs the browser: its own functions' CPU time while the Overview of 200 KPIs is first shown. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { launchBrowser, openPage } from '../../tests/support/browser';
import { startStandalone } from '../../tests/support/standalone';

import { type BenchOptions, type Finding, ms } from './measure';
import { startProfile } from './own-time';

const BUDGET = 100;
/** The Overview has two of them: the cards and the table. */
const PANELS = 2;
const MODULE = '/plugins/kpimonitor-scorecard-panel/';

export async function benchRender({ smoke }: BenchOptions): Promise<Finding[]> {
  const count = smoke ? 10 : 200;
  const folder = catalogueOf(count);
  const standalone = await startStandalone({ catalogue: folder });
  const browser = await launchBrowser();
  try {
    await standalone.collected();
    const times: number[] = [];
    for (let run = 0; run < (smoke ? 1 : 5); run++) {
      const { page } = await openPage(browser, { viewport: { width: 1440, height: 1000 } });
      const ownTime = await startProfile(page, MODULE);
      await page.goto(`${standalone.url}/d/kpi-overview`);
      await page
        .locator('[data-row]')
        .nth(count - 1)
        .waitFor({ state: 'attached' });
      times.push(await ownTime());
      await page.context().close();
    }
    const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]! / PANELS;
    const what = `CPU time of a scorecard of ${count} KPIs, its loading included`;
    return [{ what, value: ms(median), budget: ms(BUDGET), holds: median <= BUDGET }];
  } finally {
    await browser.close();
    await standalone.stop();
    rmSync(folder, { recursive: true });
  }
}

/** A folder of monthly KPIs that read columns of one CSV. */
function catalogueOf(count: number): string {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-bench-catalogue-'));
  const names = Array.from({ length: count }, (_, i) => `kpi_${i}`);
  const now = new Date();
  const rows = Array.from({ length: 26 }, (_, month) => {
    const start = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 26 + month, 1));
    return [start.toISOString().slice(0, 10), ...names.map((_, k) => 900 + ((month * 37 + k * 61) % 200))].join(',');
  });
  writeFileSync(join(folder, 'values.csv'), [['month', ...names].join(','), ...rows].join('\n'));
  names.forEach((name, i) =>
    writeFileSync(
      join(folder, `${name}.yaml`),
      `id: ${name}
name: Measure number ${i}
category: group_${i % 4}
kind: flow
unit: currency:financial:$
grain: month
references: [{ kind: target, value: 1000 }]
thresholds: { as: percent_of_target, warning: 95, critical: 92, emergency: 90 }
source: { kind: csv, path: values.csv, period: month, value: ${name} }
`
    )
  );
  return folder;
}
