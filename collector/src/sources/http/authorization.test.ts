/** Tokens by client credentials, against a server that hands them out and takes them back. */
import { httpService, json, type Service, status } from '../../../test/http-service';
import { httpSource } from '../../../test/http-source';
import { readAll } from '../../../test/read-all';

let api: Service;
let login: Service;
beforeAll(async () => {
  api = await httpService();
  login = await httpService();
});
afterAll(async () => {
  await api.close();
  await login.close();
});

const ROWS = json({ rows: [{ period: '2026-06-01', value: 1 }] });
const token = (text: string, life?: number) => json({ access_token: text, token_type: 'Bearer', expires_in: life });
const oauth = (more = '') =>
  `auth: { kind: oauth, token_url: "${login.base}/token", client_id: "a b", client_secret: "\${env:CLIENT_SECRET}"${more} }`;
let now = 0;
const sourceOf = (auth: string) =>
  httpSource(`url: "${api.base}/data", map: "[rows]", retries: 1, ${auth}`, { clock: () => now });
const shown = () => api.received.map(({ headers }) => headers.authorization);

test('a token is asked for once and kept until shortly before it expires', async () => {
  api.answer(ROWS);
  login.answer(token('first', 600), token('second', 600));
  const source = sourceOf(oauth(', scope: read, audience: "https://api"'));
  await readAll(source);
  now += 500_000;
  await readAll(source);
  expect(login.received).toHaveLength(1);
  expect(new URLSearchParams(login.received[0]!.body)).toEqual(
    new URLSearchParams({ grant_type: 'client_credentials', scope: 'read', audience: 'https://api' })
  );
  expect(login.received[0]!.headers.authorization).toBe(
    `Basic ${Buffer.from('a%20b:client%2Fs3cret%2B').toString('base64')}`
  );
  now += 50_000;
  await readAll(source);
  expect(shown()).toEqual(['Bearer first', 'Bearer first', 'Bearer second']);
});

test('the client may say who it is in the body', async () => {
  api.answer(ROWS);
  login.answer(token('first'));
  await readAll(sourceOf(oauth(', client_auth: body')));
  expect(login.received[0]!.headers).not.toHaveProperty('authorization');
  expect(new URLSearchParams(login.received[0]!.body).get('client_secret')).toBe('client/s3cret+');
});

test('a token that is refused before its time is renewed once', async () => {
  login.answer(token('first'), token('second'), token('third'));
  api.answer(status(401), ROWS);
  const source = sourceOf(oauth());
  await readAll(source);
  expect(shown()).toEqual(['Bearer first', 'Bearer second']);
  api.answer(status(401));
  await expect(readAll(source)).rejects.toMatchObject({ code: 'SOURCE_REFUSED', details: { status: 401 } });
  expect(shown()).toEqual(['Bearer second', 'Bearer third']);
});

test('a login that is busy is tried again; one that refuses says so without the secret', async () => {
  api.answer(ROWS);
  login.answer(status(503), token('first'));
  expect(await readAll(sourceOf(oauth()))).toHaveLength(1);
  login.answer(status(401, {}, '{"error": "invalid_client"}'));
  const refused = await readAll(sourceOf(oauth())).catch((error) => error);
  expect(refused).toMatchObject({ code: 'SOURCE_REFUSED' });
  expect(refused.message).toContain('/token answered 401 Unauthorized');
  login.answer(json({ token: 'client/s3cret+' }));
  const formless = await readAll(sourceOf(oauth())).catch((error) => error);
  expect(formless).toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringContaining('without an `access_token`'),
  });
  expect(JSON.stringify([refused.message, formless.message, formless.details])).not.toContain('s3cret');
});

test('names and passwords, and tokens, by reference', async () => {
  api.answer(ROWS);
  await readAll(sourceOf('auth: { kind: basic, user: kpi, password: "${env:API_TOKEN}" }'));
  await readAll(sourceOf('auth: { kind: bearer, token: "${env:API_TOKEN}" }'));
  expect(shown()).toEqual([`Basic ${Buffer.from('kpi:s3cret-token').toString('base64')}`, 'Bearer s3cret-token']);
  expect(() => sourceOf('auth: { kind: bearer, token: abc }')).toThrow(/a secret is given by reference/);
});

test('an answer that repeats a secret is not quoted with it', async () => {
  api.answer(status(200, {}, 'no such token: s3cret-token'));
  const error = await readAll(sourceOf('auth: { kind: bearer, token: "${env:API_TOKEN}" }')).catch((thrown) => thrown);
  expect(error.message).toContain('begins with `no such token: ***`');
});
