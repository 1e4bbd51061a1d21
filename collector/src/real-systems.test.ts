/** PostgreSQL and a web server on one side, InfluxDB on the other, all of them real. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { openStore } from '@kpi-monitor/store/open-store';
import type { Store } from '@kpi-monitor/store/store';

import { type RunningInfluxd, startInfluxd } from '../../store/test/influxd';
import { need } from '../../tests/support/need';
import { until } from '../../tests/support/until';
import { catalogueFrom } from '../test/catalogue';
import { type Postgres, startPostgres } from '../test/postgres';

import { type Collector, createCollector } from './collector';
import { createDeadLetters } from './dead-letters';

const postgresProgram = need('postgres', 'collecting from PostgreSQL into InfluxDB');
const influxProgram = need('influxd', 'collecting from PostgreSQL into InfluxDB');
const calendar = createCalendar({ zone: 'Europe/Berlin' });
const NOON = Date.UTC(2026, 5, 17, 10);

const CATALOGUE = catalogueFrom({
  orders: `kind: flow
dimensions: [region]
source:
  kind: sql
  connection: erp
  every: 50ms
  jitter: 0ms
  reread: 30d
  missing: zero
  expected_by: period_end 06:00
  query: >
    select placed::date as period, region, sum(net) as value from orders
    where placed >= :from and placed < :to group by 1, 2
`,
  visits: `kind: flow
source:
  kind: http
  url: '\${env:SHOP_URL}/visits?from={from}&to={to}'
  headers: { Authorization: 'Bearer \${env:SHOP_TOKEN}' }
  map: 'days.{ "period": date, "value": visits }'
  every: 50ms
  jitter: 0ms
`,
});

(postgresProgram && influxProgram ? describe : describe.skip)('from PostgreSQL and HTTP into InfluxDB', () => {
  const folder = mkdtempSync(join(tmpdir(), 'kpi-real-'));
  let postgres: Postgres;
  let influxd: RunningInfluxd;
  let shop: Server;
  let store: Store;
  let collector: Collector;

  beforeAll(async () => {
    [postgres, influxd] = await Promise.all([startPostgres(postgresProgram!), startInfluxd(influxProgram!)]);
    shop = createServer((request, response) => {
      const isKnown = request.headers.authorization === 'Bearer open-sesame';
      response.writeHead(isKnown ? 200 : 401).end('{"days": [{"date": "2026-06-16", "visits": 321}]}');
    });
    await new Promise<void>((resolve) => shop.listen(0, '127.0.0.1', resolve));
    await postgres.run(`
      create table orders (placed timestamptz, region text, net numeric);
      insert into orders values
        ('2026-06-14 21:59:59+00', 'West', 1), ('2026-06-14 22:00:00+00', 'West', 2),
        ('2026-06-15 12:00:00+00', 'West', 4), ('2026-06-16 12:00:00+00', 'East', 8), ('2026-06-17 08:00:00+00', 'East', 16);
    `);
    store = await openStore(
      { kind: 'influxdb', url: influxd.url, token: '', bucket: 'kpi', metaBucket: 'kpi_meta' },
      { zone: calendar.zone, createdBy: 'test' }
    );
    const secrets: Record<string, string> = {
      SHOP_URL: `http://127.0.0.1:${(shop.address() as { port: number }).port}`,
      SHOP_TOKEN: 'open-sesame',
      ERP_URL: postgres.url,
    };
    collector = createCollector({
      catalogue: CATALOGUE,
      calendar,
      store,
      catalogueFolder: folder,
      connections: () => ({ erp: { kind: 'postgres', url: '${env:ERP_URL}' } }),
      deadLetters: createDeadLetters(join(folder, 'dead.jsonl')),
      clock: () => NOON,
      resolve: (text) => text.replace(/\$\{env:(\w+)\}/g, (_, name: string) => secrets[name]!),
    });
  });

  afterAll(async () => {
    await collector?.stop();
    await store?.close();
    shop?.closeAllConnections();
    shop?.close();
    await Promise.all([postgres?.stop(), influxd?.stop()]);
    rmSync(folder, { recursive: true });
  });

  async function stored(kpi: string) {
    const series = await store.read({ series: [{ kpi, v: 1 }], from: -8.64e15, to: 8.64e15 });
    return Object.fromEntries(
      series.map(({ dims, times, values }) => [
        dims.region ?? '',
        Object.fromEntries(times.map((time, i) => [new Date(time).toISOString().slice(5, 10), values[i]])),
      ])
    );
  }

  test('days are those of the business, and quiet regions have their zeros', async () => {
    const reports = await collector.runOnce();
    expect(reports.map(({ error }) => error)).toEqual([null, null]);
    expect(await stored('orders')).toEqual({
      West: { '06-14': 1, '06-15': 6, '06-16': 0 },
      East: { '06-16': 8, '06-17': 16 },
    });
    expect(await stored('visits')).toEqual({ '': { '06-16': 321 } });
  });

  test('a database that went down is waited for, and what was booked meanwhile arrives', async () => {
    collector.start();
    await postgres.kill();
    const orders = () => collector.status().find(({ kpi }) => kpi === 'orders')!;
    await until('the failure', () => orders().lastError?.code === 'SOURCE_UNREACHABLE');
    expect(orders().lastError!.message).toContain('the database `erp` cannot be reached');
    await postgres.restart();
    await postgres.run("insert into orders values ('2026-06-17 09:00:00+00', 'West', 32)");
    await until('the booking', async () => orders().failures === 0 && (await stored('orders')).West!['06-17'] === 32);
    expect(collector.status().find(({ kpi }) => kpi === 'visits')!.failures).toBe(0);
  });
});
