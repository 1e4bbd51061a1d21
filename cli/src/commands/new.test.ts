import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';

import { parse } from 'yaml';

import { recordedOutput, SHOP, type TestFolder, testFolder } from '../../test/folder';
import { openQuestions } from '../terminal/questions';

import { check } from './check';
import { newKpi, type NewOptions } from './new';
import { tryKpi } from './try';

let folder: TestFolder;
beforeEach(
  () =>
    (folder = testFolder({
      ...SHOP,
      'sales.csv':
        'Id;Datum;Region;Betrag;Note\n1;01.10.2026;Nord;1.234,50;a\n2;01.10.2026;Süd;99,00;b\n3;02.10.2026;Nord;10,00;c\n4;02.10.2026;Süd;11,25;d\n',
    }))
);
afterEach(() => folder.remove());

const config = () => join(folder.path, 'kpi-monitor.yaml');
const file = (id: string) => join(folder.path, 'kpis', `${id}.yaml`);
const run = async (options: NewOptions) => {
  const out = recordedOutput();
  return { code: await newKpi({ config: config(), ...options }, out, null), out };
};
const csv = () => ({ source: 'csv', path: join(folder.path, 'sales.csv') });

test('writes a file that the catalogue takes and whose source can be tried, from what a CSV looks like', async () => {
  const { code, out } = await run({ ...csv(), name: 'Net sales', dimensions: 'region=Region' });
  expect(code).toBe(0);
  expect(out.text()).toContain('next: kpi try net_sales');
  expect(readFileSync(file('net_sales'), 'utf8').split('source:')[1]!.split('\n').slice(1, -1)).toEqual([
    '  kind: csv',
    '  path: ../sales.csv',
    '  period: Datum',
    '  value: Betrag',
    '  decimal: ","',
    '  format: dd.MM.yyyy',
    '  dimensions:',
    '    region: Region',
  ]);
  expect(await check({ config: config() }, recordedOutput(), '0.0.0')).toBe(0);
  const tried = recordedOutput();
  expect(await tryKpi('net_sales', { config: config(), json: true }, tried, '0.0.0')).toBe(0);
  expect(JSON.parse(tried.text())).toMatchObject({ line: { values: [1333.5, 21.25] }, refused: [] });
});

test.each<[string, NewOptions, object]>([
  ['push', { source: 'push', set: ['every=5m'] }, { source: { kind: 'push', every: '5m' } }],
  [
    'http',
    { source: 'http', url: 'https://shop.example.com/api?from={from}', grain: 'month', direction: 'range' },
    { grain: 'month', direction: 'range', source: { url: 'https://shop.example.com/api?from={from}' } },
  ],
  [
    'sql',
    { source: 'sql', connection: 'erp', query: 'select 1 as period,\n  2 as value', kind: 'stock', unit: 'percent' },
    { kind: 'stock', unit: 'percent', source: { connection: 'erp', query: 'select 1 as period,\n  2 as value' } },
  ],
  [
    'file',
    { source: 'file', path: 'sales/*.xlsx', period: 'Day', value: 'C', dimensions: 'region=Region' },
    { dimensions: ['region'], source: { period: 'Day', value: 'C', dimensions: { region: 'Region' } } },
  ],
  [
    'a score with an awkward name',
    { source: 'push', kind: 'score', direction: 'down', name: 'Marks: "all" # of them' },
    { name: 'Marks: "all" # of them', direction: 'down', aggregate: { time: 'mean', dimensions: 'mean' } },
  ],
])('%s: a valid file with what was said', async (_, options, expected) => {
  const { out, code } = await run({ id: 'fresh', ...options });
  expect([code, out.text()]).toEqual([0, expect.stringContaining('the catalogue takes it')]);
  expect(parse(readFileSync(file('fresh'), 'utf8'))).toMatchObject({ id: 'fresh', ...expected });
});

test('never writes over a file, nor what is no KPI', async () => {
  folder.write('kpis/broken.yaml', 'id: [');
  await expect(run({ id: 'broken', source: 'push' })).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    message: expect.stringContaining('is there already'),
  });
  const { code, out } = await run({ id: 'fresh', source: 'push', set: ['every=often'] });
  expect(code).toBe(1);
  expect(out.text()).toContain('nothing was written');
  expect(existsSync(file('fresh'))).toBe(false);
});

test.each([
  [{ id: 'orders', source: 'push' }, '--id `orders` is in the catalogue already'],
  [{ id: 'Net Sales', source: 'push' }, '--id `Net Sales` is no id'],
  [{ source: 'push' }, '--name is needed'],
  [{ id: 'fresh' }, '--source is needed'],
  [{ id: 'fresh', source: 'push', grain: 'hourly' }, '--grain `hourly` is none of minute, hour'],
  [{ id: 'fresh', source: 'http' }, '--url is needed'],
  [{ id: 'fresh', source: 'csv' }, '--path is needed'],
])('%j: %s', async (options, message) => {
  await expect(run(options)).rejects.toMatchObject({
    code: 'REQUEST_INVALID',
    message: expect.stringContaining(message),
  });
});

test('a column that is not there is named with those that are', async () => {
  await expect(run({ ...csv(), id: 'fresh', value: 'Umsatz' })).rejects.toMatchObject({
    message: 'the file has no column `Umsatz`; it has Id, Datum, Region, Betrag, Note',
  });
});

test('asks for what is not given, again when an answer cannot be used, and takes the usual at a mere return', async () => {
  const [input, output] = [new PassThrough(), new PassThrough()];
  const out = recordedOutput();
  const path = join(folder.path, 'sales.csv');
  const answers = ['Orders', 'orders', 'gross', '', '3', '', 'sideways', '2', '', path, '', '', 'region=Region', ''];
  answers.forEach((answer) => input.write(`${answer}\n`));
  input.end();
  const questions = openQuestions(input, output);
  const code = await newKpi({ config: config() }, out, questions);
  const asked = String(output.read());
  expect([code, asked]).toEqual([0, expect.stringContaining('`orders` is in the catalogue already')]);
  expect(asked).toContain('`sideways` is none of these');
  expect(parse(readFileSync(file('gross'), 'utf8'))).toMatchObject({
    ...{ id: 'gross', name: 'Orders', category: 'sales', kind: 'ratio', unit: 'none', direction: 'down', grain: 'day' },
    source: { period: 'Datum', value: 'Betrag', dimensions: { region: 'Region' } },
  });
});

test('breaking the questions off writes nothing', async () => {
  const input = new PassThrough();
  input.end('Fresh\n');
  const questions = openQuestions(input, new PassThrough());
  await expect(newKpi({ config: config() }, recordedOutput(), questions)).rejects.toMatchObject({
    message: 'the questions were broken off; nothing was written',
  });
});
