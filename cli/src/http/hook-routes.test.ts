/** Events over HTTP: whose are taken, how often, and what becomes of those that are not. */
import { createHmac } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createDeadLetters } from '@kpi-monitor/collector/dead-letters';
import type { JournalEntry } from '@kpi-monitor/collector/journal/entry';
import { SILENT } from '@kpi-monitor/collector/log';
import { createHooks } from '@kpi-monitor/collector/push/hooks';
import { createReceiver } from '@kpi-monitor/collector/push/receive';
import { MOST_RECORDS } from '@kpi-monitor/collector/push/records';
import { loadCatalogue } from '@kpi-monitor/model/catalogue/load';
import { KpiError } from '@kpi-monitor/model/errors';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import fastify, { type FastifyInstance } from 'fastify';

import { hookRoutes, MOST_EVENT_BYTES } from './hook-routes';

const SECRET = 'a-secret-of-the-shop';
const PER_MINUTE = 8;
const NOW = Date.UTC(2026, 5, 17, 16);
let folder: string;
let app: FastifyInstance;
let kept: JournalEntry[];
let failure: KpiError | null;

const file = (id: string, source: string) => ({
  path: `kpis/${id}.yaml`,
  text: `id: ${id}\nname: ${id}\nrole: measure\nkind: flow\ndimensions: [region]\nvalid: { min: 0 }\n${source}`,
});
const signature = `signature: { header: X-Sign, prefix: "sha256=", secret: "\${env:SECRET}", id_header: X-Id }`;
const { catalogue, problems } = loadCatalogue([
  file(
    'orders',
    `source: { kind: webhook, hook: shop, ${signature}, map: "type = 'day' ? days.{ 'period': day, 'value': n, 'region': at }" }`
  ),
  file(
    'sales',
    `source: { kind: webhook, hook: shop, ${signature}, map: "total.{ 'period': $substring($received, 0, 10), 'value': sum }" }`
  ),
  file('broken', `source: { kind: webhook, ${signature}, map: "{ 'period': day, 'value': $number(n) }" }`),
  file('many', `source: { kind: webhook, ${signature}, map: all }`),
  file('pushed', 'source: { kind: push }'),
]);

async function start(): Promise<FastifyInstance> {
  const receiver = createReceiver({
    catalogue: () => catalogue!,
    calendar: createCalendar({ zone: 'America/New_York' }),
    sink: {
      async keep(entry) {
        if (failure) {
          throw failure;
        }
        kept.push(entry);
      },
      put: () => Promise.reject(new Error('an event does not wait for the store')),
    },
    deadLetters: createDeadLetters(join(folder, 'dead.jsonl')),
    log: SILENT,
    clock: () => NOW,
  });
  const resolve = (text: string) => text.replace('${env:SECRET}', SECRET);
  const hooks = createHooks({
    catalogue: () => catalogue!,
    receiver,
    resolve,
    clock: () => NOW,
    folder: join(folder, 'hooks'),
  });
  const server = fastify();
  await server.register(hookRoutes, { hooks, perMinute: PER_MINUTE });
  return server;
}

beforeEach(async () => {
  expect(problems).toEqual([]);
  folder = mkdtempSync(join(tmpdir(), 'kpi-hooks-'));
  kept = [];
  failure = null;
  app = await start();
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const sign = (body: string | Buffer) => `sha256=${createHmac('sha256', SECRET).update(body).digest('hex')}`;
const post = (event: object | string | Buffer, headers: Record<string, string> = {}, hook = 'shop') => {
  const payload = typeof event === 'string' || Buffer.isBuffer(event) ? event : JSON.stringify(event);
  const sent = { 'content-type': 'application/json', 'x-sign': sign(payload), 'x-id': '1', ...headers };
  return app.inject({ method: 'POST', url: `/api/hooks/${hook}`, payload, headers: sent });
};
const DAY = { type: 'day', days: [{ day: '2026-06-16', n: 12, at: 'West' }], total: { sum: 99 } };
const deadLetters = () => {
  const path = join(folder, 'dead.jsonl');
  return existsSync(path) ? readFileSync(path, 'utf8').trim().split('\n') : [];
};

test('an event becomes what the KPIs of its address make of it, in one entry on the disk', async () => {
  const answer = await post(DAY);
  expect([answer.statusCode, answer.json()]).toEqual([200, { accepted: 2, rejected: [], repeated: false }]);
  expect(kept).toMatchObject([
    {
      kind: 'points',
      points: [
        { kpi: 'orders', dims: { region: 'West' }, time: Date.UTC(2026, 5, 16), value: 12 },
        { kpi: 'sales', dims: { region: '(none)' }, time: Date.UTC(2026, 5, 17), value: 99 },
      ],
    },
  ]);
});

test('an event that comes again changes nothing, not even after a restart or under another name', async () => {
  await post(DAY);
  await app.close();
  app = await start();
  expect((await post({ ...DAY, total: { sum: 5 } })).json()).toMatchObject({ accepted: 0, repeated: true });
  expect((await post(DAY, { 'x-id': '2' })).json()).toMatchObject({ accepted: 0, repeated: true });
  expect(kept).toHaveLength(1);
  expect((await post({ ...DAY, total: { sum: 5 } }, { 'x-id': '3' })).json()).toMatchObject({ accepted: 2 });
});

test('an event about something else is fine', async () => {
  const answer = await post({ type: 'ping' });
  expect([answer.statusCode, answer.json().accepted]).toEqual([200, 0]);
  expect(kept).toEqual([]);
});

test.each([
  ['unsigned', { 'x-sign': '' }],
  ['signed elsewhere', { 'x-sign': 'md5=1' }],
  ['signed by somebody else', { 'x-sign': `sha256=${'0'.repeat(64)}` }],
])('an event that is %s is refused, and leaves nothing behind', async (_, headers) => {
  const answer = await post(DAY, headers as Record<string, string>);
  expect([answer.statusCode, answer.json().code]).toEqual([401, 'HOOK_SIGNATURE']);
  expect([kept, deadLetters()]).toEqual([[], []]);
});

test('a stranger is sent away before the body is read', async () => {
  const payload = Buffer.alloc(MOST_EVENT_BYTES + 1);
  expect((await app.inject({ method: 'POST', url: '/api/hooks/shop', payload })).statusCode).toBe(401);
});

test.each(['nothing', 'pushed', 'orders', '..%2Fetc', '__proto__'])('no event is taken at %s', async (hook) => {
  const answer = await post(DAY, {}, hook);
  expect([answer.statusCode, answer.json().code]).toEqual([404, 'HOOK_UNKNOWN']);
});

test('what a mapping cannot read, or the catalogue does not allow, is listed, and may be sent again', async () => {
  const broken = await post({ day: '2026-06-16', n: 'twelve' }, {}, 'broken');
  expect([broken.statusCode, broken.json().rejected]).toMatchObject([
    422,
    [{ code: 'RECORD_FORM', kpi: 'broken', message: expect.stringContaining('twelve') }],
  ]);
  const partly = await post({ ...DAY, total: { sum: -1 } }, { 'x-id': '2' });
  expect([partly.statusCode, partly.json()]).toMatchObject([
    207,
    { accepted: 1, rejected: [{ code: 'RECORD_RANGE' }] },
  ]);
  expect(deadLetters()).toHaveLength(2);
  expect((await post({ ...DAY, total: { sum: -1 } }, { 'x-id': '2' })).json()).toMatchObject({ repeated: false });
});

test('what cannot be kept is not acknowledged, and is taken later', async () => {
  failure = new KpiError('JOURNAL_FULL', 'full');
  const answer = await post(DAY);
  expect([answer.statusCode, answer.headers['retry-after']]).toEqual([507, '30']);
  failure = null;
  expect((await post(DAY)).json()).toMatchObject({ accepted: 2, repeated: false });
});

test.each([
  ['no JSON', 'type=day', {}],
  ['no text', Buffer.from([0x22, 0xff, 0x22]), {}],
  ['packed', '{}', { 'content-encoding': 'gzip' }],
])('an event that is %s is refused', async (_, body, headers) => {
  const answer = await post(body, headers as Record<string, string>);
  expect([answer.statusCode, answer.json().code]).toEqual([400, 'REQUEST_INVALID']);
});

test('who posts too often is told to wait, and keeps nobody else away', async () => {
  const codes: number[] = [];
  for (let i = 0; i < PER_MINUTE; i++) {
    codes.push((await post({ type: 'ping', i }, { 'x-id': `${i}`, 'x-sign': 'sha256=00' })).statusCode);
  }
  expect(codes).toEqual(Array(PER_MINUTE).fill(401));
  const late = await post(DAY);
  expect([late.statusCode, late.json()]).toMatchObject([
    429,
    {
      code: 'ACCESS_RATE',
      message: expect.stringMatching(/^`127.0.0.1 at shop` has sent 8 requests within a minute; wait/),
    },
  ]);
  expect(Number(late.headers['retry-after'])).toBeGreaterThan(0);
  expect((await post({ day: '2026-06-16', n: 1 }, {}, 'broken')).statusCode).toBe(200);
  const elsewhere = { payload: JSON.stringify(DAY), headers: { 'x-sign': sign(JSON.stringify(DAY)), 'x-id': '1' } };
  const other = await app.inject({ method: 'POST', url: '/api/hooks/shop', remoteAddress: '192.0.2.7', ...elsewhere });
  expect(other.statusCode).toBe(200);
});

test('an event of more records than a push may have is refused as a whole', async () => {
  const answer = await post({ all: Array(MOST_RECORDS + 1).fill({}) }, {}, 'many');
  expect([answer.statusCode, answer.json()]).toMatchObject([
    413,
    { code: 'QUERY_TOO_LARGE', message: expect.stringMatching(/^an event holds more than/) },
  ]);
  expect(deadLetters()).toEqual([]);
});

test('an event that is too large is refused', async () => {
  const answer = await post(JSON.stringify('x'.repeat(MOST_EVENT_BYTES)));
  expect(answer.statusCode).toBe(413);
});
