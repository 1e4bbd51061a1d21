/** What a viewer learns of the time to come: from the store over the engine's fits to the chart. */
import type { Browser } from 'playwright-core';

import { DashboardPage } from '../pages/dashboard-page';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser';
import { type Standalone, startStandalone } from '../support/standalone';

jest.setTimeout(180_000);

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
const tooltip = () => visitor.page.locator('#grafana-portal-container');

/** The place in the page at a fraction of the plot's width. */
async function at(x: number): Promise<[number, number]> {
  await panel().scrollIntoViewIfNeeded();
  const box = await panel().locator('.u-over').boundingBox();
  return [box!.x + x * box!.width, box!.y + 0.5 * box!.height];
}

it('a forecast is there soon after the first values are, and says where the open period lands', async () => {
  const chart = panel().getByRole('img', { name: /^Revenue .* expected, 90 % likely \$.* to \$/ });
  const end = Date.now() + 120_000;
  do {
    await dashboard.open('kpi-detail', { 'var-kpi': 'revenue', from: 'now-24M', to: 'now' });
    await panel().locator('.uplot').waitFor();
  } while ((await chart.count()) === 0 && Date.now() < end);
  expect(await chart.count()).toBe(1);
});

it('pointing at the time to come says what is expected, and how sure that is', async () => {
  await visitor.page.mouse.move(...(await at(0.8)), { steps: 3 });
  await visitor.page.mouse.move(...(await at(0.9)), { steps: 3 });
  await tooltip().getByText('Expected', { exact: true }).waitFor();
  await tooltip().getByText('90 % likely', { exact: true }).waitFor();
});

it('how it was made is a click away', async () => {
  await panel().getByRole('button', { name: 'How the forecast of Revenue was made' }).click();
  const held = visitor.page.getByText(/^held \d+ % of the values$/);
  await held.waitFor();
  await visitor.page.keyboard.press('Escape');
  await held.waitFor({ state: 'detached' });
});

it('dragging over it looks closer, and leaves history to forecast from', async () => {
  const { page } = visitor;
  await page.mouse.move(...(await at(0.3)));
  await page.mouse.down();
  await page.mouse.move(...(await at(0.7)), { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction(() => !location.search.includes('now-24M'));
  const from = Date.parse(dashboard.params.get('from')!);
  expect(from).toBeLessThan(Date.parse(dashboard.params.get('to')!));
  expect(from).toBeLessThan(Date.now());
  await dashboard.settled();
});

it('nothing went wrong meanwhile', () => {
  expect(visitor.wrong.filter((text) => text.startsWith('uncaught'))).toEqual([]);
});
