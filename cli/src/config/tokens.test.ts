import { utimesSync } from 'node:fs';
import { join } from 'node:path';

import { identify } from '@kpi-monitor/engine/http/access';
import { SILENT } from '@kpi-monitor/collector/log';
import { createCalendar } from '@kpi-monitor/model/time/calendar';

import { recordedOutput, type TestFolder, testFolder } from '../../test/folder';
import { token } from '../commands/token';

import { readConfig } from './read';
import { tokenRules, tokensOf } from './tokens';
import { watchedConfig } from './watched';

const calendar = createCalendar({ zone: 'America/New_York' });
let folder: TestFolder;
let time: number;
let mistakes: Array<[unknown, string | undefined]>;
beforeEach(() => {
  folder = testFolder({ 'kpis/.keep': '' });
  time = Date.now();
  mistakes = [];
});
afterEach(() => folder.remove());

/** What `kpi token` shows, and the line for the configuration. */
function made(name: string, options: Partial<Parameters<typeof token>[1]> = {}) {
  const out = recordedOutput();
  token(name, { scopes: 'push', ...options }, out);
  return { secret: out.lines[0]!, line: out.lines.slice(2).join('\n') };
}
let saved = 0;
function save(...lines: string[]) {
  const file = folder.write('kpi-monitor.yaml', `tokens:\n${lines.join('\n')}\n`);
  // Two within one tick of the disk's clock are told apart.
  utimesSync(file, new Date(), new Date(1e12 + 1000 * ++saved));
}
const watched = () => {
  const wanted = { config: join(folder.path, 'kpi-monitor.yaml') };
  return tokensOf(
    watchedConfig(readConfig(wanted), wanted, {
      check: (next) => void tokenRules(next, calendar),
      log: { ...SILENT, error: (fields, message) => mistakes.push([fields, message]) },
      clock: () => (time += 2000),
    }),
    calendar
  );
};
const client = (tokens: ReturnType<typeof watched>, secret: string, now = Date.UTC(2026, 5, 1)) =>
  identify({ authorization: `Bearer ${secret}` }, tokens(), now);

it('are rotated without a restart: the old one goes on until it is taken out', () => {
  const [old, young] = [made('shop'), made('shop')];
  save(old.line);
  const tokens = watched();
  expect(client(tokens, old.secret)).toMatchObject({ client: 'shop', scopes: ['push'] });
  save(old.line, young.line);
  expect([client(tokens, old.secret).client, client(tokens, young.secret).client]).toEqual(['shop', 'shop']);
  save(young.line);
  expect(() => client(tokens, old.secret)).toThrow('not one that this engine knows');
  expect(client(tokens, young.secret).client).toBe('shop');
});

it('stay as they were while the file holds a mistake, which is told once', () => {
  const { secret, line } = made('shop');
  save(line);
  const tokens = watched();
  save(line, '  - { name: broken }');
  expect(client(tokens, secret).client).toBe('shop');
  client(tokens, secret);
  expect(mistakes).toEqual([[{ code: 'CONFIG_FILE' }, expect.stringMatching(/stays as it was: .*kpi-monitor.yaml:6/)]]);
});

it('run out at the end of their last day in the business zone', () => {
  const { secret, line } = made('shop', { until: '2026-06-30', kpis: 'orders, shop_*' });
  save(line);
  const tokens = watched();
  const midnight = Date.parse('2026-07-01T00:00:00-04:00');
  expect(client(tokens, secret, midnight - 1)).toMatchObject({ kpis: ['orders', 'shop_*'] });
  expect(() => client(tokens, secret, midnight)).toThrow('the token of `shop` has run out');
});

it('are in the configuration as hashes, and nowhere else', () => {
  const { secret, line } = made('shop');
  expect(secret).toMatch(/^[\w-]{43}$/);
  expect(line).not.toContain(secret);
  expect(line).toMatch(/^ {2}- name: shop\n {4}sha256: [0-9a-f]{64}\n {4}scopes:\n {6}- push$/);
});

it.each([
  ['a scope that there is not', { scopes: 'push,rule' }, '`rule` is no scope; there are read, write'],
  ['a day that is none', { until: 'soon' }, '--until soon is no date'],
])('%s is refused', (_, options, message) => {
  expect(() => made('shop', options)).toThrow(message);
});

it.each([
  [
    'both',
    '  - { name: a, token: b, sha256: "' + 'a'.repeat(64) + '", scopes: [push] }',
    'give either `token` or `sha256`',
  ],
  ['a hash that is none', '  - { name: a, sha256: b, scopes: [push] }', '64 hexadecimal digits'],
  ['a pattern that is none', '  - { name: a, token: b, scopes: [push], kpis: ["*s"] }', 'shop_*'],
])('%s is refused by file and line', (_, line, message) => {
  save(line);
  expect(watched).toThrow(message);
});
