/** The same dashboard files show the same numbers in Grafana and in standalone. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { QueryResponse } from '@kpi-monitor/model/query/frames';
import type { Browser } from 'playwright-core';

import { DashboardPage } from '../pages/dashboard-page';
import { Scorecard } from '../pages/scorecard';
import { launchBrowser, openPage } from '../support/browser';
import { ROOT, type Standalone, startStandalone } from '../support/standalone';

import { AUTHORIZATION, grafana, GRAFANA_URL } from './grafana';

interface Dashboard {
  uid: string;
  panels: Array<{
    title: string;
    type: string;
    targets?: Array<Record<string, unknown>>;
    panels?: Dashboard['panels'];
  }>;
}

/** A stretch that is over, so that nothing changes while both are asked: up to the start of the month before this one. */
const now = new Date();
const to = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - 1, 1)).toISOString();
const from = new Date(Date.UTC(now.getUTCFullYear() - 1, now.getUTCMonth() - 1, 1)).toISOString();

const dashboards = readdirSync(join(ROOT, 'dashboards'))
  .filter((name) => name.endsWith('.json'))
  .map((name) => JSON.parse(readFileSync(join(ROOT, 'dashboards', name), 'utf8')) as Dashboard);

let standalone: Standalone;
let browser: Browser;

beforeAll(async () => {
  const { zone } = await grafana<{ zone: string }>('/api/datasources/uid/kpi/resources/catalogue');
  [standalone, browser] = await Promise.all([startStandalone({ zone, holidays: 'US' }), launchBrowser()]);
  await standalone.collected();
});

afterAll(async () => {
  await browser?.close();
  await standalone?.stop();
});

/** What both answer alike: times, values, labels and the field config that travels with them. */
function essence(answer: QueryResponse) {
  return Object.fromEntries(
    Object.entries(answer.results).map(([refId, { error, frames = [] }]) => [
      refId,
      {
        error,
        frames: frames.map(({ schema, data }) => ({
          fields: schema.fields.map(({ name, labels, config }) => ({
            name,
            labels,
            unit: config?.unit,
            decimals: config?.decimals,
            displayName: config?.displayName ?? config?.displayNameFromDS,
            steps: config?.thresholds?.steps.slice(1),
          })),
          values: data.values.map((column) => column.map(rounded)),
        })),
      },
    ])
  );
}

function withoutValues(answer: QueryResponse): QueryResponse {
  const results = Object.entries(answer.results).map(([refId, result]) => {
    const frames = result.frames?.map((frame) => ({ ...frame, data: { ...frame.data, values: [] } }));
    return [refId, { ...result, ...(frames && { frames }) }] as const;
  });
  return { ...answer, results: Object.fromEntries(results) };
}

/** Sums in another order differ in the last digits. */
function rounded(value: unknown): unknown {
  return typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(10)) : value;
}

async function answers(url: string, body: string, authorization?: string): Promise<QueryResponse> {
  const headers = { 'content-type': 'application/json', ...(authorization && { authorization }) };
  return (await fetch(`${url}/api/ds/query`, { method: 'POST', headers, body })).json() as Promise<QueryResponse>;
}

const VARIABLES: Record<string, string> = { kpi: 'revenue', split: 'region', grain: 'judged', compare: 'lastYear' };

describe.each(dashboards)('$uid', ({ panels }) => {
  it('asks questions that both answer alike', async () => {
    const asked = panels.flatMap((panel) => [panel, ...(panel.panels ?? [])]).filter((panel) => panel.targets?.length);
    for (const { title, targets } of asked) {
      const text = JSON.stringify({ queries: targets, from: String(Date.parse(from)), to: String(Date.parse(to)) });
      const body = text.replace(/\$\{?(\w+)(?::\w+)?\}?/g, (whole, name: string) => VARIABLES[name] ?? whole);
      const [there, here] = await Promise.all([
        answers(GRAFANA_URL, body, AUTHORIZATION),
        answers(standalone.url, body),
      ]);
      // How collecting goes is each process's own: what is told of it is alike, the numbers are not.
      const isOwn = targets!.every(({ type }) => type === 'collector');
      const [grafanas, ours] = [there, here].map((answer) => essence(isOwn ? withoutValues(answer) : answer));
      expect({ title, ...grafanas }).toEqual({ title, ...ours });
    }
  });
});

const withCards = dashboards.filter(({ panels }) => panels.some(({ type }) => type === 'kpimonitor-scorecard-panel'));

it.each(withCards)('$uid shows the same cards', async ({ uid }) => {
  const seen = await Promise.all(
    [GRAFANA_URL, standalone.url].map(async (url) => {
      const { page } = await openPage(browser, {
        viewport: { width: 1440, height: 2400 },
        extraHTTPHeaders: url === GRAFANA_URL ? { authorization: AUTHORIZATION } : {},
      });
      const dashboard = new DashboardPage(page, url);
      await dashboard.open(uid, { from, to });
      const scorecard = new Scorecard(page.locator('body'));
      await scorecard.cards().first().waitFor();
      const spoken = await scorecard.spoken();
      await page.context().close();
      return spoken;
    })
  );
  expect(seen[0]!.size).toBeGreaterThan(0);
  expect(seen[0]).toEqual(seen[1]);
});
