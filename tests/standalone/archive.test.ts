/** The example with real figures, as a viewer sees it. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { DashboardPage } from '../pages/dashboard-page';
import { Scorecard } from '../pages/scorecard';
import { launchBrowser, openPage } from '../support/browser';
import { ROOT, startStandalone } from '../support/standalone';

/** Jobs in thousands, by column, of a month. */
function figures(month: string): Record<string, number> {
  const file = join(ROOT, 'node_modules/vega-datasets/data/us-employment.csv');
  const [header, ...rows] = readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .map((line) => line.split(','));
  const row = rows.find(([first]) => first === month)!;
  return Object.fromEntries(header!.map((column, index) => [column, Number(row[index])]));
}

it('an archive is shown in its own time, and says so', async () => {
  const [standalone, browser] = await Promise.all([
    startStandalone({ catalogue: 'examples/us-employment' }),
    launchBrowser(),
  ]);
  try {
    await standalone.collected();
    const { page, wrong } = await openPage(browser);
    const dashboard = new DashboardPage(page, standalone.url);
    await dashboard.open('kpi-overview');
    await page.getByRole('banner').getByText('Archive').waitFor();

    const cards = new Scorecard(dashboard.panel('What needs attention?'));
    await cards.card('total_jobs').waitFor();
    const spoken = await cards.spoken();
    const [before, last] = [figures('2014-12-01'), figures('2015-12-01')];
    const growth = (column: string) => (100 * (last[column]! / before[column]! - 1)).toFixed(1).replace('-', '[-−]');
    expect(spoken.get('total_jobs')).toContain(Math.round(last.nonfarm!).toLocaleString('en-US'));
    expect(spoken.get('construction_growth')).toMatch(new RegExp(`${growth('construction')}.*December 2015`));
    expect(spoken.get('mining_growth')).toMatch(new RegExp(`${growth('mining_and_logging')}.*December 2015`));

    // The charts are not empty, though their range is relative to now in the dashboard.
    await page.getByRole('button', { name: /2015-01-01 00:00:00 to 2016-01-01/ }).waitFor();
    await page.goto(`${standalone.url}/dashboards`);
    await page.getByRole('link', { name: 'KPI detail' }).waitFor();
    expect(await page.getByRole('main').getByRole('listitem').allTextContents()).not.toContainEqual(
      expect.stringContaining('Financial')
    );
    expect(wrong).toEqual([]);
  } finally {
    await browser.close();
    await standalone.stop();
  }
});
