import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { createCalendar } from '@kpi-monitor/model/time/calendar';

import { catalogueFrom } from '../../test/catalogue';

import { checkSources } from './check';

const folder = mkdtempSync(join(tmpdir(), 'kpi-sources-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('all sources that cannot work are named at once, and those that can are not', async () => {
  writeFileSync(join(folder, 'there.csv'), 'date,sales\n');
  const catalogue = catalogueFrom({
    good: 'kind: flow\nsource: { kind: csv, path: there.csv, period: date, value: sales }',
    file: 'kind: flow\nsource: { kind: csv, path: away.csv, period: date, value: sales }',
    mapping: 'kind: flow\nsource: { kind: http, url: "http://127.0.0.1", map: "rows.{" }',
    database: 'kind: flow\nsource: { kind: sql, connection: crm, query: select 1 }',
    company: 'kind: flow\nsource: { kind: demo }',
    formula: 'kind: ratio\nformula: good / file',
  });
  const mistakes = await checkSources(catalogue, {
    calendar: createCalendar(),
    clock: Date.now,
    catalogueFolder: folder,
    connections: {},
    resolve: (text) => text,
  });
  expect(mistakes.map(({ kpi, error }) => `${kpi.id} ${error.code}`)).toEqual([
    'file SOURCE_UNREACHABLE',
    'mapping KPI_SOURCE',
    'database KPI_SOURCE',
    'company KPI_SOURCE',
  ]);
});
