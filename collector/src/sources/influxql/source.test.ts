/** Against a real InfluxDB. */
import { createServer as createHttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';

import type { InfluxqlSource } from '@kpi-monitor/model/catalogue/source-schema';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';
import type { Grain } from '@kpi-monitor/model/time/grain';

import { type RunningInfluxd, startInfluxd } from '../../../../store/test/influxd';
import { need } from '../../../../tests/support/need';
import { kpiFrom } from '../../../test/catalogue';
import { readAll } from '../../../test/read-all';

import { createInfluxqlSource } from './source';

const program = need('influxd', 'the InfluxQL source');
const calendar = createCalendar({ zone: 'America/New_York' });
const WHERE = 'where time >= :from and time < :to';

const sourceOf = (url: string, more: Partial<InfluxqlSource>, grain: Grain = 'day') => {
  const kpi = kpiFrom(`kind: flow\nsource: { kind: influxql, url: "${url}", database: shop, query: x }`);
  const config = { ...(kpi.source as InfluxqlSource), ...more };
  return createInfluxqlSource(config, { grain, calendar, resolve: (text) => text });
};

(program ? describe : describe.skip)('InfluxDB', () => {
  let influxd: RunningInfluxd;
  beforeAll(async () => {
    influxd = await startInfluxd(program!);
    await fetch(`${influxd.url}/query`, { method: 'POST', body: new URLSearchParams({ q: 'create database shop' }) });
    const at = (iso: string) => Date.parse(iso);
    const lines = [
      `orders,region=West net=1,n=1 ${at('2026-03-07T04:59:59Z')}`,
      `orders,region=West net=10.25,n=1 ${at('2026-03-07T05:00:00Z')}`,
      `orders,region=West net=20,n=2 ${at('2026-03-07T15:00:00Z')}`,
      `orders,region=East net=40,n=3 ${at('2026-03-09T03:59:59Z')}`,
      `orders,region=East net=80,n=4 ${at('2026-03-10T04:00:00Z')}`,
    ];
    const written = await fetch(`${influxd.url}/write?db=shop&precision=ms`, {
      method: 'POST',
      body: lines.join('\n'),
    });
    expect(written.status).toBe(204);
  });
  afterAll(() => influxd?.stop());
  const window = { from: civil(2026, 3, 7), to: civil(2026, 3, 10) };
  const read = async (query: string, more: Partial<InfluxqlSource> = {}, grain: Grain = 'day', within = window) =>
    (await readAll(sourceOf(influxd.url, { query, ...more }, grain), within)).map(({ period, value, weight, dims }) => [
      new Date(period as number).toISOString(),
      ...[value, weight, dims],
    ]);

  test.each([
    ['asked once for each day', `select sum(net) as value, sum(n) as weight from orders ${WHERE} group by region`],
    [
      'in steps of the business zone',
      `select sum(net) as value, sum(n) as weight from orders ${WHERE} group by time(1d), region tz('America/New_York')`,
    ],
  ])('days are those of the business, also when clocks change: %s', async (_, query) => {
    expect((await read(query)).sort()).toEqual([
      ['2026-03-07T05:00:00.000Z', 30.25, 3, { region: 'West' }],
      ['2026-03-08T05:00:00.000Z', 40, 3, { region: 'East' }],
    ]);
  });

  test('months are asked for one by one, and tags mapped', async () => {
    const months = { from: civil(2026, 2, 1), to: civil(2026, 5, 1) };
    const query = `select sum(net) as value from "orders" ${WHERE} group by region`;
    expect(await read(query, { dimensions: { area: 'region' } }, 'month', months)).toEqual([
      ['2026-03-01T05:00:00.000Z', 120, undefined, { area: 'East' }],
      ['2026-03-01T05:00:00.000Z', 31.25, undefined, { area: 'West' }],
    ]);
  });

  test.each([
    [`select sum(net) from orders ${WHERE}`, 'shop', 'SOURCE_FORMAT', /selects sum but no `value`/],
    [`select sum(net) as value orders ${WHERE}`, 'shop', 'SOURCE_REFUSED', /error parsing query/],
    [`select sum(net) as value from orders ${WHERE}`, 'away', 'SOURCE_REFUSED', /database not found: away/],
  ])('%s on %s is answered with what is wrong', async (query, database, code, message) => {
    await expect(read(query, { database })).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
  });
});

test.each([
  [`drop measurement orders`, /one SELECT/],
  [`select net as value into copies from orders ${WHERE}`, /without INTO/],
  [`select net as value from orders ${WHERE}; drop database shop`, /one SELECT/],
  ['select net as value from orders where time > :from', /no `:to`/],
  [`select sum(net) as value from orders ${WHERE} group by time(1d)`, /end the query with tz\('America\/New_York'\)/],
])('%s is refused before anybody is asked', (query, message) => {
  expect(() => sourceOf('http://127.0.0.1:1', { query })).toThrow(message);
});

test('texts that look like more are texts', () => {
  const query = `select net as value from orders ${WHERE} and note = '; into :from' -- :to`;
  expect(() => sourceOf('http://127.0.0.1:1', { query })).not.toThrow();
});

test('a token is sent as InfluxDB 2 wants it', async () => {
  const sent: Array<string | undefined> = [];
  const server = createHttpServer(({ headers: { authorization } }, response) => {
    sent.push(authorization);
    response.end('{"results":[{}]}');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const query = `select sum(net) as value from orders ${WHERE} group by time(1d) tz('America/New_York')`;
  await readAll(sourceOf(url, { query, auth: { kind: 'bearer', token: 's3cret' } }), {
    from: civil(2026, 3, 7),
    to: civil(2026, 3, 8),
  });
  await new Promise((resolve) => server.close(resolve));
  expect(sent).toEqual(['Token s3cret']);
});
