/** Pages of a real server: all of them, in order, and never without end. */
import { httpService, json, type Service, status } from '../../../test/http-service';
import { httpSource } from '../../../test/http-source';
import { readAll } from '../../../test/read-all';

import { linkOf } from './pages';

let service: Service;
beforeAll(async () => {
  service = await httpService();
});
afterAll(() => service.close());

const row = (value: number) => ({ period: `2026-06-0${value}`, value });
const page = (values: number[], more: object = {}) => json({ rows: values.map(row), ...more });
const read = (config: string, path = '/data') =>
  readAll(httpSource(`url: "${service.base}${path}", map: "[rows]", ${config}`));
const values = async (...args: Parameters<typeof read>) => (await read(...args)).map(({ value }) => value);
const urls = () => service.received.map(({ url }) => url);

test('the Link header', async () => {
  service.answer(
    json({ rows: [row(1)] }, { link: '</data?p=2>; rel="next", </data?p=9>; rel="last"' }),
    json({ rows: [row(2)] }, { link: `<${service.base}/data?p=1>; rel=prev` })
  );
  expect(await values('pages: { kind: link }')).toEqual([1, 2]);
  expect(urls()).toEqual(['/data', '/data?p=2']);
});

test('an address in the answer, relative or not', async () => {
  service.answer(
    page([1], { next: '?p=2' }),
    page([2], { next: `${service.base}/data?p=3` }),
    page([3], { next: null })
  );
  expect(await values('pages: { kind: url, next: next }, headers: { X-Key: "${env:API_TOKEN}" }')).toEqual([1, 2, 3]);
  expect(urls()).toEqual(['/data', '/data?p=2', '/data?p=3']);
  expect(service.received[2]!.headers['x-key']).toBe('s3cret-token');
});

test('a cursor in the answer; the first page is asked for without one', async () => {
  service.answer(page([1], { meta: { next: 'a/b' } }), page([2], { meta: {} }));
  expect(await values('pages: { kind: cursor, next: meta.next }', '/data?n=1&after={page}&x=2')).toEqual([1, 2]);
  expect(urls()).toEqual(['/data?n=1&x=2', '/data?n=1&after=a%2Fb&x=2']);
});

test('numbers and offsets, in the address or in the body, until a page is empty', async () => {
  service.answer(page([1, 2]), page([3]), page([]));
  expect(await values('pages: { kind: page }', '/data?page={page}')).toEqual([1, 2, 3]);
  expect(urls()).toEqual(['/data?page=1', '/data?page=2', '/data?page=3']);
  service.answer(page([1, 2]), page([3]), json({}));
  const body = `method: POST, body: '{"skip": {page}}', pages: { kind: offset, step: 2 }`;
  expect(await values(body)).toEqual([1, 2, 3]);
  expect(service.received.map((one) => one.body)).toEqual(['{"skip": 0}', '{"skip": 2}', '{"skip": 4}']);
});

test('a page that fails is tried again alone; when it stays away, none of the read counts', async () => {
  service.answer(page([1]), status(503), page([2]), page([]));
  expect(await values('pages: { kind: page }', '/data?page={page}')).toEqual([1, 2]);
  service.answer(page([1]), status(404));
  await expect(read('pages: { kind: page }', '/data?page={page}')).rejects.toMatchObject({ code: 'SOURCE_REFUSED' });
});

test.each([
  [
    'a page that leads back',
    'pages: { kind: url, next: next }',
    { next: '/data?p=2' },
    'page 2 of .* is page 1 again|leads back',
  ],
  [
    'a page that leads to itself',
    'pages: { kind: url, next: next }',
    { next: '/data' },
    'leads back to an earlier one',
  ],
  ['another server', 'pages: { kind: url, next: next }', { next: 'http://127.0.0.2/' }, 'next page of .* is at http'],
  ['no address', 'pages: { kind: url, next: next }', { next: 'http://[' }, 'what is no address'],
  ['a cursor that stands still', 'pages: { kind: cursor, next: next }', { next: 'x' }, 'is page 1 again|leads back'],
  ['a cursor that is no text', 'pages: { kind: cursor, next: next }', { next: {} }, 'gives no text on page 1'],
  ['a page that always comes again', 'pages: { kind: page }', {}, 'page 2 of .* is page 1 again'],
])('%s ends the read', async (_, config, more, message) => {
  service.answer(page([1], more));
  await expect(read(config, config.includes('url') ? '/data' : '/data?p={page}')).rejects.toMatchObject({
    code: 'SOURCE_FORMAT',
    message: expect.stringMatching(message),
  });
});

test('pages without end have one', async () => {
  let n = 0;
  service.answer((response, received) => page([1], { n: n++ })(response, received));
  await expect(read('pages: { kind: page, most: 4 }', '/data?page={page}')).rejects.toThrow(/more than 4 pages/);
  expect(service.received).toHaveLength(4);
});

test.each([
  ['<https://a/2>; rel="next"', 'https://a/2'],
  ['<https://a/1>; rel=prev, <https://a/2,3>; title="a, b"; rel=next', 'https://a/2,3'],
  ['</2>; rel="prev next"', '/2'],
  ['</2>; REL=NEXT', '/2'],
  ['</2>; rel="nextish"', null],
  ['<>; rel=next', ''],
  ['</2>', null],
  ['', null],
])('Link: %s', (header, target) => {
  expect(linkOf(header, 'next')).toBe(target);
});
