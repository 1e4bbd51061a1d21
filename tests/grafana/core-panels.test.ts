/** Grafana's own panels, with nothing set up in them, show a KPI in its unit and with its thresholds. */
import type { Browser, Page } from 'playwright-core';

import { askStatus } from '../support/ask';
import { launchBrowser, openPage } from '../support/browser';

import { AUTHORIZATION, grafana, GRAFANA_URL } from './grafana';

const DATASOURCE = { type: 'kpimonitor-kpi-datasource', uid: 'kpi' };
const UID = 'kpi-core-panels-test';
const TYPES = ['stat', 'bargauge', 'timeseries'] as const;

let browser: Browser;
let page: Page;

beforeAll(async () => {
  const panels = TYPES.map((type, i) => ({
    id: i + 1,
    type,
    title: type,
    datasource: DATASOURCE,
    gridPos: { x: 8 * i, y: 0, w: 8, h: 12 },
    targets: [
      { refId: 'A', datasource: DATASOURCE, v: 1, type: 'series', select: { kpis: ['market_share'] }, grain: 'judged' },
    ],
  }));
  const dashboard = {
    uid: UID,
    title: UID,
    timezone: 'utc',
    time: { from: 'now-2y', to: 'now' },
    panels,
    schemaVersion: 42,
  };
  await grafana('/api/dashboards/db', { dashboard, overwrite: true });
  browser = await launchBrowser();
  ({ page } = await openPage(browser, { extraHTTPHeaders: { authorization: AUTHORIZATION } }));
  await page.goto(`${GRAFANA_URL}/d/${UID}`);
});

afterAll(async () => {
  await browser?.close();
  await grafana(`/api/dashboards/uid/${UID}`, undefined, 'DELETE');
});

it.each(['stat', 'bargauge'])('%s writes the value with its unit', async (type) => {
  const panel = page.getByTestId(`data-testid Panel header ${type}`);
  await panel
    .getByText(/^\d+\.\d ?%$|%/)
    .first()
    .waitFor();
  expect(await panel.innerText()).toMatch(/\d+\.\d\s*%/);
});

it('timeseries labels its axis with the unit and its line with the name', async () => {
  const panel = page.getByTestId('data-testid Panel header timeseries');
  await panel.getByRole('button', { name: 'Market share' }).waitFor();
});

it('the data carries steps in the worse level on equality, and no colour of Grafana’s own', async () => {
  interface Answer {
    results: { A: { frames: Array<{ schema: { fields: Array<{ config?: Record<string, unknown> }> } }> } };
  }
  const { results } = await grafana<Answer>('/api/ds/query', {
    queries: [
      { refId: 'A', datasource: DATASOURCE, v: 1, type: 'series', select: { kpis: ['market_share'] }, grain: 'judged' },
    ],
    from: String(Date.now() - 730 * 86_400_000),
    to: String(Date.now()),
  });
  const config = results.A.frames[0]!.schema.fields[1]!.config as {
    unit: string;
    thresholds: { steps: Array<{ value: number | null; color: string }> };
  };
  expect(config.unit).toBe('suffix:%');
  expect(config.thresholds.steps.map((step) => step.color)).toEqual(['red', 'orange', 'green']);
  expect(config.thresholds.steps[1]!.value).toBeGreaterThan(10);
  expect(config.thresholds.steps[1]!.value).toBeCloseTo(10, 9);
});

it('answers the status of all KPIs to the user that Grafana states', async () => {
  expect((await askStatus(GRAFANA_URL, {}, { authorization: AUTHORIZATION })).length).toBe(16);
});
