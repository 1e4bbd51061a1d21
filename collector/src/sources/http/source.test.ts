/** Against a real server that behaves and misbehaves. */
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';

import type { HttpSource } from '@kpi-monitor/model/catalogue/source-schema';
import { civil } from '@kpi-monitor/model/time/civil';

import { kpiFrom } from '../../../test/catalogue';
import { readAll } from '../../../test/read-all';

import { createHttpSource, MAX_ANSWER_BYTES } from './source';

let server: Server;
let base: string;
let answer: (request: IncomingMessage, response: ServerResponse) => void;
const requests: Array<{ url: string; headers: IncomingMessage['headers']; body: string; method: string }> = [];

beforeAll(async () => {
  server = createServer((request, response) => {
    let body = '';
    request.on('data', (chunk) => (body += chunk));
    request.on('end', () => {
      requests.push({ url: request.url!, headers: request.headers, body, method: request.method! });
      answer(request, response);
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  base = `http://127.0.0.1:${(server.address() as { port: number }).port}`;
});
afterAll(() => {
  server.closeAllConnections();
  server.close();
});
beforeEach(() => (requests.length = 0));

const json = (value: unknown) => (_: IncomingMessage, response: ServerResponse) => {
  response.setHeader('content-type', 'application/json');
  response.end(JSON.stringify(value));
};

function sourceOf(more: Partial<HttpSource> = {}) {
  const kpi = kpiFrom('kind: flow\nsource: { kind: http, url: "http://127.0.0.1", map: "rows" }');
  const config = { ...(kpi.source as HttpSource), url: `${base}/data`, ...more };
  return createHttpSource(config, {
    grain: 'day',
    resolve: (text) => text.replace('${env:API_TOKEN}', 's3cret'),
  });
}

const window = { from: civil(2026, 6, 1), to: civil(2026, 6, 18) };
const failure = (more: Partial<HttpSource>, signal?: AbortSignal) =>
  readAll(sourceOf(more), window, signal).then(
    () => {
      throw new Error('it should have failed');
    },
    (error) => error
  );

test('the mapping turns an answer into records; other fields are dimensions', async () => {
  answer = json({
    result: {
      sales: [
        { day: '2026-06-01', sum: '12.5', shop: 'West' },
        { day: '2026-06-02', sum: 7, shop: 'East' },
      ],
    },
  });
  const map = 'result.sales.{ "period": day, "value": $number(sum), "region": shop }';
  expect(await readAll(sourceOf({ map }), window)).toEqual([
    { period: '2026-06-01', value: 12.5, weight: undefined, dims: { region: 'West' }, where: 'item 1' },
    { period: '2026-06-02', value: 7, weight: undefined, dims: { region: 'East' }, where: 'item 2' },
  ]);
});

test('a single object is one record, and the window is there for the mapping', async () => {
  answer = json({ total: 3 });
  const [record] = await readAll(sourceOf({ map: '{ "period": $from, "value": total }' }), window);
  expect(record).toMatchObject({ period: '2026-06-01', value: 3 });
});

test('the window goes into the address, secrets into headers and body', async () => {
  answer = json({ rows: [] });
  await readAll(
    sourceOf({
      url: `${base}/data?since={from}&until={to}`,
      method: 'POST',
      headers: { Authorization: 'Bearer ${env:API_TOKEN}' },
      body: '{"from": "{from}", "key": "${env:API_TOKEN}"}',
      map: '[rows]',
    }),
    window
  );
  expect(requests[0]).toMatchObject({
    url: '/data?since=2026-06-01&until=2026-06-18',
    method: 'POST',
    body: '{"from": "2026-06-01", "key": "s3cret"}',
    headers: { authorization: 'Bearer s3cret', accept: 'application/json', 'content-type': 'application/json' },
  });
});

test('an hourly KPI asks by instants', async () => {
  answer = json({ rows: [] });
  const kpi = kpiFrom('kind: flow\ngrain: hour\nsource: { kind: http, url: "http://127.0.0.1", map: "[rows]" }');
  const config = { ...(kpi.source as HttpSource), url: `${base}/data?since={from}` };
  await readAll(createHttpSource(config, { grain: 'hour', resolve: (text) => text }), {
    from: Date.UTC(2026, 5, 1, 5),
    to: Date.UTC(2026, 5, 1, 6),
  });
  expect(requests[0]!.url).toBe('/data?since=2026-06-01T05%3A00%3A00.000Z');
});

test('no rows are fine only where the mapping says so: an answer of another form must not pass for an empty one', async () => {
  answer = json({ items: [], page: 1 });
  expect(await readAll(sourceOf({ map: '[items.{ "period": day, "value": sum }]' }), window)).toEqual([]);
  expect(await failure({ map: 'rows.{ "period": day, "value": sum }' })).toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringContaining('holds the fields items, page'),
  });
});

test('what is no object becomes a broken record, and the others count', async () => {
  answer = json({ rows: [5, { period: '2026-06-01', value: 1 }] });
  const records = await readAll(sourceOf(), window);
  expect(records[0]).toMatchObject({ where: 'item 1', broken: 'the mapping gives `5`, not {period, value, …}' });
  expect(records[1]!.broken).toBeUndefined();
});

test.each([
  ['a server error', 500, 'answered 500 Internal Server Error'],
  ['a wrong token', 401, 'answered 401 Unauthorized; check `auth` and the headers of the source'],
  ['a page that moved', 404, 'answered 404 Not Found'],
])('%s is told as it is', async (_, status, message) => {
  answer = (__, response) => response.writeHead(status).end('oops');
  expect(await failure({})).toMatchObject({ code: 'SOURCE_REFUSED', message: expect.stringContaining(message) });
});

test('a page where JSON was expected is quoted', async () => {
  answer = (_, response) => response.end('<html><body>Please sign in</body></html>');
  expect(await failure({})).toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringContaining('it begins with `<html><body>Please sign in'),
  });
});

test('a server that hangs is given up by the signal', async () => {
  answer = () => {};
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('enough')), 50);
  expect(await failure({}, stop.signal)).toMatchObject({ message: 'enough' });
});

test('an answer that stops half-way is not taken for the whole', async () => {
  answer = (_, response) => {
    response.writeHead(200, { 'content-length': '1000' });
    response.write('{"rows": [');
    setTimeout(() => response.destroy(), 20);
  };
  expect(await failure({})).toMatchObject({
    code: 'SOURCE_UNREACHABLE',
    message: expect.stringContaining('broke off'),
  });
});

test('an answer that is too large is not read to its end', async () => {
  answer = (_, response) => {
    const block = Buffer.alloc(1024 * 1024, ' ');
    const more = () => {
      while (!response.destroyed && response.write(block)) {}
    };
    response.on('drain', more);
    more();
  };
  expect(await failure({})).toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringContaining(`more than ${MAX_ANSWER_BYTES}`),
  });
});

test('a server that is not there is named, without the secret in its address', async () => {
  const error = await failure({ url: 'http://127.0.0.1:1/?key=${env:API_TOKEN}' });
  expect(error).toMatchObject({ code: 'SOURCE_UNREACHABLE', message: expect.stringContaining('cannot be reached') });
  expect(JSON.stringify([error.message, error.details])).not.toContain('s3cret');
});

test('a mapping that fails on the answer, or cannot be read, says why', async () => {
  answer = json({ rows: [{ day: '2026-06-01', sum: 'twelve' }] });
  expect(await failure({ map: 'rows.{ "period": day, "value": $number(sum) }' })).toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringContaining('twelve'),
  });
  expect(() => sourceOf({ map: 'rows.{ "period" day }' })).toThrow(/the mapping cannot be read at character \d+/);
});
