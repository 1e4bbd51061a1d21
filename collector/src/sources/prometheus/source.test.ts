/** Against a real Prometheus, and a stand-in for what a real one seldom says. */
import { createServer, type Server } from 'node:http';

import type { PrometheusSource } from '@kpi-monitor/model/catalogue/source-schema';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';

import { need } from '../../../../tests/support/need';
import { kpiFrom } from '../../../test/catalogue';
import { type Prometheus, startPrometheus } from '../../../test/prometheus';
import { readAll } from '../../../test/read-all';

import { createPrometheusSource } from './source';

const program = need('prometheus', 'the Prometheus source');
const calendar = createCalendar({ zone: 'Europe/Berlin' });
const NOW = Date.UTC(2025, 9, 27, 11);

const sourceOf = (url: string, more: Partial<PrometheusSource>, grain: 'day' | 'hour' = 'day') => {
  const kpi = kpiFrom(`kind: flow\nsource: { kind: prometheus, url: "${url}", query: x }`);
  const config = { ...(kpi.source as PrometheusSource), ...more };
  const resolve = (text: string) => text.replace('${env:TOKEN}', 'open-sesame');
  return createPrometheusSource(config, { grain, calendar, clock: () => NOW, resolve });
};

(program ? describe : describe.skip)('Prometheus', () => {
  let prometheus: Prometheus;
  beforeAll(async () => {
    prometheus = await startPrometheus(program!, samples());
  });
  afterAll(() => prometheus?.stop());
  const days = { from: civil(2025, 10, 25), to: civil(2025, 10, 28) };
  const rounded = async (query: string, more: Partial<PrometheusSource> = {}) =>
    (await readAll(sourceOf(prometheus.url, { query, ...more }), days)).map(({ period, value, dims }) => [
      period,
      Math.round(Number(value)),
      dims,
    ]);

  test('what a counter counts in a day of the business zone, also in one of 25 hours and in the running one', async () => {
    expect(await rounded('sum by (region) (increase(orders_total[$period]))')).toEqual([
      ['2025-10-25', 1440, { region: 'East' }],
      ['2025-10-25', 2880, { region: 'West' }],
      ['2025-10-26', 1500, { region: 'East' }],
      ['2025-10-26', 3000, { region: 'West' }],
      ['2025-10-27', 720, { region: 'East' }],
      ['2025-10-27', 1440, { region: 'West' }],
    ]);
  });

  test('labels are mapped to dimensions, and a gauge is what it was at the end of the period', async () => {
    const query = 'sum by (region) (orders_total)';
    const mapped = await rounded(query, { dimensions: { area: 'region' } });
    expect(mapped[0]).toEqual(['2025-10-25', 1439, { area: 'East' }]);
    expect(await rounded('sum(orders_total)')).toMatchObject([
      ['2025-10-25', 3 * 1439, {}],
      ['2025-10-26', 3 * 2939, {}],
      ['2025-10-27', 3 * 3660, {}],
    ]);
  });

  test('hours are instants', async () => {
    const source = sourceOf(prometheus.url, { query: 'sum(increase(orders_total[$period]))' }, 'hour');
    const from = Date.UTC(2025, 9, 26, 0);
    const records = await readAll(source, { from, to: from + 2 * 3_600_000 });
    expect(records.map(({ period, value }) => [period, Math.round(Number(value))])).toEqual([
      [from, 180],
      [from + 3_600_000, 180],
    ]);
  });

  test('NaN is no value, infinity one that is refused later', async () => {
    expect(await rounded('sum(orders_total) * 0 / 0')).toEqual([]);
    const [infinite] = await readAll(sourceOf(prometheus.url, { query: 'sum(orders_total) / 0' }), days);
    expect(infinite!.value).toBe('+Inf');
  });

  test.each([
    ['sum by (region', 'SOURCE_REFUSED', /answered 400: .*parse error/],
    ['orders_total or up', 'SOURCE_FORMAT', /more than one series; put them together, e.g. by `sum \(…\)`/],
  ])('%s is answered with what is wrong', async (query, code, message) => {
    const source = sourceOf(prometheus.url, { query, dimensions: {} });
    await expect(readAll(source, days)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

describe('a server that misbehaves', () => {
  let server: Server;
  let answer: { status: number; body: string };
  let asked: Array<{ url: string; authorization?: string }>;
  const url = () => `http://127.0.0.1:${(server.address() as { port: number }).port}`;
  beforeAll(async () => {
    server = createServer((request, response) => {
      asked.push({ url: request.url!, authorization: request.headers.authorization });
      response.writeHead(answer.status, { 'content-type': 'application/json' }).end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  });
  beforeEach(() => (asked = []));
  afterAll(() => server.close());
  const day = { from: civil(2025, 10, 20), to: civil(2025, 10, 21) };

  test.each([
    [
      200,
      '{"status":"success","warnings":["store-3 timed out"],"data":{"resultType":"matrix","result":[]}}',
      'SOURCE_FORMAT',
      /may lack something: store-3 timed out/,
    ],
    [200, '{"pages": []}', 'SOURCE_FORMAT', /does not answer as Prometheus does/],
    [200, '<html>', 'SOURCE_FORMAT', /not JSON/],
    [401, 'token open-sesame is void', 'SOURCE_REFUSED', /401; check `auth`/],
    [
      422,
      '{"status":"error","error":"token open-sesame: too many samples"}',
      'SOURCE_REFUSED',
      /422: token \*\*\*: too many/,
    ],
  ])('%d %s', async (status, body, code, message) => {
    answer = { status, body };
    const source = sourceOf(url(), { auth: { kind: 'bearer', token: '${env:TOKEN}' } });
    await expect(readAll(source, day)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
    expect(asked[0]!.authorization).toBe('Bearer open-sesame');
  });

  test('one that is away is unreachable', async () => {
    await expect(readAll(sourceOf('http://127.0.0.1:1', {}), day)).rejects.toMatchObject({
      code: 'SOURCE_UNREACHABLE',
    });
  });
});

/** From midnight in Berlin on the 25th: one order a minute in the East and two in the West. */
function samples(): string {
  const start = Date.UTC(2025, 9, 24, 22) / 1000;
  const lines = ['# TYPE orders counter'];
  for (const [region, each] of [
    ['East', 1],
    ['West', 2],
  ] as const) {
    for (let minute = 0; minute <= 3 * 24 * 60; minute++) {
      lines.push(`orders_total{region="${region}"} ${minute * each} ${start + minute * 60}`);
    }
  }
  return `${lines.join('\n')}\n`;
}
