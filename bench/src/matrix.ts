/** What a matrix of 100 KPIs costs the browser: the correlation panel's own CPU time from its answer until it is drawn. */
import type { CorrelatedKpiRow, CorrelationFacts, PairRow } from '@kpi-monitor/model/query/correlation-frames';

import { launchBrowser, openPage } from '../../tests/support/browser';
import { startStandalone } from '../../tests/support/standalone';

import { type BenchOptions, type Finding, ms } from './measure';
import { startProfile } from './own-time';

const BUDGET = 50;
const MODULE = '/plugins/kpimonitor-correlation-panel/';
const SOURCE = { type: 'kpimonitor-kpi-datasource', uid: 'kpi' };

export async function benchMatrix({ smoke }: BenchOptions): Promise<Finding[]> {
  const count = smoke ? 10 : 100;
  const answer = { results: { A: { status: 200, frames: framesOf(count) } } };
  const standalone = await startStandalone();
  const browser = await launchBrowser();
  try {
    const times: number[] = [];
    for (let run = 0; run < (smoke ? 1 : 5); run++) {
      const { page } = await openPage(browser, { viewport: { width: 1440, height: 1000 } });
      await page.route('**/api/dashboards/uid/**', (route) =>
        route.fulfill({ json: { dashboard: DASHBOARD, meta: {} } })
      );
      await page.route('**/api/ds/query**', (route) => route.fulfill({ json: answer }));
      const ownTime = await startProfile(page, MODULE);
      await page.goto(`${standalone.url}/d/${DASHBOARD.uid}`);
      await page.getByRole('grid').waitFor();
      times.push(await ownTime());
      await page.context().close();
    }
    const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
    const what = `CPU time of a matrix of ${count} x ${count}, its loading included`;
    return [{ what, value: ms(median), budget: ms(BUDGET), holds: median <= BUDGET }];
  } finally {
    await browser.close();
    await standalone.stop();
  }
}

const DASHBOARD = {
  uid: 'bench-matrix',
  title: 'Matrix',
  schemaVersion: 42,
  panels: [
    {
      id: 1,
      type: 'kpimonitor-correlation-panel',
      title: 'Matrix',
      gridPos: { x: 0, y: 0, w: 24, h: 22 },
      datasource: SOURCE,
      targets: [{ refId: 'A', datasource: SOURCE, v: 1, type: 'correlation', select: {} }],
      options: {},
    },
  ],
};

/** Frames `pairs` and `kpis`, every seventh pair beyond chance. */
function framesOf(count: number) {
  const names = Array.from({ length: count }, (_, i) => `Measure number ${i}`);
  const kpis = names.map((name, i): CorrelatedKpiRow => {
    return { kpi: `kpi_${i}`, name, category: 'all', categoryName: 'All', unit: 'none', n: 730 };
  });
  const pairs = kpis.flatMap((a, i) => kpis.slice(i + 1).map((b, k) => pairOf(a, b, i * count + k)));
  const significant = pairs.filter((pair) => pair.significant).length;
  const facts: CorrelationFacts = {
    ...{ grain: 'day', on: 'adjusted', maxLag: 28, pairs: pairs.length, significant },
    method: 'Moving together is no proof of cause.',
  };
  return [tableOf('pairs', pairs, { correlation: facts }), tableOf('kpis', kpis, {})];
}

function pairOf(a: CorrelatedKpiRow, b: CorrelatedKpiRow, index: number): PairRow {
  const significant = index % 7 === 0;
  const r = Math.sin(index);
  return {
    ...{ a: a.kpi, aName: a.name, b: b.kpi, bName: b.name, n: 700, pearson: r, spearman: r, lag: index % 5, r },
    ...{ p: 0.01, q: significant ? 0.01 : 0.5, significant, sharesInputs: index % 70 === 0 },
    ...{ leader: '', lagText: '', sentence: `${a.name} and ${b.name} move together` },
  };
}

function tableOf(name: string, rows: ReadonlyArray<PairRow | CorrelatedKpiRow>, custom: object) {
  const names = Object.keys(rows[0]!);
  const columns = names.map((column) => rows.map((row) => row[column as keyof typeof row] as unknown));
  const fields = names.map((column, i) => ({
    name: column,
    type: typeof columns[i]![0],
    typeInfo: { frame: typeof columns[i]![0] },
  }));
  return { schema: { refId: 'A', name, meta: { custom }, fields }, data: { values: columns } };
}
