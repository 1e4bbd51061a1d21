/** What servers do to those who ask them. */
import { gzipSync } from 'node:zlib';

import { httpService, json, type Service, status } from '../../../test/http-service';
import { httpSource } from '../../../test/http-source';
import { readAll } from '../../../test/read-all';

let service: Service;
let other: Service;
beforeAll(async () => {
  service = await httpService();
  other = await httpService();
});
afterAll(async () => {
  await service.close();
  await other.close();
});

const ROWS = { rows: [{ period: '2026-06-01', value: 1 }] };
const MAP = `map: "[rows]"`;
const read = (config = '', signal?: AbortSignal) =>
  readAll(httpSource(`url: "${service.base}/data", ${MAP}${config && ', '}${config}`), undefined, signal);
const failure = (config = '') =>
  read(config).then(
    () => Promise.reject(new Error('it should have failed')),
    (error) => error
  );

test.each([429, 502, 503, 504])('%d is tried again, and what comes then counts', async (code) => {
  service.answer(status(code), status(code), json(ROWS));
  expect(await read()).toHaveLength(1);
  expect(service.received).toHaveLength(3);
});

test('it is left alone for as long as it asks for', async () => {
  const begin = Date.now();
  service.answer(status(429, { 'retry-after': '1' }), json(ROWS));
  await read();
  expect(Date.now() - begin).toBeGreaterThanOrEqual(990);
});

test('who asks to come again much later is told so, and the wish travels with the error', async () => {
  service.answer(status(503, { 'retry-after': '3600' }));
  const error = await failure();
  expect(error).toMatchObject({ code: 'SOURCE_REFUSED', details: { status: 503, retryAfter: 3_600_000 } });
  expect(error.message).toContain('answered 503 Service Unavailable, and asks to come again in 3600 s');
  expect(service.received).toHaveLength(1);
});

test.each([400, 401, 403, 404, 410, 422, 500, 501])('%d is not tried again', async (code) => {
  service.answer(status(code));
  expect(await failure()).toMatchObject({ code: 'SOURCE_REFUSED', details: { status: code } });
  expect(service.received).toHaveLength(1);
});

test('repeats have an end', async () => {
  service.answer(status(503));
  expect(await failure('retries: 2')).toMatchObject({ code: 'SOURCE_REFUSED' });
  expect(service.received).toHaveLength(3);
});

test('a server that hangs, or drips, is given up after the timeout of each attempt', async () => {
  service.answer(() => {});
  expect(await failure('retries: 1, timeout: 1s')).toMatchObject({
    code: 'SOURCE_TIMEOUT',
    message: expect.stringContaining('did not answer within 1000 ms'),
  });
  expect(service.received).toHaveLength(2);
  service.answer((response) => {
    const drip = setInterval(() => response.write(' '), 10);
    response.on('close', () => clearInterval(drip));
  }, json(ROWS));
  expect(await read('timeout: 2s')).toHaveLength(1);
  expect(service.received).toHaveLength(2);
});

test('a connection that is reset, before or within its answer, is tried again', async () => {
  service.answer(
    (response) => void response.socket!.resetAndDestroy(),
    (response) => {
      response.writeHead(200, { 'content-length': '1000' }).write('{"rows": [');
      setTimeout(() => response.socket!.resetAndDestroy(), 20);
    },
    json(ROWS)
  );
  expect(await read()).toHaveLength(1);
  expect(service.received).toHaveLength(3);
});

test('a packed answer is unpacked, and one that ends too early is never taken for the whole', async () => {
  const lines = Array.from({ length: 5000 }, (_, i) => `2026-06-01,${i}`);
  const packed = gzipSync(`day,sum\n${lines.join('\n')}\n`);
  const csv = `format: csv, columns: { period: day, value: sum }`;
  const all = httpSource(`url: "${service.base}/data", retries: 1, ${csv}`);
  const headers = { 'content-encoding': 'gzip', 'content-type': 'text/csv' };
  service.answer((response) => void response.writeHead(200, headers).end(packed));
  expect(await readAll(all)).toHaveLength(5000);
  expect(service.received[0]!.headers['accept-encoding']).toContain('gzip');
  service.answer((response) => void response.writeHead(200, headers).end(packed.subarray(0, packed.length / 2)));
  await expect(readAll(all)).rejects.toMatchObject({
    code: 'SOURCE_UNREACHABLE',
    message: expect.stringContaining('it is packed and ends too early'),
  });
  expect(service.received).toHaveLength(2);
  service.answer((response) => void response.writeHead(200, headers).end('day,sum'));
  await expect(readAll(all)).rejects.toMatchObject({ code: 'SOURCE_FORMAT' });
});

test('a small packed answer that unpacks to a huge one is refused', async () => {
  const bomb = gzipSync(Buffer.alloc(64 * 1024 * 1024));
  service.answer((response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end(bomb));
  expect(await failure()).toMatchObject({ code: 'SOURCE_FORMAT', message: expect.stringContaining('more than') });
});

test.each([
  ['nothing', '', 'it is empty'],
  ['HTML', '<html>Please sign in', 'begins with `<html>Please sign in`'],
  ['half of JSON', '{"rows": [', 'begins with `{"rows": [`'],
])('%s in place of JSON is quoted', async (_, body, message) => {
  service.answer(status(200, {}, body));
  expect(await failure()).toMatchObject({ code: 'SOURCE_FORMAT', message: expect.stringContaining(message) });
});

test('HTML in place of CSV is no single column', async () => {
  service.answer(status(200, { 'content-type': 'text/html' }, '<!DOCTYPE html>\n<p>2026-06-01</p>'));
  const source = httpSource(`url: "${service.base}", format: csv, columns: { period: day, value: sum }`);
  await expect(readAll(source)).rejects.toMatchObject({ code: 'SOURCE_FORMAT', message: /is not CSV/ });
});

describe('the encoding', () => {
  const bytes = Buffer.from('{"rows":[{"period":"2026-06-01","value":1,"region":"K\xf6ln"}]}', 'latin1');
  const send = (type: string) =>
    service.answer((response) => void response.writeHead(200, { 'content-type': type }).end(bytes));

  it('is what the answer says, or what the source says', async () => {
    send('application/json; charset=ISO-8859-1');
    expect((await read())[0]!.dims).toEqual({ region: 'Köln' });
    send('application/json; charset=utf-8');
    expect((await read('encoding: windows-1252'))[0]!.dims).toEqual({ region: 'Köln' });
  });

  it('that the bytes do not have, or that nobody knows, is refused: a member would get another name', async () => {
    send('application/json; charset=utf-8');
    expect((await failure()).message).toContain('bytes that are not utf-8; set `encoding`');
    send('application/json; charset=klingon');
    expect((await failure()).message).toContain('`klingon`, an encoding that is not known');
  });
});

describe('redirects', () => {
  const withToken = `headers: { Authorization: "Bearer \${env:API_TOKEN}", X-Key: abc }`;

  it('on the same server keep credentials', async () => {
    service.answer(status(302, { location: '/moved' }), json(ROWS));
    expect(await read(withToken)).toHaveLength(1);
    expect(service.received[1]).toMatchObject({ url: '/moved', headers: { 'x-key': 'abc' } });
  });

  it('to another server lose them', async () => {
    service.answer(status(307, { location: `${other.base}/elsewhere` }));
    other.answer(json(ROWS));
    expect(await read(withToken)).toHaveLength(1);
    expect(other.received[0]!.headers).not.toHaveProperty('authorization');
    expect(other.received[0]!.headers).not.toHaveProperty('x-key');
  });

  it('of a body to another server are not followed: it may hold a secret', async () => {
    service.answer(status(307, { location: `${other.base}/elsewhere` }));
    other.answer(json(ROWS));
    expect(await failure('method: POST, body: "{}"')).toMatchObject({ code: 'SOURCE_REFUSED' });
    expect(other.received).toHaveLength(0);
  });

  it('in a circle, to no address and to no web address end', async () => {
    service.answer(status(302, { location: '/data' }));
    expect((await failure()).message).toContain('redirects more than 5 times');
    service.answer(status(302, { location: 'http://[' }));
    expect((await failure()).message).toContain('redirects to what is no address');
    service.answer(status(302, { location: 'file:///etc/passwd' }));
    expect((await failure()).message).toContain('which is no https address');
  });
});
