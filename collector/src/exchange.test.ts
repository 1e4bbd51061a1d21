/** A collector that goes over to another catalogue while it reads, and several that share one. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { createDuckdbStore } from '@kpi-monitor/store/duckdb/duckdb-store';
import type { Store } from '@kpi-monitor/store/store';

import { pause, until as cameAbout } from '../../tests/support/until';
import { catalogueFrom } from '../test/catalogue';

import { type Collector, type CollectorOptions, createCollector } from './collector';
import { createDeadLetters } from './dead-letters';
import { shardOf } from './shard';

const calendar = createCalendar({ zone: 'Europe/Berlin' });
const folder = mkdtempSync(join(tmpdir(), 'kpi-exchange-'));
let store: Store;
let server: Server;
let url: string;
let collectors: Collector[];
/** path to how often it was asked, and how many of its requests are open or were given up */
const asked = new Map<string, number>();
let givenUp: string[];

beforeEach(async () => {
  asked.clear();
  givenUp = [];
  collectors = [];
  store = createDuckdbStore({ path: ':memory:' });
  await store.open({ zone: calendar.zone, createdBy: 'test' });
  server = createServer((request, response) => {
    const path = request.url!.slice(1);
    asked.set(path, (asked.get(path) ?? 0) + 1);
    if (path.startsWith('hangs')) {
      response.once('close', () => givenUp.push(path));
    } else {
      response.end('[{"period": "2026-06-16", "value": 7}]');
    }
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterEach(async () => {
  await Promise.all(collectors.map((collector) => collector.stop()));
  server.closeAllConnections();
  server.close();
  await store.close();
});
afterAll(() => rmSync(folder, { recursive: true }));

const kpi = (path: string, every = '1h') =>
  `kind: flow\nsource: { kind: http, url: '${url}/${path}', map: '$', every: ${every}, jitter: 0ms }\n`;

function collect(catalogue: Catalogue, more: Partial<CollectorOptions> = {}): Collector {
  const collector = createCollector({
    ...{ catalogue, calendar, store, catalogueFolder: folder },
    deadLetters: createDeadLetters(join(folder, 'dead.jsonl')),
    clock: () => Date.UTC(2026, 5, 17, 10),
    parallel: 50,
    ...more,
  });
  collectors.push(collector);
  return collector;
}

const until = (condition: () => boolean) =>
  cameAbout(() => `asked was ${JSON.stringify([...asked])}; what was waited for`, condition);

test('reads what is new, goes on with what is as it was, and breaks off what was changed or removed', async () => {
  const collector = collect(catalogueFrom({ same: kpi('same'), changed: kpi('hangs-1'), removed: kpi('hangs-2') }));
  collector.start();
  await until(() => asked.has('hangs-1') && asked.has('hangs-2') && collector.status()[0]!.reads === 1);
  const next = catalogueFrom({ same: kpi('same'), changed: kpi('changed', '20ms'), added: kpi('added') });
  expect(collector.exchange(next)).toEqual({ begun: ['changed', 'added'], ended: ['changed', 'removed'] });
  expect(collector.status().map((status) => status.kpi)).toEqual(['same', 'changed', 'added']);
  await until(() => givenUp.length === 2 && asked.has('added') && (asked.get('changed') ?? 0) > 2);
  expect(asked.get('same')).toBe(1);
  expect(collector.status()[0]).toMatchObject({ reads: 1, state: 'idle' });
  expect(() => collector.runOnce(['removed'])).toThrow(expect.objectContaining({ code: 'KPI_UNKNOWN' }));
});

test('a source that cannot work changes nothing', async () => {
  const collector = collect(catalogueFrom({ one: kpi('one', '20ms') }));
  collector.start();
  await until(() => asked.has('one'));
  const broken = catalogueFrom({ two: kpi('two'), one: kpi('one').replace("'$'", "'$['") });
  expect(() => collector.exchange(broken)).toThrow(expect.objectContaining({ code: 'KPI_SOURCE' }));
  const reads = asked.get('one')!;
  await until(() => asked.get('one')! > reads);
  expect(collector.status().map((status) => status.kpi)).toEqual(['one']);
  expect(asked.has('two')).toBe(false);
});

test('exchanged again and again while it reads, it ends still, with one read of a KPI at a time', async () => {
  const collector = collect(catalogueFrom({ one: kpi('hangs-0') }));
  collector.start();
  for (let n = 1; n <= 20; n++) {
    collector.exchange(catalogueFrom({ one: kpi(`hangs-${n}`) }));
    await pause(5);
  }
  // The server hears of the end of a request after the collector has given it up.
  await until(() => asked.has('hangs-20') && asked.size - givenUp.length === 1);
  await collector.stop();
  await until(() => asked.size === givenUp.length);
});

test('of three collectors that share a catalogue each KPI is read by one, also after it was exchanged', async () => {
  const files = (count: number) =>
    catalogueFrom(Object.fromEntries(Array.from({ length: count }, (_, i) => [`kpi_${i}`, kpi(`kpi_${i}`)])));
  const three = [0, 1, 2].map((index) => collect(files(20), { collects: ({ id }) => shardOf(id, 3) === index }));
  await Promise.all(three.map((collector) => collector.runOnce()));
  expect([...asked.values()]).toEqual(Array(20).fill(1));
  three.forEach((collector) => collector.exchange(files(40)));
  const parts = three.map((collector) => collector.status().map((status) => status.kpi));
  expect(parts.flat().sort()).toEqual([...files(40).byId.keys()].sort());
  expect(parts.every((part) => part.length > 5)).toBe(true);
});
