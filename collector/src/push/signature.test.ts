import { createHmac } from 'node:crypto';

import { kpiFrom } from '../../test/catalogue';
import type { WebhookSource } from '@kpi-monitor/model/catalogue/source-schema';

import { verifySignature } from './signature';

const NOW = Date.UTC(2026, 5, 17, 12);
const SECONDS = String(NOW / 1000);
const SECRET = "It's a Secret to Everybody";
const BODY = 'Hello, World!';

const configOf = (signature: string) =>
  (
    kpiFrom(`kind: flow\nsource: { kind: webhook, map: x, signature: { secret: "\${env:S}", ${signature} } }`)
      .source as WebhookSource
  ).signature;
const verify = (signature: string, headers: Record<string, string>, body: string | Buffer = BODY, secret = SECRET) =>
  verifySignature(configOf(signature), secret, { body: Buffer.from(body), headers }, NOW);
const hmac = (text: string | Buffer, encoding: 'hex' | 'base64' = 'hex', secret: string | Buffer = SECRET) =>
  createHmac('sha256', secret).update(text).digest(encoding);
const codeOf = (work: () => unknown) => {
  try {
    work();
    return 'none';
  } catch (error) {
    return (error as { code: string }).code;
  }
};

const GITHUB = "header: X-Hub-Signature-256, prefix: 'sha256='";
const STRIPE =
  "header: Stripe-Signature, prefix: 'v1=', timestamp: { header: Stripe-Signature, prefix: 't=' }, signs: '{timestamp}.{body}'";
const STANDARD =
  "header: webhook-signature, prefix: 'v1,', encoding: base64, secret_encoding: base64, timestamp: { header: webhook-timestamp }, signs: '{id}.{timestamp}.{body}', id_header: webhook-id";

test("GitHub's published example fits", () => {
  // https://docs.github.com/en/webhooks/using-webhooks/validating-webhook-deliveries
  const published = '757107ea0eb2509fc211221cce984b8a37570b6d7586c22c46f4379c8b043e17';
  expect(verify(GITHUB, { 'x-hub-signature-256': `sha256=${published}` })).toBe(published);
});

test("Standard Webhooks' published example fits", () => {
  // https://github.com/standard-webhooks/standard-webhooks, libraries' tests
  const config = configOf(STANDARD);
  const event = {
    body: Buffer.from('{"test": 2432232314}'),
    headers: {
      'webhook-id': 'msg_p5jXN8AQM9LWM0D4loKWxJek',
      'webhook-timestamp': '1614265330',
      'webhook-signature':
        'v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE= v1,bm9ldHUjKzFob2VudXRob2VodWUzMjRvdWVvdW9ldQo=',
    },
  };
  const secret = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
  expect(verifySignature(config, secret, event, 1614265330_000)).toMatch(/^[0-9a-f]{64}$/);
});

test('one of several signatures is enough: a secret is being changed', () => {
  const header = `t=${SECONDS},v1=${'0'.repeat(64)},v1=${hmac(`${SECONDS}.${BODY}`)},v0=${'1'.repeat(64)}`;
  expect(verify(STRIPE, { 'stripe-signature': header })).toBe(hmac(`${SECONDS}.${BODY}`));
});

test('the bytes are signed, not the text', () => {
  const bytes = Buffer.from([0xff, 0xfe, 0x00, 0x7b]);
  expect(verify(GITHUB, { 'x-hub-signature-256': `sha256=${hmac(bytes)}` }, bytes)).toBe(hmac(bytes));
});

test.each([
  ['no signature', {}],
  ['one without its prefix', { 'x-hub-signature-256': hmac(BODY) }],
  ['an empty one', { 'x-hub-signature-256': 'sha256=' }],
  ['one that is cut off', { 'x-hub-signature-256': `sha256=${hmac(BODY).slice(0, 62)}` }],
  ['one by another secret', { 'x-hub-signature-256': `sha256=${hmac(BODY, 'hex', 'another one')}` }],
  ['one of another body', { 'x-hub-signature-256': `sha256=${hmac(`${BODY} `)}` }],
  ['one in another encoding', { 'x-hub-signature-256': `sha256=${hmac(BODY, 'base64')}` }],
])('%s is refused', (_, headers) => {
  expect(codeOf(() => verify(GITHUB, headers as Record<string, string>))).toBe('HOOK_SIGNATURE');
});

const stripe = (at: string) => ({ 'stripe-signature': `t=${at},v1=${hmac(`${at}.${BODY}`)}` });
test.each([
  ['five minutes ago', String(NOW / 1000 - 300), 'none'],
  ['longer ago', String(NOW / 1000 - 301), 'HOOK_OLD'],
  ['in the future', String(NOW / 1000 + 301), 'HOOK_OLD'],
  ['in milliseconds', String(NOW), 'none'],
  ['as a date', new Date(NOW).toISOString(), 'none'],
  ['at no time', 'yesterday', 'HOOK_OLD'],
])('signed %s', (_, at, code) => {
  expect(codeOf(() => verify(STRIPE, stripe(at)))).toBe(code);
});

test('a time that was changed afterwards does not fit', () => {
  const header = stripe(String(NOW / 1000 - 3600))['stripe-signature'].replace(/t=\d+/, `t=${SECONDS}`);
  expect(codeOf(() => verify(STRIPE, { 'stripe-signature': header }))).toBe('HOOK_SIGNATURE');
  expect(codeOf(() => verify(STRIPE, { 'stripe-signature': `v1=${hmac(`.${BODY}`)}` }))).toBe('HOOK_SIGNATURE');
});

test.each([
  ["header: X, signs: '{timestamp}'", /not over \{body\}/],
  ["header: X, signs: '{timestamp}.{body}'", /need each other/],
  ['header: X, timestamp: { header: T }', /need each other/],
  ["header: X, signs: '{id}.{body}'", /needs `id_header`/],
  ['header: X, id: a, id_header: b', /leave `id` or `id_header` out/],
])('%s proves nothing and is refused', (signature, message) => {
  expect(() => configOf(signature)).toThrow(message);
});
