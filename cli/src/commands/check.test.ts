import { join } from 'node:path';

import { recordedOutput, SHOP, type TestFolder, testFolder } from '../../test/folder';

import { backfill } from './backfill';
import { check } from './check';

const ROOT = join(__dirname, '../../..');
let folder: TestFolder | undefined;
afterEach(() => {
  folder?.remove();
  folder = undefined;
});

async function checked(files: Record<string, string>, json = false) {
  folder = testFolder(files);
  const out = recordedOutput();
  const code = await check({ config: join(folder.path, 'kpi-monitor.yaml'), json }, out, '0.0.0');
  return { code, lines: out.lines.map((line) => line.replaceAll(`${folder!.path}/`, '')) };
}

const KPI = (id: string, rest: string) => `id: ${id}\nname: ${id}\ncategory: sales\nkind: flow\n${rest}\n`;

test.each(['kpi-monitor.yaml', 'examples/us-employment/kpi-monitor.yaml'])('%s has no mistakes', async (config) => {
  const out = recordedOutput();
  const code = await check({ config: join(ROOT, config) }, out, '0.0.0');
  expect(out.text()).toMatch(/\d+ KPIs and \d+ measures in .*: no mistakes/);
  expect(code).toBe(0);
});

test('a sound folder of three lines of source passes', async () => {
  expect((await checked(SHOP)).code).toBe(0);
});

test('all mistakes of all files come at once, each with code, file, line and remedy', async () => {
  const { code, lines } = await checked({
    'kpi-monitor.yaml': 'zone: UTC\n',
    'kpis/_catalogue.yaml': 'categories:\n  - { id: sales, name: Sales }\n',
    'kpis/broken.yaml': 'id: broken\nname: [\n',
    'kpis/unknown.yaml': KPI('unknown', 'colour: red\nsource: { kind: demo, series: revenue }'),
    'kpis/order.yaml': KPI('order', 'source: { kind: demo }\nthresholds:\n  { warning: 80, critical: 90 }'),
    'kpis/circle.yaml': KPI('circle', 'formula: round * 2'),
    'kpis/round.yaml': KPI('round', 'formula: circle / 2'),
    'kpis/later.yaml': KPI('later', 'source: { kind: webhook }'),
    'kpis/nothing.yaml': KPI('nothing', ''),
    'kpis/named.yaml': KPI('otherwise', 'source: { kind: demo }'),
    'kpis/stray.yaml': KPI('stray', 'source: { kind: demo }').replace('category: sales', 'category: seals'),
  });
  expect(code).toBe(1);
  const text = lines.join('\n');
  expect(text).toMatch(/KPI_FILE_SYNTAX kpis\/broken\.yaml:\d /);
  expect(text).toMatch(/KPI_FILE_SCHEMA kpis\/unknown\.yaml:5 `colour` is not a field/);
  expect(text).toMatch(/KPI_THRESHOLD_ORDER kpis\/order\.yaml:\d /);
  expect(text).toMatch(/KPI_FORMULA_CYCLE kpis\/(circle|round)\.yaml:5 /);
  expect(text).toMatch(/KPI_FILE_SCHEMA kpis\/later\.yaml:5 /);
  expect(text).toMatch(/KPI_SOURCE kpis\/nothing\.yaml:1 .*neither a source nor a formula/);
  expect(text).toMatch(/KPI_ID_FILE kpis\/named\.yaml:1 .*name it otherwise\.yaml/);
  expect(text).toMatch(/KPI_CATEGORY_UNKNOWN kpis\/stray\.yaml:3 .*seals/);
  expect(lines.at(-1)).toMatch(/^\d+ mistakes$/);
});

test("sources that cannot work are found at the source's line", async () => {
  const { code, lines } = await checked({
    'kpi-monitor.yaml': 'connections: { erp: { kind: postgres, url: "${env:NOT_SET_HERE}" } }\n',
    'kpis/a.yaml': KPI('a', 'source: { kind: csv, path: away.csv, period: d, value: v }'),
    'kpis/b.yaml': KPI('b', 'source:\n  { kind: http, url: "http://127.0.0.1", map: "rows.{" }'),
    'kpis/c.yaml': KPI('c', 'source: { kind: sql, connection: crm, query: select 1 }'),
    'kpis/d.yaml': KPI('d', 'source: { kind: demo, series: sales }'),
    'kpis/e.yaml': KPI('e', 'source: { kind: sql, connection: erp, query: select 1 }'),
  });
  expect(code).toBe(1);
  expect(lines.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual(
    [
      'SOURCE_UNREACHABLE kpis/a.yaml:5',
      'KPI_SOURCE kpis/b.yaml:5',
      'KPI_SOURCE kpis/c.yaml:5',
      'KPI_SOURCE kpis/d.yaml:5',
      ' 4',
    ]
      .map((line) => (line === ' 4' ? '' : line))
      .concat('4 mistakes')
  );
});

test('JSON for programs', async () => {
  const { code, lines } = await checked({ 'kpi-monitor.yaml': '', 'kpis/a.yaml': KPI('a', '') }, true);
  expect(code).toBe(1);
  expect(JSON.parse(lines.join('\n'))).toMatchObject({ kpis: null, problems: [{ code: 'KPI_SOURCE', line: 1 }] });
});

test('a folder without a KPI is said to be empty', async () => {
  const { code, lines } = await checked({ 'kpi-monitor.yaml': '', 'kpis/_catalogue.yaml': 'name: Nothing yet\n' });
  expect(code).toBe(1);
  expect(lines[0]).toContain('CATALOGUE_EMPTY');
});

describe('thresholds and what values usually vary by', () => {
  /** Months of 2023 to 2025 that vary by about ten around 100. */
  const months = Array.from({ length: 36 }, (_, m) => {
    const month = `${2023 + Math.floor(m / 12)}-${String(1 + (m % 12)).padStart(2, '0')}`;
    return `${month}-01,${100 + [0, 9, -6, 3, -9, 7, -2][m % 7]!}`;
  });
  const sales = (thresholds: string) => ({
    'kpi-monitor.yaml': 'zone: UTC\n',
    'sales.csv': ['date,sales', ...months].join('\n'),
    'kpis/_catalogue.yaml': 'as_of: latest\ncategories:\n  - { id: sales, name: Sales }\n',
    'kpis/sales.yaml': KPI(
      'sales',
      `grain: month\nsource: { kind: csv, path: ../sales.csv, period: date, value: sales }\nthresholds: ${thresholds}`
    ),
  });

  async function weighed(thresholds: string, isFilled = true) {
    folder = testFolder(sales(thresholds));
    const config = join(folder.path, 'kpi-monitor.yaml');
    if (isFilled) {
      await backfill([], { config, from: '2023-01-01', to: '2026-01-01' }, recordedOutput(), '0.0.0');
    }
    const out = recordedOutput();
    const code = await check({ config }, out, '0.0.0');
    return { code, text: out.text().replaceAll(`${folder.path}/`, '') };
  }

  test('a threshold that chance crosses is no mistake, but said, with the false alarms of a year', async () => {
    const { code, text } = await weighed('{ warning: 95, critical: 50 }');
    expect(code).toBe(0);
    expect(text).toMatch(
      /KPI_THRESHOLD_NOISE kpis\/sales\.yaml:\d+ warning 95 lies within usual variation, \d+ to \d+: expect about [34] a year/
    );
    expect(text).not.toMatch(/critical 50/);
    expect(text).toMatch(/thresholds, by the values of .*: 1 lies within usual variation/);
  });

  test('one that lies outside is not mentioned', async () => {
    expect((await weighed('{ warning: 60, critical: 50 }')).text).toMatch(/: none lies within usual variation/);
  });

  test('without values it says that it cannot tell', async () => {
    const { code, text } = await weighed('{ warning: 95 }', false);
    expect(code).toBe(0);
    expect(text).toMatch(/thresholds are not weighed against usual variation: nothing is stored yet/);
  });
});
