/** What a viewer learns of the time to come: from the store over the engine's fits to the chart. */
import type { Browser } from 'playwright-core';

import { Chart } from '../pages/chart';
import { DashboardPage } from '../pages/dashboard-page';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser';
import { type Standalone, startStandalone } from '../support/standalone';
import { until } from '../support/until';

const PANEL = 'Where is it going?';

let standalone: Standalone;
let browser: Browser;
let visitor: WatchedPage;
let dashboard: DashboardPage;

beforeAll(async () => {
  [standalone, browser] = await Promise.all([startStandalone(), launchBrowser()]);
  await standalone.collected();
  visitor = await openPage(browser);
  dashboard = new DashboardPage(visitor.page, standalone.url);
});

afterAll(async () => {
  await browser?.close();
  await standalone?.stop();
});

const panel = () => dashboard.panel(PANEL);
const chart = () => new Chart(visitor.page, panel());

it('a forecast is there soon after the first values are, and says where the open period lands', async () => {
  const told = panel().getByRole('img', { name: /^Revenue .* expected, 90 % likely \$.* to \$/ });
  await until('the forecast', async () => {
    await dashboard.open('kpi-detail', { 'var-kpi': 'revenue', from: 'now-24M', to: 'now' });
    await panel().locator('.uplot').waitFor();
    return (await told.count()) === 1;
  });
});

it('pointing at the time to come says what is expected, and how sure that is', async () => {
  await chart().tells([/^Expected$/, /^90 % likely$/], 0.9);
});

it('how it was made is a click away', async () => {
  await panel().getByRole('button', { name: 'How the forecast of Revenue was made' }).click();
  const held = visitor.page.getByText(/^held \d+ % of the values$/);
  await held.waitFor();
  await visitor.page.keyboard.press('Escape');
  await held.waitFor({ state: 'detached' });
});

it('dragging over it looks closer, and leaves history to forecast from', async () => {
  await chart().drag(0.3, 0.7, () => !location.search.includes('now-24M'));
  const from = Date.parse(dashboard.params.get('from')!);
  expect(from).toBeLessThan(Date.parse(dashboard.params.get('to')!));
  expect(from).toBeLessThan(Date.now());
  await dashboard.settled();
});

it('nothing went wrong meanwhile', () => {
  expect(visitor.wrong.filter((text) => text.startsWith('uncaught'))).toEqual([]);
});
