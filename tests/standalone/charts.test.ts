/** What a viewer does with a chart: point at it, and drag over it to look closer. */
import type { Browser } from 'playwright-core';

import { DashboardPage } from '../pages/dashboard-page';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser';
import { type Standalone, startStandalone } from '../support/standalone';
import { until } from '../support/until';

jest.setTimeout(120_000);

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

/** The place in the window at fractions of a panel's plot, which is scrolled to first. */
async function at(title: string, x: number, y: number): Promise<[number, number]> {
  const plot = dashboard.panel(title).locator('.u-over').first();
  await plot.scrollIntoViewIfNeeded();
  const box = await plot.boundingBox();
  return [box!.x + x * box!.width, box!.y + y * box!.height];
}

it('pointing at a chart says the period, every series and its value', async () => {
  const { page } = visitor;
  await page.mouse.move(...(await at(PATH, 0.5, 0.5)));
  const tooltip = page.locator('#grafana-portal-container').getByText(/^Revenue target$/);
  await tooltip.waitFor();
  await page
    .locator('#grafana-portal-container')
    .getByText(/^2026-\d\d-01 00:00:00$/)
    .waitFor();
});

it('pointing at the next chart says its own series, and goes on to say them', async () => {
  const { page } = visitor;
  const tooltip = page.locator('#grafana-portal-container').getByText('East');
  await page.mouse.move(...(await at('Where does it come from?', 0.4, 0.5)), { steps: 4 });
  await tooltip.waitFor();
  // Charts tell each other where the pointer is: what they tell must not take the tooltip away again.
  await page.waitForTimeout(500);
  expect(await tooltip.isVisible()).toBe(true);
});

it('dragging over a chart looks closer, in all panels and in the address', async () => {
  const { page } = visitor;
  await page.mouse.move(...(await at(PATH, 0.25, 0.5)));
  await page.mouse.down();
  await page.mouse.move(...(await at(PATH, 0.75, 0.5)), { steps: 5 });
  await page.mouse.up();
  await page.waitForFunction(() => !location.search.includes('2025-12-01'));
  const from = Date.parse(dashboard.params.get('from')!);
  const to = Date.parse(dashboard.params.get('to')!);
  expect(from).toBeGreaterThan(Date.UTC(2026, 0, 15));
  expect(to).toBeLessThan(Date.UTC(2026, 7, 31));
  await page.goBack();
  await page.waitForFunction(() => location.search.includes('2025-12-01'));
  await dashboard.settled();
});

it('a timeline says how long a state held', async () => {
  const { page } = visitor;
  await dashboard.panel('How has it stood?').scrollIntoViewIfNeeded();
  const held = page.locator('#grafana-portal-container').getByText(/^(since )?20\d\d-\d\d-01 00:00:00( – .*)?$/);
  // A hand is never quite still: a chart that is drawn anew beneath a resting pointer learns of it with the next move.
  // On a busy machine the chart is drawn late: it is waited for as long as for anything else in a page.
  let moves = 0;
  await until('the tooltip of the timeline', async () => {
    await page.mouse.move(...(await at('How has it stood?', 0.5 + 0.002 * (moves++ % 20), 0.5)));
    return held.waitFor({ timeout: 1000 }).then(
      () => true,
      () => false
    );
  });
});

it('nothing of it went wrong', () => {
  expect(visitor.wrong).toEqual([]);
});
