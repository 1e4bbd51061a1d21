import { serve, type Served } from './testing';

const TOKEN = 'a-token-of-more-than-sixteen';
const query = { method: 'POST' as const, url: '/api/ds/query', payload: { queries: [], from: '0', to: '1' } };

describe('on this machine', () => {
  let served: Served;
  beforeAll(async () => {
    served = await serve();
  });
  afterAll(() => served.close());

  const status = async (headers: Record<string, string>, url = '/api/search') =>
    (await served.app.inject({ method: 'GET', url, headers })).statusCode;

  it.each(['localhost:3000', '127.0.0.1:3000', '[::1]:3000'])('it answers to %s', async (host) => {
    expect(await status({ host })).toBe(200);
  });

  // A page of evil.example can point its own name at 127.0.0.1.
  it.each(['evil.example', 'localhost.evil.example', '127.0.0.1.evil.example'])(
    'it does not answer to the name `%s`',
    async (host) => {
      expect(await status({ host })).toBe(403);
      expect(await status({ host }, '/')).toBe(403);
      expect(await status({ host }, '/public/build/main-1.js')).toBe(403);
    }
  );

  it("does not answer other sites' pages", async () => {
    expect(await status({ host: 'localhost:3000', origin: 'https://evil.example' })).toBe(403);
    expect(await status({ host: 'localhost:3000', origin: 'null' })).toBe(403);
    expect(await status({ host: 'localhost:3000', origin: 'http://localhost:3000' })).toBe(200);
  });

  it('takes JSON only, since any page may send a form or a plain text without asking', async () => {
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x']) {
      const answer = await served.app.inject({
        ...query,
        payload: JSON.stringify(query.payload),
        headers: { 'content-type': type },
      });
      expect(answer.statusCode).toBeGreaterThanOrEqual(400);
      expect(answer.json()).toMatchObject({ code: 'REQUEST_INVALID' });
    }
  });
});

describe('beyond this machine', () => {
  it('it serves nobody without a token, or with a short one', async () => {
    await expect(serve({ host: '0.0.0.0' })).rejects.toMatchObject({ code: 'ACCESS_TOKEN' });
    await expect(serve({ host: '0.0.0.0', token: 'short' })).rejects.toMatchObject({ code: 'ACCESS_TOKEN' });
  });

  describe('with a token', () => {
    let served: Served;
    beforeAll(async () => {
      served = await serve({ host: '0.0.0.0', token: TOKEN });
    });
    afterAll(() => served.close());

    const get = (headers: Record<string, string>, url = '/') => served.app.inject({ method: 'GET', url, headers });
    const basic = (password: string) => `Basic ${Buffer.from(`anybody:${password}`).toString('base64')}`;

    it('a browser is made to ask for it', async () => {
      const answer = await get({ accept: 'text/html' });
      expect(answer.statusCode).toBe(401);
      expect(answer.headers['www-authenticate']).toMatch(/^Basic /);
    });

    it.each(['/', '/api/search', '/public/facts.js', '/public/build/main-1.js', '/metrics', '/openapi.json'])(
      'nothing is served at %s without it',
      async (url) => {
        expect((await get({}, url)).statusCode).toBe(401);
        expect((await get({ authorization: `Bearer ${TOKEN}x` }, url)).statusCode).toBe(401);
        expect((await get({ authorization: basic('') }, url)).statusCode).toBe(401);
      }
    );

    it('it is taken as a password or a bearer token', async () => {
      expect((await get({ authorization: basic(TOKEN) })).statusCode).toBe(200);
      expect((await get({ authorization: `Bearer ${TOKEN}` }, '/api/search')).statusCode).toBe(200);
    });

    it("other sites' pages cannot use the password that the browser remembers", async () => {
      const headers = { authorization: basic(TOKEN), host: 'kpi.example:3000', origin: 'https://evil.example' };
      expect((await get(headers, '/api/search')).statusCode).toBe(403);
      expect((await get({ ...headers, origin: 'http://kpi.example:3000' }, '/api/search')).statusCode).toBe(200);
    });
  });
});
