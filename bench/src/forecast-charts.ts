/** How long a viewer waits for a panel of sixteen forecasts: from their answer until all charts are drawn. */
import { FORECAST_FIELDS, type ForecastFacts } from '@kpi-monitor/model/query/forecast-frames';

import { launchBrowser, openPage } from '../../tests/support/browser';
import { startStandalone } from '../../tests/support/standalone';

import { type BenchOptions, type Finding, ms } from './measure';

const BUDGET = 500;
const SOURCE = { type: 'kpimonitor-kpi-datasource', uid: 'kpi' };
const HISTORY = 36;
const AHEAD = 7;
const START = Date.UTC(2023, 10);

export async function benchForecastCharts({ smoke }: BenchOptions): Promise<Finding[]> {
  const count = smoke ? 2 : 16;
  const answer = { results: { A: { status: 200, frames: Array.from({ length: count }, (_, i) => frameOf(i)) } } };
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
      await page.addInitScript(noteWhenDrawn, count);
      await page.goto(`${standalone.url}/d/${DASHBOARD.uid}`);
      await page.waitForFunction(() => performance.getEntriesByName('drawn').length > 0);
      times.push(await page.evaluate(sinceAnswer));
      await page.context().close();
    }
    const median = times.sort((a, b) => a - b)[Math.floor(times.length / 2)]!;
    const what = `${count} forecasts, from their answer until they are drawn`;
    return [{ what, value: ms(median), budget: ms(BUDGET), holds: median <= BUDGET }];
  } finally {
    await browser.close();
    await standalone.stop();
  }
}

/** In the page: marks the frame after the last canvas has come. */
function noteWhenDrawn(count: number): void {
  const observer = new MutationObserver(() => {
    if (document.querySelectorAll('.uplot canvas').length >= count) {
      observer.disconnect();
      requestAnimationFrame(() => setTimeout(() => performance.mark('drawn')));
    }
  });
  observer.observe(document, { childList: true, subtree: true });
}

function sinceAnswer(): number {
  const [answer] = performance.getEntriesByType('resource').filter(({ name }) => name.includes('/api/ds/query'));
  const [drawn] = performance.getEntriesByName('drawn');
  return drawn!.startTime - (answer as PerformanceResourceTiming).responseEnd;
}

const DASHBOARD = {
  uid: 'bench-forecasts',
  title: 'Forecasts',
  schemaVersion: 42,
  panels: [
    {
      id: 1,
      type: 'kpimonitor-forecast-panel',
      title: 'Forecasts',
      gridPos: { x: 0, y: 0, w: 24, h: 24 },
      datasource: SOURCE,
      targets: [{ refId: 'A', datasource: SOURCE, v: 1, type: 'forecast', select: {} }],
      options: {},
    },
  ],
};

/** Three years of months and half a year to come. */
function frameOf(kpi: number) {
  const rows = Array.from({ length: HISTORY + AHEAD }, (_, i) => i);
  const start = (month: number) => new Date(START).setUTCMonth(10 + month);
  const course = (i: number) => 1000 + 60 * Math.sin(i + kpi);
  const ahead = (width: number) =>
    rows.map((i) => (i < HISTORY ? null : course(i) + width * Math.sqrt(i - HISTORY + 1)));
  const columns = {
    time: rows.map(start),
    value: rows.map((i) => (i < HISTORY ? course(i) : null)),
    ...{ forecast: ahead(0), lower50: ahead(-20), upper50: ahead(20), lower90: ahead(-50), upper90: ahead(50) },
    target: rows.map(() => 1020),
  };
  const facts: ForecastFacts = {
    ...{ kpi: `kpi_${kpi}`, name: `Measure number ${kpi}`, slice: '', grain: 'month', state: 'ready', text: '' },
    ...{ now: start(HISTORY), sentence: '82 % likely to miss its target by about 40', sense: 'bad', direction: 'up' },
    boundaries: { direction: 'up', warning: 950, critical: 900, emergency: 850 },
    models: [{ name: 'ETS', weight: 1 }],
    backTest: { relativeToNaive: 0.62, mape: 4.1, coverage: 89, origins: 24 },
    ...{ season: 12, fittedUntil: start(HISTORY), unit: 'currency:financial:$', decimals: 0 },
    marks: [{ kind: 'anomaly', time: start(HISTORY - 5), text: 'far below the usual' }],
  };
  const fields = FORECAST_FIELDS.map((name) => {
    const type = name === 'time' ? 'time' : 'number';
    return { name, type, typeInfo: { frame: type === 'time' ? 'time' : 'float64' }, config: { unit: facts.unit } };
  });
  return {
    schema: { refId: 'A', name: facts.name, meta: { custom: { forecast: facts } }, fields },
    data: { values: FORECAST_FIELDS.map((name) => columns[name]) },
  };
}
