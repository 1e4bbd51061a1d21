/** A dashboard that a catalogue brings along, with every kind of part that standalone shows. */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';

import { DashboardPage } from '../pages/dashboard-page';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser';
import { ROOT, type Standalone, startStandalone } from '../support/standalone';

const folder = mkdtempSync(join(tmpdir(), 'kpi-parts-'));
let standalone: Standalone;
let browser: Browser;
let visitor: WatchedPage;
let dashboard: DashboardPage;

beforeAll(async () => {
  cpSync(join(ROOT, 'kpis'), folder, { recursive: true });
  cpSync(join(__dirname, 'fixtures/parts.json'), join(folder, 'dashboards/parts.json'));
  [standalone, browser] = await Promise.all([startStandalone({ catalogue: folder }), launchBrowser()]);
  await standalone.collected();
  visitor = await openPage(browser, { viewport: { width: 1440, height: 1400 } });
  dashboard = new DashboardPage(visitor.page, standalone.url);
  await dashboard.open('parts');
});

afterAll(async () => {
  await browser?.close();
  await standalone?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('text has its variables filled in, and nothing in it runs', async () => {
  await dashboard.panel('Text').getByText('hello of a constant in steps of 7d').waitFor();
  expect(await visitor.page.evaluate(() => 'hacked' in window)).toBe(false);
});

it('a stat and a bar gauge show values with their units, names and statuses, with no set-up', async () => {
  await dashboard.panel('Stat').getByText(/^\$\d/).waitFor();
  const gauge = dashboard.panel('Bar gauge');
  await gauge.getByText('Quality').waitFor();
  await gauge
    .getByText(/^(Normal|Warning|Critical|Emergency)$/)
    .first()
    .waitFor();
});

it('a panel is repeated for each chosen value, each with its own question', async () => {
  for (const name of ['Revenue', 'Quality']) {
    await dashboard.panel(`Repeated: ${name}`).getByRole('button', { name, exact: true }).waitFor();
  }
  expect(await visitor.page.getByTestId(/Panel header Repeated/).count()).toBe(2);
});

it('a collapsed row opens', async () => {
  expect(await dashboard.panel('Table').count()).toBe(0);
  await visitor.page.getByRole('button', { name: 'Expand row' }).click();
  await dashboard.panel('Table').getByRole('cell', { name: 'Revenue' }).waitFor();
  await dashboard.panel('Table').getByRole('columnheader', { name: 'Value' }).waitFor();
});

it('titles and links follow a variable', async () => {
  const { page } = visitor;
  await dashboard.choose('One', 'cash_flow');
  await page.getByText('Open row about cash_flow').waitFor();
  const link = await page.getByRole('link', { name: 'Detail of cash_flow' }).getAttribute('href');
  expect(link).toContain('var-kpi=cash_flow');
  expect(link).toContain('from=');
});

it('a panel of a type that is not drawn says so in its place', async () => {
  await dashboard.panel('Not adapted').getByText('Standalone does not draw panels of type `gauge`').waitFor();
});

it('nothing else went wrong', () => {
  expect(visitor.wrong).toEqual([]);
});
