/** Files of an operator's, as they are: with mistakes, packages that are not installed, and secrets. */
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import type { ModuleSource } from '@kpi-monitor/model/catalogue/source-schema';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';

import { freePort } from '../../../../tests/support/program';
import { kpiFrom } from '../../../test/catalogue';
import { readAll } from '../../../test/read-all';
import { readPeriod } from '../../validation/period';

import { checkSource } from './kit';
import { createModuleSource } from './source';

const EXAMPLE = join(__dirname, '../../../../examples/own-source');
const calendar = createCalendar();
const window = { from: civil(2026, 3, 1), to: civil(2026, 3, 4) };
const outside = mkdtempSync(join(tmpdir(), 'kpi-outside-'));
let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'kpi-module-'));
  mkdirSync(join(folder, 'sources'));
});
afterEach(() => rmSync(folder, { recursive: true }));
afterAll(() => rmSync(outside, { recursive: true }));

const PATH = 'sources/own.ts';
function own(text: string, options: Record<string, unknown> = {}, path = PATH) {
  writeFileSync(join(folder, PATH), text);
  const kpi = kpiFrom('kind: flow\ndimensions: [channel]\nsource: { kind: module, path: x }');
  const config = { ...(kpi.source as ModuleSource), path, options };
  const resolve = (secret: string) => secret.replace('${env:TOKEN}', 'open-sesame');
  return createModuleSource(kpi, config, { calendar, catalogueFolder: folder, resolve });
}
const periodOf = ({ period }: { period: unknown }) => readPeriod(period, { grain: 'day', calendar });
/** @param stopWithin milliseconds; a source that heeds its signal has all the time that a busy machine needs */
const failures = async (source: ReturnType<typeof own>, stopWithin = 60_000) =>
  (await checkSource(source, { window, periodOf, stopWithin })).flatMap(({ what, failure }) =>
    failure === null ? [] : [`${what}: ${failure}`]
  );

test('the example of the guide counts its log by day and channel, and passes the kit', async () => {
  cpSync(EXAMPLE, folder, { recursive: true });
  const source = own('', { file: 'signups.txt' }, 'sources/signups.ts');
  await source.check!();
  expect((await readAll(source, window)).map(({ period, value, dims }) => [period, dims.channel, value])).toEqual([
    ['2026-03-01', 'web', 2],
    ['2026-03-01', 'partner', 1],
    ['2026-03-02', 'web', 1],
    ['2026-03-03', 'partner', 1],
    ['2026-03-03', 'web', 2],
  ]);
  expect(await failures(source)).toEqual([]);
});

test('the guide shows the very file and KPI of the example', () => {
  const guide = readFileSync(join(__dirname, '../../../../docs/write-a-source.md'), 'utf8');
  expect(guide).toContain(readFileSync(join(EXAMPLE, 'sources/signups.ts'), 'utf8'));
  expect(guide).toContain(readFileSync(join(EXAMPLE, 'signups.yaml'), 'utf8'));
});

test('it is asked for the window, with its options and their secrets, and may import its own files', async () => {
  writeFileSync(join(folder, 'sources/part.ts'), 'export const doubled = (n: number): number => 2 * n;\n');
  const source = own(
    `import { doubled } from './part';
     export const source = { read: async ({ from, to, options, kpi, zone }: any) =>
       [{ period: from, value: doubled(21), channel: [to, options.deep[0].token, kpi.id, kpi.grain, zone].join(' ') }] };`,
    { deep: [{ token: '${env:TOKEN}' }] }
  );
  expect(await readAll(source, window)).toMatchObject([
    { period: '2026-03-01', value: 42, dims: { channel: '2026-03-04 open-sesame orders day UTC' }, where: 'record 1' },
  ]);
});

test('a change of the file counts from the next read on', async () => {
  const source = own('export default { read: () => [{ period: 2026, value: 1 }] };');
  expect(await readAll(source, window)).toMatchObject([{ value: 1 }]);
  writeFileSync(join(folder, PATH), 'export default { read: () => [{ period: 2026, value: 2 }] };');
  utimesSync(join(folder, PATH), new Date(), new Date(Date.now() + 5000));
  expect(await readAll(source, window)).toMatchObject([{ value: 2 }]);
});

test.each([
  ['const a = 1;\nexport default { read( };', 'KPI_SOURCE', /own\.ts:2:\d+ .*"\}"/],
  ["import './away';\nexport default {};", 'KPI_SOURCE', /own\.ts:1:\d+ Could not resolve "\.\/away"/],
  ['export const value = 1;', 'KPI_SOURCE', /exports no source/],
  ["throw new Error('at once');", 'KPI_SOURCE', /cannot be run: at once/],
  ["import 'not-installed-anywhere';\nexport default { read: () => [] };", 'KPI_SOURCE', /not-installed-anywhere/],
  [
    "import { z } from 'zod';\nexport default { schema: z.object({ url: z.string() }), read: () => [] };",
    'KPI_SOURCE',
    /does not take its options: `options\.url`: /,
  ],
])('%s is refused by a check', async (text, code, message) => {
  await expect(own(text).check!()).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

test.each(['../own.ts', '/etc/passwd', 'sources/link.ts', '..'])(
  '%s outside of the catalogue is not run',
  async (path) => {
    writeFileSync(join(outside, 'own.ts'), "throw new Error('it was run');");
    symlinkSync(join(outside, 'own.ts'), join(folder, 'sources/link.ts'));
    await expect(own('', {}, path).check!()).rejects.toMatchObject({
      code: 'KPI_SOURCE',
      message: expect.stringContaining('outside of the catalogue folder'),
    });
  }
);

test.each([
  ["throw new Error('no login with ' + options.token)", 'SOURCE_REFUSED', /^sources\/own\.ts: no login with \*\*\*$/],
  ['await fetch(options.url, { signal })', 'SOURCE_UNREACHABLE', /^sources\/own\.ts: fetch failed/],
])('%s becomes a coded error without secrets', async (body, code, message) => {
  const source = own(`export default { async *read({ options, signal }: any) { ${body}; } };`, {
    token: '${env:TOKEN}',
    url: `http://127.0.0.1:${await freePort()}`,
  });
  await expect(readAll(source, window)).rejects.toMatchObject({ code, message: expect.stringMatching(message) });
});

test.each([
  ['return [];', /it reads: it gives no record/],
  ["throw new Error('away');", /it reads: SOURCE_REFUSED: .*away/],
  ["return ['2026-03-01'];", /records have period and value: the source gives/],
  ["return [{ period: 'soon', value: 1 }];", /periods can be read: not "soon"/],
  ["return [{ period: '2026-02-28', value: 1 }];", /records lie in the window: not .*2026-02-28/],
  ["return [{ period: '2026-03-01', value: 1 }, { period: '2026-03-01', value: 2 }];", /dimensions: two for/],
  ["return [{ period: '2026-03-01', value: Math.random() }];", /it gives the same again: a second read differs/],
  [
    "await new Promise((r) => setTimeout(r, 500)); return [{ period: '2026-03-01', value: 1 }];",
    /it stops when nobody waits: .* heed `signal`/,
  ],
])('the kit finds: %s', async (body, expected) => {
  const [failure] = await failures(own(`export default { async read() { ${body} } };`), 100);
  expect(failure).toMatch(expected);
});
