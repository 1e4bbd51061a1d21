/** Back-tests over HTTP, on the company that sells little in February 2026. */
import type { BacktestRun } from '@kpi-monitor/model/query/backtest-answer';
import type { StatusRow } from '@kpi-monitor/model/query/frames';

import { ask, fieldOf, rowsOf } from '../../test/ask';
import { type Example, NOW, openExample } from '../../test/company';
import { LOCAL } from '../http/access';
import { createServer, type Server } from '../http/server';

let example: Example;
let server: Server;
let time: number;
beforeEach(async () => {
  time = NOW;
  example = await openExample({ clock: () => time });
  server = await createServer({
    engine: example.engine,
    version: '1',
    tokens: null,
    port: 0,
    log: { level: 'silent' },
  });
});
afterEach(async () => {
  await server.close();
  await example.close();
});

const HOUR = 3_600_000;
/** Midnight of a day in Berlin, in winter. */
const berlin = (day: string) => Date.parse(`${day}T00:00:00+01:00`);

const critical = `
uid: critical
title: KPI critical
condition: B
for: 1h
noDataState: KeepLast
labels: { severity: critical }
data:
  - { refId: A, datasourceUid: kpi, relativeTimeRange: { from: 600 }, model: { type: status, format: numeric, select: {} } }
  - refId: B
    datasourceUid: __expr__
    model: { type: threshold, expression: A, conditions: [{ evaluator: { type: gt, params: [1.5] } }] }
  - { refId: C, datasourceUid: kpi, relativeTimeRange: { from: 600 }, model: { type: alertContext, format: numeric } }
`;

async function post(payload: object) {
  const response = await server.app.inject({ method: 'POST', url: '/api/alerts/backtest', payload });
  return { status: response.statusCode, body: response.json() as BacktestRun & { code?: string; message?: string } };
}

async function done(payload: object) {
  let { body } = await post(payload);
  while (body.state === 'running') {
    body = (await server.app.inject(`/api/alerts/backtest/${body.id}`)).json();
  }
  if (!body.answer) {
    throw new Error(JSON.stringify(body));
  }
  return body.answer;
}

const range = { from: '2025-12-01', to: 'now' };

it('finds when a rule would have fired, after its wait, for whom and how often', async () => {
  const answer = await done({ rule: critical, ...range });
  const fired = berlin('2026-03-01') + HOUR;
  expect(answer.instances.map(({ kpi, name, firings }) => [kpi, name, firings.length, firings[0]!.from])).toEqual([
    ['revenue', 'Revenue', 1, fired],
    ['margin', 'Profit margin', 1, fired],
  ]);
  expect(answer).toMatchObject({
    rule: { uid: 'critical', title: 'KPI critical', severity: 'critical', type: 'status' },
    looked: 4,
    total: { firings: 2, brief: 0, messages: 2 },
    text: expect.stringMatching(/^it would have fired 2 times for 2 of 4 instances; 2 messages, 0\.13 a week$/),
  });
  expect(answer.instances[0]!.firings[0]).toMatchObject({ to: null, durationText: '17 days' });
  // Not each minute: 108 midnights, month-ends among them, and the mornings on which values were due.
  expect(answer.evaluations).toBeLessThan(130);
  expect(answer.notes.join()).toMatch(/final data, which is optimistic.*not each minute/);
});

it('counts what is over within one period, and what it tells', async () => {
  time = Date.UTC(2026, 3, 20);
  const days = Array.from({ length: 14 }, (_, i) => Date.UTC(2026, 2, 18 + i));
  await example.store.write(
    days.flatMap((day) =>
      ['West', 'East'].map((region) => ({ kpi: 'revenue', v: 1, dims: { region }, time: day, value: 500 }))
    )
  );
  const { total, instances } = await done({ rule: critical, ...range, kpis: ['revenue'] });
  expect(instances[0]!.firings).toEqual([
    expect.objectContaining({
      from: berlin('2026-03-01') + HOUR,
      to: Date.parse('2026-04-01T00:00:00+02:00'),
      isBrief: true,
    }),
  ]);
  expect(total).toMatchObject({ firings: 1, brief: 1, messages: 2 });
});

it('knows thresholds as they were in force and known: one history, one status everywhere', async () => {
  const put = {
    thresholds: { as: 'absolute' as const, warning: 2200, critical: 2000 },
    from: '2026-02-01',
    reason: 'slow',
  };
  time = berlin('2026-03-10');
  await example.engine.judgement.set('revenue', put, LOCAL, 0);
  time = NOW;
  const { instances } = await done({ rule: critical, ...range, kpis: ['revenue'] });
  expect(instances[0]!.firings).toEqual([
    // Until 10 March nobody had said that it is no alert.
    expect.objectContaining({ from: berlin('2026-03-01') + HOUR, to: berlin('2026-03-10') }),
  ]);
  const firing = (at: number) => instances[0]!.firings.some(({ from, to }) => from <= at && (to === null || at < to));
  for (const at of ['2026-02-27', '2026-03-02', '2026-03-09', '2026-03-11', '2026-03-17'].map(berlin)) {
    const asOf = { from: '2025-12-01', to: new Date(at + HOUR).toISOString() };
    const select = { kpis: ['revenue'] };
    // What a panel shows, what `kpi list` prints, what an alert rule gets, and what the back-test found.
    const [table] = await ask(example.engine, { type: 'status', select, format: 'table' }, asOf);
    const [history] = await ask(example.engine, { type: 'statusHistory', select }, asOf);
    const [number] = await ask(example.engine, { type: 'status', select, format: 'numeric' }, asOf);
    const { level, period } = rowsOf<StatusRow>(table!)[0]!;
    expect(fieldOf(history!, 'level').values[fieldOf(history!, 'time').values.indexOf(period)]).toBe(level);
    expect(number!.data.values[0]![0]).toBe(level);
    expect([at, firing(at + HOUR)]).toEqual([at, level! >= 2]);
  }
});

it('takes one rule of a file by its uid', async () => {
  const rules = [critical, critical.replace('uid: critical', 'uid: other').replace('[1.5]', '[5]')].map((text) =>
    text
      .trim()
      .split('\n')
      .map((line, i) => `${i === 0 ? '      - ' : '        '}${line}`)
      .join('\n')
  );
  const file = `apiVersion: 1\ngroups:\n  - name: g\n    folder: f\n    interval: 1m\n    rules:\n${rules.join('\n')}\n`;
  expect((await post({ rule: file, ...range })).body).toMatchObject({ code: 'REQUEST_INVALID' });
  expect((await done({ rule: file, uid: 'other', ...range })).total).toMatchObject({ firings: 0, messages: 0 });
});

it.each([
  ['a rule that is none', { rule: 'uid: x' }, 400, 'ALERT_RULE_FORM'],
  ['a misspelled field', { rule: critical.replace('for:', 'fro:') }, 400, 'ALERT_RULE_FORM'],
  ['neither rule nor uid', {}, 400, 'REQUEST_INVALID'],
  ['an unknown uid', { uid: 'nothing' }, 400, 'REQUEST_INVALID'],
])('refuses %s', async (_, payload, status, code) => {
  expect(await post({ ...range, ...payload })).toMatchObject({ status, body: { code } });
});

it.each([
  ['an unknown KPI', { kpis: ['revenu'] }, 'KPI_UNKNOWN'],
  ['a range that is turned', { from: 'now', to: '2025-01-01' }, 'QUERY_RANGE'],
  ['a range that is too long', { from: '1990-01-01' }, 'QUERY_TOO_LARGE'],
])('fails for %s', async (_, payload, code) => {
  expect((await post({ rule: critical, ...range, ...payload })).body).toMatchObject({
    state: 'failed',
    error: { code },
  });
});

it('is stopped when it is told so', async () => {
  const starting = server.app.inject({
    method: 'POST',
    url: '/api/alerts/backtest',
    payload: { rule: critical, from: '2024-01-01', to: 'now' },
  });
  const { id } = (await starting).json() as BacktestRun;
  const stopped = (
    await server.app.inject({ method: 'DELETE', url: `/api/alerts/backtest/${id}` })
  ).json() as BacktestRun;
  expect(['stopped', 'done']).toContain(stopped.state);
  const { state } = (await server.app.inject(`/api/alerts/backtest/${id}`)).json() as BacktestRun;
  expect(state).toBe(stopped.state);
  expect((await server.app.inject('/api/alerts/backtest/nothing')).statusCode).toBe(404);
});

it('lists the provisioned rules that can be run by their uid', async () => {
  const response = await server.app.inject('/api/alerts/rules');
  expect([response.statusCode, response.json()]).toEqual([200, { rules: [] }]);
});
