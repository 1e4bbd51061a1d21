/** Pushes over HTTP: who may, what becomes of each record, and what happens when nothing can be kept. */
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

import { createDeadLetters } from '@kpi-monitor/collector/dead-letters';
import type { JournalEntry } from '@kpi-monitor/collector/journal/entry';
import { SILENT } from '@kpi-monitor/collector/log';
import { createReceiver } from '@kpi-monitor/collector/push/receive';
import { hashToken } from '@kpi-monitor/engine/http/access';
import { loadCatalogue } from '@kpi-monitor/model/catalogue/load';
import { KpiError } from '@kpi-monitor/model/errors';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import fastify, { type FastifyInstance } from 'fastify';

import { pushRoutes } from './push-routes';

const TOKEN = 'a-token-that-may-push';
const NOW = Date.UTC(2026, 5, 17, 16);
let folder: string;
let app: FastifyInstance;
let kept: JournalEntry[];
let failure: KpiError | null;

beforeEach(async () => {
  folder = mkdtempSync(join(tmpdir(), 'kpi-push-'));
  kept = [];
  failure = null;
  const file = (id: string, source: string) => ({
    path: `kpis/${id}.yaml`,
    text: `id: ${id}\nname: ${id}\nrole: measure\nkind: flow\ndimensions: [region]\nvalid: { min: 0 }\n${source}`,
  });
  const { catalogue } = loadCatalogue([
    file('orders', 'source: { kind: push }'),
    file('sales', 'source: { kind: csv, path: sales.csv, period: day, value: sales }'),
  ]);
  const keep = async (entry: JournalEntry) => {
    if (failure) {
      throw failure;
    }
    kept.push(entry);
  };
  const receiver = createReceiver({
    catalogue: () => catalogue!,
    calendar: createCalendar({ zone: 'America/New_York' }),
    sink: { keep, put: () => Promise.reject(new Error('a push does not wait for the store')) },
    deadLetters: createDeadLetters(join(folder, 'dead.jsonl')),
    log: SILENT,
    clock: () => NOW,
  });
  app = fastify();
  await app.register(pushRoutes, {
    receiver,
    tokens: () => [
      { name: 'shop', sha256: hashToken(TOKEN), scopes: ['push'] },
      { name: 'reader', sha256: hashToken('a-token-that-may-read'), scopes: ['read'] },
      { name: 'kiosk', sha256: hashToken('a-token-for-kiosks'), scopes: ['push'], kpis: ['kiosk_*', 'visits'] },
    ],
    perMinute: 8,
  });
});
afterEach(async () => {
  await app.close();
  rmSync(folder, { recursive: true, force: true });
});

const post = (url: string, payload: string | Buffer | object, headers: Record<string, string> = {}) =>
  app.inject({ method: 'POST', url, payload, headers: { authorization: `Bearer ${TOKEN}`, ...headers } });
const record = { kpi: 'orders', period: '2026-06-16', value: 12, region: 'West' };

test('what fits is kept as points of the store, then acknowledged', async () => {
  const answer = await post('/api/push', [record, { ...record, region: 'East', value: '7' }]);
  expect(answer.statusCode).toBe(200);
  expect(answer.json()).toEqual({ accepted: 2, rejected: [], rejectedCount: 0 });
  expect(kept).toMatchObject([
    {
      kind: 'points',
      points: [
        { kpi: 'orders', v: 1, dims: { region: 'West' }, time: Date.UTC(2026, 5, 16), value: 12 },
        { dims: { region: 'East' }, value: 7 },
      ],
    },
  ]);
});

test('a bad record is named, listed, and blocks no other', async () => {
  const answer = await post('/api/push', [
    record,
    { ...record, value: 'many' },
    { ...record, value: -1 },
    { ...record, kpi: 'nothing' },
    { ...record, kpi: 'sales' },
    { ...record, shop: 'X' },
    { ...record, period: '2027-01-01' },
  ]);
  expect(answer.statusCode).toBe(207);
  expect(answer.json().accepted).toBe(1);
  expect(answer.json().rejected.map(({ where, code }: Record<string, string>) => `${where} ${code}`)).toEqual([
    'record 2 RECORD_VALUE',
    'record 3 RECORD_RANGE',
    'record 4 KPI_UNKNOWN',
    'record 5 RECORD_SOURCE',
    'record 6 RECORD_DIMENSION',
    'record 7 RECORD_FUTURE',
  ]);
  expect(readFileSync(join(folder, 'dead.jsonl'), 'utf8').trim().split('\n')).toHaveLength(6);
  expect((await post('/api/push', { ...record, value: null })).statusCode).toBe(422);
});

test.each(['/write', '/api/v2/write'])('line protocol is taken at %s, packed or not', async (path) => {
  const line = 'orders,region=West value=5 1781640000\n';
  expect((await post(`${path}?precision=s`, line)).statusCode).toBe(204);
  const packed = await post(`${path}?precision=s`, gzipSync(line), { 'content-encoding': 'gzip' });
  expect(packed.statusCode).toBe(204);
  expect(kept.flatMap(({ points }) => points)).toMatchObject([
    { kpi: 'orders', value: 5, time: Date.UTC(2026, 5, 16) },
    { kpi: 'orders', value: 5 },
  ]);
});

test('a refused line is told as InfluxDB would, and the others are kept', async () => {
  const answer = await post('/write?precision=s', 'orders value=5 1781640000\ncpu usage=1 1781640000');
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({
    code: 'invalid',
    message: expect.stringMatching(/^partial write: RECORD_FORM line 2: .*accepted=1 dropped=1$/),
  });
});

test('when nothing can be kept the sender is asked to come again', async () => {
  failure = new KpiError('JOURNAL_DISK', 'the disk is full');
  const answer = await post('/api/push', record);
  expect(answer.statusCode).toBe(507);
  expect(answer.headers['retry-after']).toBe('30');
  expect(answer.json()).toMatchObject({ code: 'JOURNAL_DISK' });
});

test.each([
  ['no token', {}, 'ACCESS_TOKEN', 401],
  ['a wrong token', { authorization: 'Bearer guess' }, 'ACCESS_TOKEN', 401],
  ['a token that may only read', { authorization: 'Bearer a-token-that-may-read' }, 'ACCESS_SCOPE', 403],
])('%s is refused', async (_, headers, code, status) => {
  for (const url of ['/api/push', '/write']) {
    const answer = await app.inject({ method: 'POST', url, payload: JSON.stringify(record), headers });
    expect(answer.statusCode).toBe(status);
    expect(answer.json()).toMatchObject({ code });
  }
  expect(kept).toEqual([]);
});

test('InfluxDB clients may write `Token` before the token', async () => {
  const answer = await post('/write?precision=s', 'orders value=5 1781640000', { authorization: `Token ${TOKEN}` });
  expect(answer.statusCode).toBe(204);
});

test('a small body that unpacks to a huge one is refused', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024, '# '));
  const answer = await post('/write', bomb, { 'content-encoding': 'gzip' });
  expect(answer.statusCode).toBe(400);
  expect(answer.json()).toMatchObject({ code: 'REQUEST_INVALID' });
});

describe('a token that is for some KPIs', () => {
  const kiosk = { authorization: 'Bearer a-token-for-kiosks' };

  test('keeps nothing of a request with another, so that it cannot be replayed from the dead letters either', async () => {
    const answer = await post('/api/push', [{ ...record, kpi: 'kiosk_sales' }, record], kiosk);
    expect([answer.statusCode, answer.json()]).toMatchObject([
      403,
      { code: 'ACCESS_SCOPE', message: expect.stringContaining('`kiosk` may not push `orders`') },
    ]);
    const lines = await post('/write', 'orders,region=West value=1', kiosk);
    expect(lines.statusCode).toBe(403);
    expect(kept).toEqual([]);
    expect(existsSync(join(folder, 'dead.jsonl'))).toBe(false);
  });

  test('takes those', async () => {
    const answer = await post(
      '/api/push',
      [
        { ...record, kpi: 'kiosk_sales' },
        { ...record, kpi: 'visits' },
      ],
      kiosk
    );
    expect(answer.json()).toMatchObject({ rejected: [{ code: 'KPI_UNKNOWN' }, { code: 'KPI_UNKNOWN' }] });
  });
});

test('who sends too often is told to wait, and keeps nobody else out', async () => {
  const answers = [];
  for (let i = 0; i < 9; i++) {
    answers.push(await post('/api/push', record));
  }
  expect(answers.map(({ statusCode }) => statusCode)).toEqual([200, 200, 200, 200, 200, 200, 200, 200, 429]);
  expect(answers[8]!.json()).toMatchObject({
    code: 'ACCESS_RATE',
    message: expect.stringMatching(/^`shop` has sent 8 requests/),
  });
  expect(Number(answers[8]!.headers['retry-after'])).toBeGreaterThan(0);
  expect(kept).toHaveLength(8);
  const other = await post('/api/push', { ...record, kpi: 'visits' }, { authorization: 'Bearer a-token-for-kiosks' });
  expect(other.statusCode).toBe(422);
});
