/** Programs that write as Telegraf and InfluxDB's clients do, over real HTTP: packed, in chunks, in every precision. */
import { mkdtempSync, rmSync } from 'node:fs';
import { request } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { createDeadLetters } from '@kpi-monitor/collector/dead-letters';
import type { JournalEntry } from '@kpi-monitor/collector/journal/entry';
import { SILENT } from '@kpi-monitor/collector/log';
import { createReceiver } from '@kpi-monitor/collector/push/receive';
import { MOST_RECORDS } from '@kpi-monitor/collector/push/records';
import { hashToken } from '@kpi-monitor/engine/http/access';
import { loadCatalogue } from '@kpi-monitor/model/catalogue/load';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import fastify, { type FastifyInstance } from 'fastify';

import { MOST_BYTES, pushRoutes } from './push-routes';

const TOKEN = 'a-token-that-may-push';
const TIME = Date.UTC(2026, 5, 16, 14);
let folder: string;
let app: FastifyInstance;
let kept: JournalEntry[];

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kpi-push-'));
  kept = [];
  const text =
    'id: visits\nname: Visits\nrole: measure\nkind: flow\ngrain: hour\ndimensions: [host]\nsource: { kind: push }';
  const { catalogue } = loadCatalogue([{ path: 'kpis/visits.yaml', text }]);
  const receiver = createReceiver({
    catalogue: () => catalogue!,
    calendar: createCalendar(),
    sink: {
      keep: async (entry) => void kept.push(entry),
      put: () => Promise.reject(new Error('a push does not wait for the store')),
    },
    deadLetters: createDeadLetters(join(folder, 'dead.jsonl')),
    log: SILENT,
    clock: () => Date.UTC(2026, 5, 17, 16),
  });
  app = fastify();
  await app.register(pushRoutes, {
    receiver,
    tokens: () => [{ name: 'telegraf', sha256: hashToken(TOKEN), scopes: ['push'] }],
  });
  await app.listen({ port: 0, host: '127.0.0.1' });
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

/** In chunks, as a program sends that does not know the length before. */
function send(path: string, body: Buffer | string, headers: Record<string, string>) {
  const { port } = app.server.address() as AddressInfo;
  return new Promise<{ status: number; code?: string; message?: string }>((resolve, reject) => {
    const asked = request(
      { port, host: '127.0.0.1', path, method: 'POST', headers: { authorization: `Token ${TOKEN}`, ...headers } },
      (answer) => {
        let text = '';
        answer.on('data', (chunk) => (text += chunk));
        answer.on('end', () => resolve({ status: answer.statusCode!, ...(text && JSON.parse(text)) }));
      }
    );
    asked.on('error', reject);
    const bytes = Buffer.from(body);
    const size = Math.max(1, Math.ceil(bytes.length / 5));
    for (let at = 0; at < bytes.length; at += size) {
      asked.write(bytes.subarray(at, at + size));
    }
    asked.end();
  });
}

const TELEGRAF = { 'content-type': 'text/plain; charset=utf-8', 'user-agent': 'Telegraf/1.30.0' };
const PACKED = { ...TELEGRAF, 'content-encoding': 'gzip' };

test.each([
  ['ns', `${TIME}000000`],
  ['us', `${TIME}000`],
  ['ms', `${TIME}`],
  ['s', `${TIME / 1000}`],
])('lines with times in %s arrive at their hour, packed and not', async (precision, stamp) => {
  const lines = ['a', 'b', 'c'].map((host, i) => `visits,host=${host} value=${i}i ${stamp}\n`).join('');
  const path = `/api/v2/write?org=o&bucket=kpi&precision=${precision}`;
  expect(await send(path, gzipSync(lines), PACKED)).toEqual({ status: 204 });
  expect(await send(`/write?db=kpi&precision=${precision}`, lines, TELEGRAF)).toEqual({ status: 204 });
  expect(kept).toHaveLength(2);
  for (const { points } of kept) {
    expect(points).toMatchObject(['a', 'b', 'c'].map((host, value) => ({ dims: { host }, time: TIME, value })));
  }
});

test('a full batch of Telegraf arrives in one piece', async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `visits,host=host-${i} value=${i}.5 ${TIME}000000`).join('\n');
  expect(await send('/api/v2/write?bucket=kpi&org=', gzipSync(lines), PACKED)).toEqual({ status: 204 });
  expect(kept.flatMap(({ points }) => points)).toHaveLength(5000);
});

test('JSON may be packed, too', async () => {
  const body = gzipSync(JSON.stringify([{ kpi: 'visits', period: '2026-06-16T14:00Z', value: 3, host: 'a' }]));
  const answer = await send('/api/push', body, { 'content-type': 'application/json', 'content-encoding': 'GZIP' });
  expect(answer).toEqual({ status: 200, accepted: 1, rejected: [], rejectedCount: 0 });
});

const JSON_TYPE = { 'content-type': 'application/json' };
const MANY = MOST_RECORDS * 20;

test.each([
  ['a million records', '/api/push', () => `[${'{},'.repeat(MANY)}{}]`, JSON_TYPE, 413, 'QUERY_TOO_LARGE'],
  ['a million lines', '/write', () => 'a v=1\n'.repeat(MANY), TELEGRAF, 413, 'QUERY_TOO_LARGE'],
  ['more bytes than are read', '/write', () => ' '.repeat(MOST_BYTES + 1), TELEGRAF, 413, 'QUERY_TOO_LARGE'],
  ['more bytes when unpacked', '/write', () => gzipSync(Buffer.alloc(MOST_BYTES + 1)), PACKED, 400, 'REQUEST_INVALID'],
  ['gzip that is cut off', '/write', () => gzipSync('visits value=1').subarray(0, 20), PACKED, 400, 'REQUEST_INVALID'],
  ['another packing', '/write', () => 'x', { ...TELEGRAF, 'content-encoding': 'br' }, 400, 'REQUEST_INVALID'],
  [
    'a form',
    '/api/push',
    () => 'kpi=visits',
    { 'content-type': 'application/x-www-form-urlencoded' },
    400,
    'REQUEST_INVALID',
  ],
  ['no type', '/api/push', () => '{}', {}, 400, 'REQUEST_INVALID'],
  ['broken JSON', '/api/push', () => '[{"kpi"', JSON_TYPE, 400, 'REQUEST_INVALID'],
  ['nothing', '/api/push', () => '', JSON_TYPE, 400, 'REQUEST_INVALID'],
  ['lists in lists without end', '/api/push', () => '['.repeat(1e6) + ']'.repeat(1e6), JSON_TYPE, 422, undefined],
])('%s is refused and coded', async (_, path, body, headers, status, code) => {
  const answer = await send(path, body(), headers as Record<string, string>);
  expect(answer).toMatchObject({ status, ...(code && { code }) });
  expect(kept).toEqual([]);
});

test('a value that is nested without end is one bad record', async () => {
  const deep = '['.repeat(1e5) + ']'.repeat(1e5);
  const record = (more: string) => `{"kpi": "visits", "period": "2026-06-16T14:00Z", "value": 1, "host": "a"${more}}`;
  const body = `[${record('')}, ${['value', 'period', 'weight', 'host', 'kpi', 'dims'].map((field) => record(`, "${field}": ${deep}`)).join()}]`;
  const answer = await send('/api/push', body, JSON_TYPE);
  expect(answer).toMatchObject({ status: 207, accepted: 1, rejectedCount: 6 });
});
