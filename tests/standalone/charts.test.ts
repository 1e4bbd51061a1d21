/** What a viewer does with a chart: point at it, and drag over it to look closer. */
import type { Browser } from 'playwright-core';

import { Chart } from '../pages/chart';
import { DashboardPage } from '../pages/dashboard-page';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser';
import { type Standalone, startStandalone } from '../support/standalone';
import { pause } from '../support/until';

const PATH = 'Is it on its target path?';

let standalone: Standalone;
let browser: Browser;
let visitor: WatchedPage;
let dashboard: DashboardPage;

beforeAll(async () => {
  [standalone, browser] = await Promise.all([startStandalone(), launchBrowser()]);
  await standalone.collected();
  visitor = await openPage(browser);
  dashboard = new DashboardPage(visitor.page, standalone.url);
  await dashboard.open('kpi-detail', {
    'var-kpi': 'revenue',
    from: '2025-12-01T00:00:00.000Z',
    to: '2026-09-30T23:59:59.000Z',
  });
});

afterAll(async () => {
  await browser?.close();
  await standalone?.stop();
});

const chart = (title: string) => new Chart(visitor.page, dashboard.panel(title));

it('pointing at a chart says the period, every series and its value', async () => {
  await chart(PATH).tells([/^Revenue target$/, /^[A-Z][a-z]{2} 2026$/], 0.5);
});

it('pointing at the next chart says its own series, and goes on to say them', async () => {
  const next = chart('Where does it come from?');
  await next.tells([/^East$/], 0.4);
  // Charts tell each other where the pointer is: what they tell must not take the tooltip away again.
  await pause(500);
  expect(await next.tooltip(/^East$/).isVisible()).toBe(true);
});

it('dragging over a chart looks closer, in all panels and in the address', async () => {
  const { page } = visitor;
  await chart(PATH).drag(0.25, 0.75, () => !location.search.includes('2025-12-01'));
  const from = Date.parse(dashboard.params.get('from')!);
  const to = Date.parse(dashboard.params.get('to')!);
  expect(from).toBeGreaterThan(Date.UTC(2026, 0, 15));
  expect(to).toBeLessThan(Date.UTC(2026, 7, 31));
  await page.goBack();
  await page.waitForFunction(() => location.search.includes('2025-12-01'));
  await dashboard.settled();
});

it('a timeline says how long a state held, and goes on to say it when a refresh brings nothing new', async () => {
  const timeline = chart('How has it stood?');
  const held = /^(since )?20\d\d-\d\d-01 00:00:00( – .*)?$/;
  await timeline.tells([held], 0.5);
  await dashboard.refresh();
  expect(await timeline.tooltip(held).isVisible()).toBe(true);
});

it('nothing of it went wrong', () => {
  expect(visitor.wrong).toEqual([]);
});
