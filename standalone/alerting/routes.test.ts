import fastify from 'fastify';

import type { ActiveAlert, RulesAnswer } from '../src/services/alerting';

import { alertingRoutes } from './routes';
import { nextTick } from './schedule';
import { type Bench, openBench } from './testing';

let bench: Bench;
afterEach(() => bench.close());

it('rules and alerts are answered as Grafana answers them', async () => {
  bench = await openBench();
  const app = fastify();
  alertingRoutes(app, bench);
  const get = async <T>(url: string) => (await app.inject(url)).json<T>();
  const rules = async () => (await get<RulesAnswer>('/api/prometheus/grafana/api/v1/rules')).data.groups[0]!;
  expect((await rules()).rules[0]).toMatchObject({
    uid: 'high',
    name: 'High',
    state: 'inactive',
    health: 'unknown',
    lastEvaluation: '0001-01-01T00:00:00Z',
    duration: 20,
    alerts: [],
  });
  bench.values = { a: 11, b: null };
  await bench.later();
  expect((await rules()).rules[0]).toMatchObject({
    state: 'pending',
    health: 'ok',
    lastEvaluation: new Date(bench.now).toISOString(),
    alerts: [
      {
        labels: { alertname: 'High', grafana_folder: 'KPI', kpi: 'a', severity: 'critical' },
        annotations: { summary: 'a is 11', link: 'http://kpi/d/kpi-detail?var-kpi=a' },
        state: 'Pending',
        activeAt: new Date(bench.now).toISOString(),
        value: '11',
      },
      { state: 'Normal (NoData, KeepLast)', value: '' },
    ],
  });
  expect(await get('/api/alertmanager/grafana/api/v2/alerts')).toEqual([]);
  await bench.later(20);
  const [alert] = await get<ActiveAlert[]>('/api/alertmanager/grafana/api/v2/alerts');
  expect(alert).toMatchObject({ startsAt: new Date(bench.now).toISOString(), status: { state: 'active' } });
  bench.values = 'away';
  await bench.later();
  expect((await rules()).rules[0]).toMatchObject({
    health: 'error',
    lastError: 'STORE_UNREACHABLE: the store is gone',
  });
  expect(await get('/api/alerting')).toMatchObject({ firing: 1, pending: 0, problems: [] });
  await app.close();
});

it('groups are evaluated at whole multiples of their interval', async () => {
  bench = await openBench({});
  expect(nextTick({ interval: 60_000 }, 120_000)).toBe(180_000);
  expect(nextTick({ interval: 60_000 }, 179_999)).toBe(180_000);
});
