/** Alert rules as a person sees them in standalone: fired by the demo company, over a restart, and with mistakes. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Browser } from 'playwright-core';

import type { AlertingAnswer } from '../../standalone/src/services/alerting';
import { breaches } from '../support/accessibility';
import { launchBrowser, openPage, type WatchedPage } from '../support/browser';
import { type Standalone, startStandalone } from '../support/standalone';
import { until } from '../support/until';

/** Acquisition cost is far above its target for years; revenue never is at level 9. */
const rule = (uid: string, title: string, above: number, wait: string) => `
      - uid: ${uid}
        title: ${title}
        condition: B
        for: ${wait}
        noDataState: KeepLast
        execErrState: KeepLast
        labels: { severity: critical }
        annotations: { summary: '{{ $labels.kpi }} stands at level {{ $values.A }}' }
        data:
          - refId: A
            datasourceUid: kpi
            relativeTimeRange: { from: 600, to: 0 }
            model: { v: 1, type: status, format: numeric, select: { kpis: [acquisition_cost, revenue] } }
          - refId: B
            datasourceUid: __expr__
            model: { type: threshold, expression: A, conditions: [{ evaluator: { type: gt, params: [${above}] } }] }`;

const folder = mkdtempSync(join(tmpdir(), 'kpi-alerts-'));
let standalone: Standalone;
let browser: Browser;
let visitor: WatchedPage;

const overview = async () => (await (await fetch(`${standalone.url}/api/alerting`)).json()) as AlertingAnswer;

beforeAll(async () => {
  mkdirSync(join(folder, 'rules'));
  const head = 'apiVersion: 1\ngroups:\n  - name: Levels\n    folder: Test\n    interval: 10s\n    rules:';
  writeFileSync(
    join(folder, 'rules/rules.yaml'),
    `${head}${rule('above', 'Above normal', 0.5, '0s')}${rule('never', 'Never', 9, '1h')}\n`
  );
  writeFileSync(join(folder, 'rules/wrong.yaml'), `${head}\n      - uid: wrong\n`);
  [standalone, browser] = await Promise.all([startStandalone({ rules: join(folder, 'rules') }), launchBrowser()]);
  await standalone.collected();
  await until('an alert', async () => (await overview()).firing > 0);
  visitor = await openPage(browser);
  await visitor.page.goto(`${standalone.url}/alerting`);
});

afterAll(async () => {
  await browser?.close();
  await standalone?.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('what fires is said first, with a link to the KPI’s own page', async () => {
  const active = visitor.page.getByRole('region', { name: 'Active now' });
  const alert = active.getByRole('listitem').filter({ hasText: 'acquisition_cost stands at level' });
  await alert.getByText('Firing').waitFor();
  expect(await active.getByText('revenue').count()).toBe(0);
  expect(await alert.getByRole('link').getAttribute('href')).toBe('/d/kpi-detail?var-kpi=acquisition_cost');
});

it('the header counts it', async () => {
  expect(await visitor.page.getByRole('link', { name: '1 active alert' }).getAttribute('href')).toBe('/alerting');
});

it('a mistake in a rule file is named with its line, and the other rules go on', async () => {
  await visitor.page.getByText(/ALERT_RULE_FORM .*wrong\.yaml:7 `title`/).waitFor();
});

it('rules open by keyboard and show their instances', async () => {
  const { page } = visitor;
  await page.getByRole('tab', { name: 'Rules' }).click();
  const head = page.getByRole('button', { name: /Above normal/ });
  await head.focus();
  await page.keyboard.press('Enter');
  await page.getByRole('button', { name: /Above normal/, expanded: true }).waitFor();
  const instances = page.getByRole('list', { name: 'Instances of Above normal' });
  await instances.getByText('revenue stands at level 0').waitFor();
  expect(await instances.locator('> li').count()).toBe(2);
});

it('a search narrows rules and alerts', async () => {
  const { page } = visitor;
  await page.getByPlaceholder('Search by KPI, rule or owner').fill('never');
  await page.getByRole('button', { name: /Above normal/ }).waitFor({ state: 'detached' });
  await page.getByRole('button', { name: /Never/ }).waitFor();
  await page.getByPlaceholder('Search by KPI, rule or owner').fill('');
});

it('the history says who fired when', async () => {
  const { page } = visitor;
  await page.getByRole('tab', { name: 'History' }).click();
  const row = page.getByRole('row').filter({ hasText: 'acquisition_cost stands at level' });
  await row.getByText('still firing').waitFor();
});

it('everybody can read it, in light and dark, wide and narrow', async () => {
  const { page } = visitor;
  for (const theme of ['dark', 'light']) {
    for (const tab of ['', '?tab=rules', '?tab=history']) {
      await page.goto(`${standalone.url}/alerting${tab}${tab ? '&' : '?'}theme=${theme}`);
      await page.getByText('Above normal').first().waitFor();
      expect(await breaches(page, ['main'])).toEqual([]);
    }
  }
  await page.setViewportSize({ width: 390, height: 800 });
  await page.waitForFunction(() => document.documentElement.scrollWidth <= 390);
});

it('nothing else went wrong', () => {
  expect(visitor.wrong).toEqual([]);
});
