import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { isDeepStrictEqual } from 'node:util';

import type { StatusRow } from '@kpi-monitor/model/query/frames';
import { STATUS_TEXT } from '@kpi-monitor/model/status';
import type { Browser } from 'playwright-core';

import { DashboardPage } from '../pages/dashboard-page';
import { Scorecard } from '../pages/scorecard';
import { breaches } from '../support/accessibility';
import { askStatus } from '../support/ask';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser';
import { ROOT, type Standalone, startStandalone } from '../support/standalone';
import { until } from '../support/until';

const shown = ({ kpi, name, status, valueText }: StatusRow) => [kpi, name, status, valueText];

let standalone: Standalone;
let browser: Browser;
let visitor: WatchedPage;
let dashboard: DashboardPage;

beforeAll(async () => {
  [standalone, browser] = await Promise.all([startStandalone(), launchBrowser()]);
  await standalone.collected();
  visitor = await openPage(browser, { colorScheme: 'dark' });
  dashboard = new DashboardPage(visitor.page, standalone.url);
});

afterAll(async () => {
  await browser?.close();
  await standalone?.stop();
});

describe('the overview of the demo company', () => {
  it('is what the address without a path shows', async () => {
    await visitor.page.goto(standalone.url);
    await dashboard.settled();
    await visitor.page.waitForFunction(() => document.title === 'Overview - KPI Monitor');
    await visitor.page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });

  it('says on its face that it is for trying, that Grafana is its home, and that the values are invented', async () => {
    const header = visitor.page.getByRole('banner');
    await header.getByText('Demo data').waitFor();
    await header.getByText(/Standalone.*Grafana/).waitFor();
  });

  it('has a card for every KPI with the name, status and value that the engine answers', async () => {
    const scorecard = new Scorecard(dashboard.panel('What needs attention?'));
    let spoken = new Map<string, string>();
    // Around midnight the engine may say another thing after than before.
    const rows = await until('the same answer before and after', async () => {
      const before = await askStatus(standalone.url);
      await dashboard.open('kpi-overview');
      await scorecard.cards().first().waitFor();
      spoken = await scorecard.spoken();
      const after = await askStatus(standalone.url);
      return isDeepStrictEqual(before.map(shown), after.map(shown)) && after;
    });
    expect(rows).toHaveLength(16);
    for (const row of rows) {
      const sentence = spoken.get(row.kpi);
      expect(sentence).toContain(row.name);
      expect(sentence).toContain(STATUS_TEXT[row.status].toLowerCase());
      expect(sentence).toContain(row.valueText);
    }
  });

  it('loads without an error, a missing file or a breach of the content security policy', () => {
    expect(visitor.wrong).toEqual([]);
  });

  it('keeps the theme that a viewer switches to', async () => {
    const background = () => visitor.page.evaluate(() => getComputedStyle(document.body).backgroundColor);
    const dark = await background();
    await visitor.page.getByRole('button', { name: 'Switch to the light theme' }).click();
    await visitor.page.waitForFunction((before) => getComputedStyle(document.body).backgroundColor !== before, dark);
    await dashboard.settled();
    const light = await background();
    await visitor.page.reload();
    await dashboard.settled();
    expect(await background()).toBe(light);
    await visitor.page.getByRole('button', { name: 'Switch to the dark theme' }).click();
    await dashboard.settled();
  });

  it.each([360, 768, 2560])('fits a screen of %i pixels', async (width) => {
    const narrow = await openPage(browser, { viewport: { width, height: 900 } });
    const page = new DashboardPage(narrow.page, standalone.url);
    await page.open('kpi-overview');
    await new Scorecard(page.panel('What needs attention?')).cards().first().waitFor();
    await page.fits();
    await narrow.page.context().close();
  });
});

describe('from a card to the detail', () => {
  it('opens the KPI without loading the page again, and back leads back', async () => {
    const { page } = visitor;
    await dashboard.open('kpi-overview');
    await page.evaluate(() => Object.assign(window, { stillHere: true }));
    const scorecard = new Scorecard(dashboard.panel('What needs attention?'));
    await scorecard.card('revenue').click();
    await page.waitForURL(/\/d\/kpi-detail.*var-kpi=revenue/);
    await dashboard.settled();
    await page.getByRole('heading', { level: 1, name: 'KPI detail' }).waitFor();
    expect(await page.evaluate(() => 'stillHere' in window)).toBe(true);
    await page.goBack();
    await page.getByRole('heading', { level: 1, name: 'Overview' }).waitFor();
  });

  it('shows another KPI when it is chosen, and keeps the choice in the address', async () => {
    await dashboard.open('kpi-detail', { 'var-kpi': 'revenue' });
    await dashboard.choose('KPI', 'Satisfaction');
    await visitor.page.waitForURL(/var-kpi=satisfaction/);
    const card = new Scorecard(dashboard.panel('Where does it stand?')).card('satisfaction');
    await card.waitFor();
    await visitor.page.reload();
    await dashboard.settled();
    await card.waitFor();
  });

  it('takes the time range from the address', async () => {
    await dashboard.open('kpi-detail', {
      'var-kpi': 'revenue',
      from: '2026-01-01T00:00:00.000Z',
      to: '2026-06-30T00:00:00.000Z',
    });
    await visitor.page.getByRole('button', { name: /2026-01-01 00:00:00 to 2026-06-30 00:00:00/ }).waitFor();
  });

  it('says in the panels what is wrong with a question, instead of staying blank', async () => {
    const other = await openPage(browser);
    const page = new DashboardPage(other.page, standalone.url);
    await page.open('kpi-detail', { 'var-kpi': 'nonsense' });
    await other.page
      .getByText(/KPI_UNKNOWN: no KPI `nonsense`/)
      .first()
      .waitFor();
    await other.page.context().close();
  });
});

describe('the list of dashboards', () => {
  it('finds one by its name', async () => {
    const { page } = visitor;
    await page.goto(`${standalone.url}/dashboards`);
    await page.getByRole('link', { name: 'Overview' }).waitFor();
    await page.getByPlaceholder('Search by name or tag').fill('detail');
    await page.getByRole('link', { name: 'Overview' }).waitFor({ state: 'detached' });
    await page.getByRole('link', { name: 'KPI detail' }).click();
    await page.getByRole('heading', { level: 1, name: 'KPI detail' }).waitFor();
  });

  it('is offered where there is no such dashboard', async () => {
    const { page } = await openPage(browser);
    await page.goto(`${standalone.url}/d/nonsense`);
    await page.getByText('There is no such dashboard').waitFor();
    await page.getByRole('link', { name: 'See all dashboards' }).click();
    await page.getByRole('heading', { level: 1, name: 'Dashboards' }).waitFor();
    await page.context().close();
  });
});

describe('in both themes', () => {
  // The controls between header and panels are Grafana's own.
  it.each(['dark', 'light'] as const)('%s: header, panels and list keep to WCAG 2.1 AA', async (colorScheme) => {
    const { page } = await openPage(browser, { colorScheme });
    const other = new DashboardPage(page, standalone.url);
    await other.open('kpi-overview');
    await new Scorecard(other.panel('What needs attention?')).cards().first().waitFor();
    expect(await breaches(page, ['header', '[data-viz-panel-key]'])).toEqual([]);
    await page.goto(`${standalone.url}/dashboards`);
    await page.getByRole('link', { name: 'Overview' }).waitFor();
    expect(await breaches(page, ['header', 'main'])).toEqual([]);
    await page.context().close();
  });
});

describe('on paper', () => {
  it('every panel is there, none over another, and nothing to click', async () => {
    const { page } = await openPage(browser, { colorScheme: 'light' });
    const printed = new DashboardPage(page, standalone.url);
    await printed.open('kpi-overview');
    await new Scorecard(printed.panel('What needs attention?')).cards().first().waitFor();
    await page.emulateMedia({ media: 'print' });
    expect(await page.getByRole('banner').isVisible()).toBe(false);
    expect(await page.getByRole('button', { name: /Time range selected/ }).isVisible()).toBe(false);
    await until('at least five panels, none over another', async () => {
      const boxes = await page
        .locator('.react-grid-item')
        .evaluateAll((items) => items.map((item) => item.getBoundingClientRect().toJSON() as DOMRect));
      const apart = (a: DOMRect, b: DOMRect) =>
        a.right <= b.left || b.right <= a.left || a.bottom <= b.top || b.bottom <= a.top;
      return boxes.length >= 5 && boxes.every((a, i) => boxes.slice(i + 1).every((b) => apart(a, b)));
    });
    await page.context().close();
  });
});

describe('every dashboard', () => {
  const folder = join(ROOT, 'dashboards');
  const uids = readdirSync(folder).map((name) => {
    const { uid } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { uid: string };
    return uid;
  });

  it('is in the list', async () => {
    const found = (await (await fetch(`${standalone.url}/api/search?type=dash-db`)).json()) as Array<{ uid: string }>;
    expect(found.map(({ uid }) => uid).sort()).toEqual([...uids].sort());
  });

  it.each(uids)('%s shows all of its panels without an error', async (uid) => {
    const watched = await openPage(browser, { viewport: { width: 1440, height: 2400 } });
    await new DashboardPage(watched.page, standalone.url).open(uid);
    const alerts = await watched.page.getByRole('main').getByRole('alert').allTextContents();
    expect({ alerts, wrong: watched.wrong }).toEqual({ alerts: [], wrong: [] });
    await watched.page.context().close();
  });
});
