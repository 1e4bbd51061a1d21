import { join } from 'node:path';

import { hashToken } from '@kpi-monitor/engine/http/access';
import { createServer } from '@kpi-monitor/engine/http/server';
import type { BacktestAnswer } from '@kpi-monitor/model/query/backtest-answer';

import { recordedOutput, SHOP, type TestFolder, testFolder } from '../../test/folder';
import { openHouse } from '../compose/house';
import { announceInstance } from '../compose/instance';
import { readConfig } from '../config/read';

import { alertsBacktest, type BacktestCommand } from './alerts-backtest';
import { backfill } from './backfill';

const DAYS = ['01,9', '02,9', '03,4', '04,3', '05,9', '06,9', '07,2'];
const RULE = `uid: few-orders
title: Few orders
condition: B
labels: { severity: critical }
data:
  - { refId: A, datasourceUid: kpi, relativeTimeRange: { from: 600 }, model: { type: status, format: numeric, select: {} } }
  - refId: B
    datasourceUid: __expr__
    model: { type: threshold, expression: A, conditions: [{ evaluator: { type: gt, params: [1.5] } }] }
`;

let folder: TestFolder;
let config: string;
let rule: string;
beforeEach(async () => {
  folder = testFolder({
    ...SHOP,
    'orders.csv': ['date,region,orders', ...DAYS.map((day) => `2026-01-${day.replace(',', ',West,')}`)].join('\n'),
    'kpis/orders.yaml': `${SHOP['kpis/orders.yaml']}thresholds: { warning: 8, critical: 5 }\n`,
    'few-orders.yaml': RULE,
  });
  config = join(folder.path, 'kpi-monitor.yaml');
  rule = join(folder.path, 'few-orders.yaml');
  await backfill([], { config }, recordedOutput(), '0.0.0');
});
afterEach(() => folder.remove());

async function run(given: string, options: Partial<BacktestCommand> = {}) {
  const out = recordedOutput();
  const code = await alertsBacktest(given, { config, from: '2026-01-01', to: '2026-01-08', ...options }, out, '0.0.0');
  return { code, text: out.text() };
}

it('opens the store itself, and says what would have fired and for how long', async () => {
  const { code, text } = await run(rule);
  expect(code).toBe(0);
  expect(text).toContain('it would have fired once for 1 of 1 instances');
  expect(text).toMatch(/^Orders +1 +0 +2 days +2 +2026-01-03 23:00 \(2 days\)$/m);
  expect(text).toContain('- run on final data, which is optimistic');
  await expect(run('no-such-rule')).rejects.toMatchObject({ code: 'REQUEST_INVALID' });
});

it('asks a running instance over HTTP, which answers the same', async () => {
  const alone = await run(rule, { json: true });
  const loaded = readConfig({ config });
  const house = await openHouse(loaded, { version: '0.0.0' });
  const token = 'of-the-same-user-0123';
  const tokens = [{ name: 'same user', sha256: hashToken(token), scopes: ['read' as const] }];
  const server = await createServer({
    engine: house.engine,
    version: '0.0.0',
    tokens: () => tokens,
    port: 0,
    log: { level: 'silent' },
  });
  const withdraw = announceInstance(loaded.dataFolder, { pid: process.pid, url: await server.listen(), token });
  try {
    const asked = await run(rule, { json: true });
    expect(JSON.parse(asked.text)).toEqual(JSON.parse(alone.text));
    expect((JSON.parse(asked.text) as BacktestAnswer).total).toMatchObject({ firings: 1, messages: 2 });
    await expect(run(rule, { kpis: 'ordrs' })).rejects.toMatchObject({ code: 'KPI_UNKNOWN' });
  } finally {
    withdraw();
    await server.close();
    await house.close();
  }
});
