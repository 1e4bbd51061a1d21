/** Thresholds and targets edited where they are seen: in a browser, over the engine, to the dashboards. */
import type { Browser } from 'playwright-core';

import { DashboardPage } from '../pages/dashboard-page';
import { KpiPage } from '../pages/kpi-page';
import { Scorecard } from '../pages/scorecard';
import { breaches } from '../support/accessibility';
import { askStatus } from '../support/ask';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser';
import { type Standalone, startStandalone } from '../support/standalone';

const KPI = 'satisfaction';

let standalone: Standalone;
let browser: Browser;
let first: WatchedPage;
let second: WatchedPage;

beforeAll(async () => {
  [standalone, browser] = await Promise.all([startStandalone(), launchBrowser()]);
  await standalone.collected();
  [first, second] = await Promise.all([openPage(browser), openPage(browser, { colorScheme: 'dark' })]);
});

afterAll(async () => {
  await browser?.close();
  await standalone?.stop();
});

const status = async () => (await askStatus(standalone.url, { kpis: [KPI] }))[0]!;

it('leads from the list of KPIs to one, and from its dashboard and back', async () => {
  const { page } = first;
  await page.goto(standalone.url);
  await page.getByRole('navigation', { name: 'Pages' }).getByRole('link', { name: 'KPIs' }).click();
  await page.getByPlaceholder('Search by name, category or owner').fill('satisf');
  await page.getByRole('link', { name: 'Satisfaction' }).click();
  await page.getByRole('heading', { level: 1, name: 'Satisfaction' }).waitFor();
  await page.getByRole('link', { name: 'Dashboard', exact: true }).click();
  await page.waitForURL(/\/d\/kpi-detail.*var-kpi=satisfaction/);
  await page.getByRole('link', { name: 'Thresholds and target' }).click();
  await page.waitForURL(/\/a\/kpimonitor-kpi-app\/kpis\/satisfaction/);
  await page.getByRole('form', { name: 'Change it' }).waitFor();
});

it('says what a change would have meant, and it shows on the dashboard at once', async () => {
  const before = await status();
  expect(before.status).toBe('normal');
  const kpi = new KpiPage(first.page, standalone.url);
  const late = new KpiPage(second.page, standalone.url);
  await Promise.all([kpi.open(KPI), late.open(KPI)]);

  await kpi.field('Warning').fill(String(before.value! + 0.1));
  await kpi.preview.getByText(/^With these values there would have been \d+ warnings/).waitFor();
  await kpi.holdFrom('the newest that is judged');
  await kpi.give('agreed with customer service');
  await kpi.save();
  await kpi.form.getByText(/^Saved\. It holds from/).waitFor();
  await kpi.history.getByText('agreed with customer service').waitFor();

  const dashboard = new DashboardPage(first.page, standalone.url);
  await dashboard.open('kpi-detail', { 'var-kpi': KPI });
  const scorecard = new Scorecard(dashboard.panel('Where does it stand?'));
  await scorecard.card(KPI).waitFor();
  expect((await status()).status).toBe('warning');
  expect((await scorecard.spoken()).get(KPI)).toContain('warning');
});

it('the second of two is told who changed what, and neither loses anything', async () => {
  const late = new KpiPage(second.page, standalone.url);
  await late.field('Target').fill('4.8');
  await late.give('the board wants more');
  await late.save();
  const alert = late.form.getByRole('alert');
  await alert.getByText('agreed with customer service').waitFor();
  expect(await late.field('Target').inputValue()).toBe('4.8');
  await late.save();
  await late.form.getByText(/^Saved\. It holds from/).waitFor();
  const { inForce } = (await (await fetch(`${standalone.url}/api/kpis/${KPI}/judgement`)).json()) as {
    inForce: { target: number; thresholds: { warning: number } };
  };
  expect(inForce.target).toBe(4.8);
  expect(inForce.thresholds.warning).toBeGreaterThan(4.1);
});

it('both are in the audit trail, which is whole', async () => {
  const { page } = first;
  await page.goto(`${standalone.url}/a/kpimonitor-kpi-app/audit?kpi=${KPI}`);
  await page.getByText('The trail is whole').waitFor();
  await page.getByRole('row', { name: /the board wants more/ }).waitFor();
  await page.getByRole('row', { name: /agreed with customer service/ }).waitFor();
});

it('goes back to the catalogue', async () => {
  const kpi = new KpiPage(second.page, standalone.url);
  await kpi.open(KPI);
  await second.page.getByRole('button', { name: 'Back to the catalogue' }).click();
  const dialog = second.page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: /^Reason/ }).fill('it was only a try');
  await dialog.getByRole('button', { name: 'Put it back' }).click();
  await dialog.waitFor({ state: 'detached' });
  await second.page.getByText('As the catalogue says.').waitFor();
  expect((await status()).status).toBe('normal');
});

it.each(['dark', 'light'] as const)('%s: its pages keep to WCAG 2.1 AA, and fit a phone', async (colorScheme) => {
  const { page } = await openPage(browser, { colorScheme, viewport: { width: 360, height: 800 } });
  for (const path of ['kpis', `kpis/${KPI}`, 'audit']) {
    await page.goto(`${standalone.url}/a/kpimonitor-kpi-app/${path}`);
    await page.getByRole('heading', { level: 1 }).waitFor();
    await page.waitForLoadState('networkidle');
    expect([path, await breaches(page, ['main'])]).toEqual([path, []]);
    await page.waitForFunction(() => document.documentElement.scrollWidth === innerWidth);
  }
  await page.context().close();
});

it('nothing went wrong meanwhile but the conflict', () => {
  expect(first.wrong).toEqual([]);
  expect(second.wrong.filter((text) => !/409|console: Failed to load resource/.test(text))).toEqual([]);
});
