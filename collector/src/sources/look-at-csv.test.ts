import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createCalendar } from '@kpi-monitor/model/time/calendar';

import { lookAtCsv } from './look-at-csv';

const folder = mkdtempSync(join(tmpdir(), 'kpi-look-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const look = (text: string | Buffer) => {
  const path = join(folder, 'file.csv');
  writeFileSync(path, text);
  return lookAtCsv(path, createCalendar({ zone: 'Europe/Berlin' }));
};

test.each([
  [
    'id,date,region,orders\n1,2026-01-01,West,3\n2,2026-01-02,East,4\n3,2026-01-03,East,\n',
    { period: 'date', format: null, values: ['orders', 'id'], grain: 'day', decimal: '.' },
  ],
  [
    '\ufeffMonth;Umsatz netto\n2026-01;"1.234,5"\n2026-02;7,25\n',
    { period: 'Month', values: ['Umsatz netto'], grain: 'month', decimal: ',' },
  ],
  [
    'day\tcount\n01/02/2026\t3\n02/02/2026\t4\n',
    { period: 'day', format: 'MM/dd/yyyy', alsoFits: expect.arrayContaining(['dd/MM/yyyy']) },
  ],
  ['day,count\n13/02/2026,3\n14/02/2026,4\n', { format: 'dd/MM/yyyy', grain: 'day' }],
  ['year,value\n2024,1\n2025,2\n', { period: 'year', values: ['value'], grain: 'year' }],
  ['at,load\n2026-01-01T00:00:00Z,1\n2026-01-01T01:00:00Z,2\n', { period: 'at', grain: 'hour' }],
  ['a,b\nx,1\n', { period: null, values: ['b'] }],
  ['date,a\n', { period: null, values: [] }],
])('%j', async (text, expected) => {
  expect(await look(text)).toMatchObject(expected);
});

test('one that is not UTF-8 is read as what such files most often are', async () => {
  const text = 'Datum;Gebiet;Umsatz\n01.01.2026;S\u00fcd;1,5\n02.01.2026;S\u00fcd;2,5\n';
  expect(await look(Buffer.from(text, 'latin1'))).toMatchObject({ encoding: 'windows-1252', members: ['Gebiet'] });
  expect(await look(text)).toMatchObject({ encoding: null });
});

test('a file that is empty or not there is refused by its code', async () => {
  await expect(look('\n')).rejects.toMatchObject({ code: 'SOURCE_FORMAT' });
  await expect(lookAtCsv(join(folder, 'none.csv'), createCalendar({}))).rejects.toMatchObject({
    code: 'SOURCE_UNREACHABLE',
  });
});
