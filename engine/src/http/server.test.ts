import { KpiError } from '@kpi-monitor/model/errors';
import { QUERY_TYPES } from '@kpi-monitor/model/query/query';

import { type Example, openExample } from '../../test/company';
import { createMetrics } from '../metrics';

import { hashToken, type TokenRule } from './access';
import { LOOPBACK_HOSTS } from './guard';
import { createServer, type Server, type ServerOptions } from './server';

const tokens: TokenRule[] = [
  { name: 'grafana', sha256: hashToken('reads-and-acts'), scopes: ['read', 'act-as'] },
  { name: 'collector', sha256: hashToken('pushes'), scopes: ['push'] },
];
const authorization = 'Bearer reads-and-acts';

let example: Example;
const written: string[] = [];
let server: Server;
const serve = (options: Partial<ServerOptions> = {}) =>
  createServer({
    engine: example.engine,
    version: '1.2.3',
    tokens: () => tokens,
    port: 0,
    log: { to: { write: (line: string) => void written.push(line) } },
    ...options,
  });

beforeAll(async () => {
  const metrics = createMetrics();
  example = await openExample({ observer: metrics.observer });
  server = await serve({ metrics });
});
afterAll(async () => {
  await server.close();
  await example.close();
});

const get = (url: string, headers: Record<string, string> = { authorization }) =>
  server.app.inject({ method: 'GET', url, headers });
const query = (queries: object[], headers: Record<string, string> = { authorization }) =>
  server.app.inject({ method: 'POST', url: '/api/ds/query', headers, payload: { from: 'now-1y', to: 'now', queries } });

describe('POST /api/ds/query', () => {
  it('answers each query on its own, and leaves out what is hidden', async () => {
    const response = await query([
      { refId: 'A', type: 'status', select: { kpis: ['revenue'] } },
      { refId: 'B', type: 'status', select: { kpis: ['revenu'] } },
      { refId: 'C', type: 'prophecy' },
      { refId: 'D', type: 'series', hide: true },
      {
        refId: 'E',
        type: 'series',
        select: { kpis: ['$__all'] },
        from: '2026-03-01T00:00:00Z',
        to: '2026-02-01T00:00:00Z',
      },
    ]);
    expect(response.statusCode).toBe(200);
    const { results } = response.json();
    expect(Object.keys(results)).toEqual(['A', 'B', 'C', 'E']);
    expect(results.A).toMatchObject({ status: 200, frames: [{ schema: { refId: 'A', name: 'status' } }] });
    expect(results.B).toEqual({
      status: 404,
      error: expect.stringMatching(/^KPI_UNKNOWN: .*`revenu`.*revenue/),
      errorSource: 'downstream',
      code: 'KPI_UNKNOWN',
      details: expect.objectContaining({ kpi: 'revenu' }),
    });
    expect(results.C).toMatchObject({ status: 400, code: 'QUERY_TYPE' });
    expect(results.E).toMatchObject({ status: 400, code: 'QUERY_RANGE' });
  });

  it('says which store is away, and answers again when it is back', async () => {
    const { store } = example;
    const read = jest
      .spyOn(store, 'read')
      .mockRejectedValueOnce(new KpiError('STORE_UNREACHABLE', 'no connection to http://127.0.0.1:8086'));
    const failed = (await query([{ refId: 'A', type: 'status' }])).json().results.A;
    expect(failed).toMatchObject({
      status: 503,
      code: 'STORE_UNREACHABLE',
      error: expect.stringContaining(store.name),
    });
    expect((await query([{ refId: 'A', type: 'status' }])).json().results.A.status).toBe(200);
    read.mockRestore();
  });

  it('keeps the text of a surprise to the log', async () => {
    const read = jest.spyOn(example.store, 'read').mockRejectedValueOnce(new Error('at /home/someone/secret'));
    const { A } = (await query([{ refId: 'A', type: 'status' }])).json().results;
    expect(A).toEqual({
      status: 500,
      error: expect.stringMatching(/^INTERNAL: /),
      errorSource: 'plugin',
      code: 'INTERNAL',
    });
    expect(JSON.stringify(A)).not.toContain('secret');
    expect(written.join('')).toContain('/home/someone/secret');
    read.mockRestore();
  });

  it('computes identical queries once', async () => {
    const read = jest.spyOn(example.store, 'read');
    const { results } = (await query(['A', 'B', 'C'].map((refId) => ({ refId, type: 'status' })))).json();
    expect(read).toHaveBeenCalledTimes(new Set(read.mock.calls.map(([request]) => JSON.stringify(request))).size);
    expect(results.C.frames[0].schema.refId).toBe('C');
    expect(results.C.frames[0].data).toEqual(results.A.frames[0].data);
    read.mockRestore();
  });

  it.each([
    ['too many queries', { queries: Array.from({ length: 51 }, (_, i) => ({ refId: `Q${i}`, type: 'status' })) }, 413],
    ['no queries', { queries: [] }, 400],
    ['queries that are no list', { queries: 'all' }, 400],
    ['a body beyond the limit', { queries: [{ refId: 'A', type: 'status', note: 'x'.repeat(1_100_000) }] }, 413],
  ])('refuses %s', async (_, payload, status) => {
    const response = await server.app.inject({
      method: 'POST',
      url: '/api/ds/query',
      headers: { authorization },
      payload,
    });
    expect(response.statusCode).toBe(status);
    expect(response.json()).toMatchObject({ code: status === 413 ? 'QUERY_TOO_LARGE' : 'REQUEST_INVALID' });
  });

  it('refuses an answer that would be too large before it reads anything', async () => {
    const read = jest.spyOn(example.store, 'read');
    const ages = { refId: 'A', type: 'series', grain: 'day', from: '1000-01-01T00:00:00Z' };
    expect((await query([ages])).json().results.A).toMatchObject({ status: 413, code: 'QUERY_TOO_LARGE' });
    expect(read).not.toHaveBeenCalled();
    read.mockRestore();
  });

  it('takes JSON only', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded']) {
      const response = await server.app.inject({
        method: 'POST',
        url: '/api/ds/query',
        headers: { authorization, 'content-type': type },
        payload: JSON.stringify({ queries: [{ refId: 'A', type: 'status' }] }),
      });
      expect(response.json()).toMatchObject({ code: 'REQUEST_INVALID' });
    }
  });
});

describe('the other resources', () => {
  it('list the catalogue', async () => {
    const body = (await get('/api/catalogue')).json();
    expect(body).toMatchObject({ name: 'Example company', demo: false, zone: 'Europe/Berlin', asOf: 'clock' });
    expect(body.kpis.find((kpi: { id: string }) => kpi.id === 'margin')).toMatchObject({
      formula: 'profit / revenue * 100',
      dimensions: ['region'],
      judgedAt: 'month',
      grains: expect.arrayContaining(['day', 'month', 'quarter']),
      hasTarget: true,
      source: 'formula',
    });
  });

  it('list the members of a dimension', async () => {
    expect((await get('/api/dimensions/region/members')).json()).toEqual({
      dimension: 'region',
      members: ['East', 'West'],
    });
    expect((await get('/api/dimensions/region/members?kpis=margin,awareness')).json().members).toEqual([
      'East',
      'West',
    ]);
    const unknown = await get('/api/dimensions/planet/members?kpis=revenue');
    expect([unknown.statusCode, unknown.json().code]).toEqual([400, 'KPI_DIMENSION_UNKNOWN']);
  });

  it('say whether the store answers', async () => {
    expect((await get('/api/health')).json()).toMatchObject({
      status: 'ok',
      details: { kpis: 4, version: '0.0.0-test' },
    });
    const ping = jest
      .spyOn(example.store, 'ping')
      .mockRejectedValue(new KpiError('STORE_UNREACHABLE', 'host db.internal'));
    const health = await get('/api/health');
    expect(health.statusCode).toBe(503);
    expect(health.json()).toMatchObject({ status: 'error', code: 'STORE_UNREACHABLE', message: 'host db.internal' });
    const ready = await get('/api/health/ready', {});
    expect([ready.statusCode, ready.json().code]).toEqual([503, 'STORE_UNREACHABLE']);
    expect(ready.body).not.toContain('db.internal');
    // A process that is started again finds the store as far away as before.
    expect((await get('/api/health/live', {})).json()).toEqual({ status: 'ok' });
    expect((await get('/live', {})).json()).toEqual({ status: 'ok' });
    ping.mockRestore();
    expect((await get('/ready', {})).json()).toEqual({ status: 'ok', store: 'answers', values: 'none' });
  });

  it('are ready while the store is away as long as values are kept for it, and no longer', async () => {
    let takes = true;
    const collecting = await createServer({
      ...{ engine: example.engine, version: '1.2.3', tokens: null, log: { level: 'silent' } },
      takesValues: () => takes,
    });
    const ready = async () => (await collecting.app.inject('/api/health/ready')).json();
    const ping = jest.spyOn(example.store, 'ping').mockRejectedValue(new KpiError('STORE_UNREACHABLE', 'away'));
    expect(await ready()).toEqual({ status: 'ok', store: 'away', values: 'taken' });
    takes = false;
    expect(await ready()).toMatchObject({ code: 'STORE_UNREACHABLE' });
    ping.mockRestore();
    expect(await ready()).toEqual({ status: 'ok', store: 'answers', values: 'refused' });
    await collecting.close();
  });

  it('count what was asked', async () => {
    await query([
      { refId: 'A', type: 'status' },
      { refId: 'B', type: 'series', select: { kpis: ['nothing'] } },
    ]);
    const { body, headers } = await get('/metrics');
    expect(headers['content-type']).toContain('text/plain');
    expect(body).toMatch(/kpi_query_duration_seconds_count\{type="status"\} [1-9]/);
    expect(body).toMatch(/kpi_query_errors_total\{type="series",code="KPI_UNKNOWN"\} [1-9]/);
    expect(body).toMatch(/kpi_store_duration_seconds_count\{operation="read",outcome="ok"\} [1-9]/);
  });

  it('describe themselves', async () => {
    const response = await get('/openapi.json', {});
    const document = response.json();
    expect(document.openapi).toMatch(/^3\./);
    expect(document.info.version).toBe('1.2.3');
    expect(Object.keys(document.paths)).toEqual([
      '/api/ds/query',
      '/api/catalogue',
      '/api/dimensions/{dimension}/members',
      '/api/kpis/{id}/notes',
      '/api/kpis/{id}/acknowledge',
      '/api/kpis/{id}/notes/{revision}',
      '/api/judgements',
      '/api/kpis/{id}/judgement',
      '/api/kpis/{id}/judgement/preview',
      '/api/audit',
      '/api/alerts/rules',
      '/api/alerts/backtest',
      '/api/alerts/backtest/{id}',
      '/api/health',
      '/api/health/live',
      '/live',
      '/api/health/ready',
      '/ready',
      '/metrics',
    ]);
    const body = document.paths['/api/ds/query'].post.requestBody.content['application/json'].schema;
    expect(body.properties.queries.items.properties.type.enum).toEqual([...QUERY_TYPES]);
    expect(document.paths['/live'].get.security).toEqual([]);
    expect(document.security).toEqual([{ token: [] }]);
  });

  it('name an address that is not there', async () => {
    const response = await get('/api/horoscope?q=1');
    expect(response.statusCode).toBe(404);
    expect(response.json()).toEqual({ code: 'NOT_FOUND', message: 'there is nothing at /api/horoscope' });
  });
});

describe('access', () => {
  it.each(['/api/catalogue', '/api/health', '/metrics', '/api/dimensions/region/members'])(
    '%s needs a token',
    async (url) => {
      expect((await get(url, {})).statusCode).toBe(401);
      const wrong = await get(url, { authorization: 'Bearer guess' });
      expect([wrong.statusCode, wrong.json().code]).toEqual([401, 'ACCESS_TOKEN']);
    }
  );

  it('needs the scope to read', async () => {
    const response = await query([{ refId: 'A', type: 'status' }], { authorization: 'Token pushes' });
    expect([response.statusCode, response.json().code]).toEqual([403, 'ACCESS_SCOPE']);
  });

  it('logs who asked, and no token', async () => {
    written.length = 0;
    await get('/api/catalogue?token=in-the-address', {
      authorization,
      'x-kpi-user': 'ann%20lee',
      'x-kpi-role': 'Editor',
    });
    const line = JSON.parse(written.at(-1)!);
    expect(line).toMatchObject({ path: '/api/catalogue', status: 200, client: 'grafana', user: 'ann lee' });
    expect(written.join('')).not.toMatch(/reads-and-acts|in-the-address/);
  });

  it('stays on loopback without tokens', async () => {
    await expect(serve({ tokens: null, host: '0.0.0.0' })).rejects.toMatchObject({ code: 'ACCESS_TOKEN' });
    const open = await serve({ tokens: null });
    expect((await open.app.inject('/api/catalogue')).statusCode).toBe(200);
    await open.close();
  });

  it('answers to its own names alone when told so', async () => {
    const guarded = await serve({ tokens: null, hosts: LOOPBACK_HOSTS });
    const status = async (headers: Record<string, string>) =>
      (await guarded.app.inject({ url: '/api/catalogue', headers })).statusCode;
    expect(await status({ host: '127.0.0.1:3000' })).toBe(200);
    expect(await status({ host: '[::1]:3000', origin: 'http://localhost:3000' })).toBe(200);
    expect(await status({ host: 'rebound.example:3000' })).toBe(403);
    expect(await status({ host: '127.0.0.1', origin: 'https://elsewhere.example' })).toBe(403);
    expect(await status({ host: '127.0.0.1', origin: 'null' })).toBe(403);
    await guarded.close();
  });

  it('listens where it says', async () => {
    const address = await server.listen();
    expect(address).toMatch(/^http:\/\/127\.0\.0\.1:\d+$/);
    expect((await fetch(`${address}/live`)).status).toBe(200);
  });
});
