import { isFetchError } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';

import { HttpBackendSrv } from './backend-srv';

const asked: Array<{ url: string; init: RequestInit }> = [];
let answer: (init: RequestInit) => Promise<Partial<Response>>;

const json = (body: unknown, status = 200): Partial<Response> => ({
  ok: status < 400,
  status,
  statusText: status < 400 ? 'OK' : 'Service Unavailable',
  text: async () => JSON.stringify(body),
});

beforeEach(() => {
  asked.length = 0;
  answer = async () => json({ ok: true });
  globalThis.fetch = ((url: string, init: RequestInit) => {
    asked.push({ url, init });
    return answer(init);
  }) as typeof fetch;
});

const sentType = ({ headers }: RequestInit) => new Headers(headers).get('content-type');

describe('requests', () => {
  it('carry their parameters and their JSON', async () => {
    const service = new HttpBackendSrv();
    await service.get('/api/search', { tag: ['a', 'b'], query: 'x y', none: undefined });
    await service.post('/api/ds/query?ds_type=kpi', { queries: [] });
    expect(asked.map(({ url }) => url)).toEqual(['/api/search?tag=a&tag=b&query=x+y', '/api/ds/query?ds_type=kpi']);
    expect(asked[1]!.init).toMatchObject({
      method: 'POST',
      body: '{"queries":[]}',
    });
    expect(sentType(asked[1]!.init)).toBe('application/json');
  });

  it('say once what their body is, however the asker wrote that', async () => {
    await new HttpBackendSrv().delete(
      '/api/x',
      { reason: 'a try' },
      { headers: { 'Content-Type': 'application/json' } }
    );
    expect(sentType(asked[0]!.init)).toBe('application/json');
  });

  it('that are refused fail with the code and the words of the server, as Grafana fails', async () => {
    answer = async () => json({ code: 'STORE_UNREACHABLE', message: 'no answer from influx' }, 503);
    const failure: unknown = await new HttpBackendSrv().get('/api/catalogue').catch((error: unknown) => error);
    expect(isFetchError(failure)).toBe(true);
    expect(failure).toMatchObject({
      status: 503,
      message: 'STORE_UNREACHABLE: no answer from influx',
      data: { code: 'STORE_UNREACHABLE' },
    });
  });

  it('to a server that is gone say so', async () => {
    answer = () => Promise.reject(new TypeError('Failed to fetch'));
    await expect(new HttpBackendSrv().get('/api/search')).rejects.toMatchObject({
      status: 503,
      data: { message: expect.stringContaining('KPI Monitor does not answer') },
    });
  });

  it('are cancelled by a newer one of the same name', async () => {
    answer = (init) =>
      new Promise((resolve, reject) => {
        init.signal!.addEventListener('abort', () => reject(new Error('aborted')));
        setTimeout(() => resolve(json({ ok: true })), 20);
      });
    const service = new HttpBackendSrv();
    const first = lastValueFrom(service.fetch({ url: '/a', requestId: 'panel 1' })).catch((error: unknown) => error);
    const second = lastValueFrom(service.fetch({ url: '/b', requestId: 'panel 1' }));
    expect(await first).toMatchObject({ cancelled: true });
    expect((await second).data).toEqual({ ok: true });
  });
});
