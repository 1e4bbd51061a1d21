/** A month that is changed after it had settled: a viewer sees what holds, what was first reported, and what was known then. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';

import { DashboardPage } from '../pages/dashboard-page';
import { ask } from '../support/ask';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser';
import { type Standalone, startStandalone } from '../support/standalone';
import { until } from '../support/until';

const MONTHS = 14;
const KPI = `id: orders
name: Orders
category: sales
kind: flow
unit: none
decimals: 0
direction: up
grain: month
judge: { at: month, settle_after: '0 working days' }
references: [{ kind: target, value: 20000 }]
thresholds: { as: percent_of_target, warning: 90, critical: 80 }
source: { kind: file, path: ../orders.csv, period: month, value: orders, every: 1m, settle: 100ms }
`;

let folder: string;
let standalone: Standalone;
let browser: Browser;
let visitor: WatchedPage;
let dashboard: DashboardPage;

/** All months up to the last one that is over. */
function write(orders: number): void {
  const now = new Date();
  const months = Array.from({ length: MONTHS }, (_, i) =>
    Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - MONTHS + i)
  );
  const lines = months.map((month) => `${new Date(month).toISOString().slice(0, 10)},${orders}`);
  writeFileSync(join(folder, 'orders.csv'), ['month,orders', ...lines, ''].join('\n'));
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kpi-restated-'));
  mkdirSync(join(folder, 'kpis'));
  writeFileSync(join(folder, 'kpis/_catalogue.yaml'), 'name: Shop\ncategories: [{ id: sales, name: Sales }]\n');
  writeFileSync(join(folder, 'kpis/orders.yaml'), KPI);
  write(21_250);
  [standalone, browser] = await Promise.all([startStandalone({ catalogue: join(folder, 'kpis') }), launchBrowser()]);
  await standalone.collected();
  visitor = await openPage(browser);
  dashboard = new DashboardPage(visitor.page, standalone.url);
});

afterAll(async () => {
  await browser?.close();
  await standalone?.stop();
  rmSync(folder, { recursive: true, force: true });
});

/** Whether the engine knows of it. */
async function restated(): Promise<boolean> {
  const frames = await ask(standalone.url, { type: 'quality', part: 'restated', select: {} });
  return JSON.stringify(frames).includes('1 value changed');
}

const card = () => dashboard.panel('Where does it stand?').locator('[data-row]');
const list = () => dashboard.panel('What was restated?');

it('nothing is said of a month that nobody changed', async () => {
  await dashboard.open('kpi-detail', { 'var-kpi': 'orders' });
  await card().getByText('21,250').waitFor();
  await list().getByText('Nothing was changed in this time after it had settled.').waitFor();
});

it('a changed month is told on the card, beside the line and in a list', async () => {
  write(20_400);
  // It is read once a minute.
  await until('what was restated', restated, 240_000);
  await dashboard.open('kpi-detail', { 'var-kpi': 'orders' });
  await card()
    .getByText(/ restated -4\.0 % on /)
    .waitFor();
  await card().getByText('20,400').waitFor();
  await dashboard.panel('Is it on its target path?').getByText('Orders, first reported').waitFor();
  await list().getByText('21,250').first().waitFor();
  await list().getByText('1 value changed').first().waitFor();
});

it('what was known before is shown when it is asked for, and said of each panel', async () => {
  await dashboard.choose('As known', 'a week ago');
  await card().getByText('21,250').waitFor();
  await dashboard
    .panel('Is it on its target path?')
    .getByRole('note', { name: /^As it was known on / })
    .waitFor();
  expect(dashboard.params.get('var-known')).toBe('now-7d');
});

it('nothing else went wrong', () => {
  expect(visitor.wrong).toEqual([]);
});
