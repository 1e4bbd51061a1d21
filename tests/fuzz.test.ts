/**
 * Whatever comes in, nothing breaks: each refusal has a code, and no input takes more than its share.
 *
 * The seed is fixed; `FUZZ_SEED` takes another, `FUZZ_RUNS` more of them (100 of each by default). A failure prints the
 * seed and the smallest input that it was found with.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

import { parseConfig } from '@kpi-monitor/cli/config/read';
import { pushRoutes } from '@kpi-monitor/cli/http/push-routes';
import { createDeadLetters } from '@kpi-monitor/collector/dead-letters';
import { SILENT } from '@kpi-monitor/collector/log';
import { createReceiver } from '@kpi-monitor/collector/push/receive';
import { createSource } from '@kpi-monitor/collector/sources/create';
import { createValidator } from '@kpi-monitor/collector/validation/validate';
import { type Catalogue, kpiOf } from '@kpi-monitor/model/catalogue/catalogue';
import { loadCatalogue } from '@kpi-monitor/model/catalogue/load';
import { ERRORS, KpiError } from '@kpi-monitor/model/errors';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import fc from 'fast-check';
import fastify, { type FastifyInstance } from 'fastify';

import { mutated } from './support/mutated';

const SEED = Number(process.env.FUZZ_SEED ?? 20_261_125);
const RUNS = Number(process.env.FUZZ_RUNS ?? 100);
const options = { seed: SEED, numRuns: RUNS };
jest.setTimeout(300_000 + RUNS * 500);

const calendar = createCalendar({ zone: 'America/New_York' });
const NOW = Date.UTC(2026, 5, 17, 16);
const ALL = { from: -8.64e15, to: 8.64e15 };
let folder: string;
beforeAll(() => (folder = mkdtempSync(join(tmpdir(), 'kpi-fuzz-'))));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const KPI_FILE = `# a KPI
id: revenue
version: 3
name: Revenue
category: financial
tier: headline
kind: flow
unit: currency:financial:$
direction: up
definition: { text: "Invoiced, net", excludes: [tax] }
dimensions: [region, channel]
grain: day
aggregate: { time: sum, dimensions: sum }
judge: { at: month, against: target, settle_after: "2 working days", min_complete: 0.98 }
references:
  - { kind: target, year: 2026, total: 12000000, phasing: [.07,.07,.08,.08,.08,.08,.07,.07,.09,.09,.10,.12] }
thresholds: &t { as: percent_of_target, warning: 90, critical: 80, emergency: 70 }
valid: { min: 0 }
source: { kind: file, path: 'a/*.csv', period: date, value: 3, every: 1h, missing: zero, expected_by: "period_end 06:00" }
`;
const FORMULA_FILE = `id: margin
name: Margin
category: financial
kind: ratio
unit: percent
formula: trailing(profit, 12, month) / prev(revenue, month) * 100
judge: { at: month }
thresholds: { warning: 20, critical: 15 }
`;
const BOMB = `a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [${'*a,'.repeat(9)}]\nc: &c [${'*b,'.repeat(9)}]\nd: [${'*c,'.repeat(9)}]\n`;

test('catalogue files', () => {
  const texts = mutated(KPI_FILE, FORMULA_FILE, KPI_FILE + BOMB);
  fc.assert(
    fc.property(texts, (text) => {
      const { problems } = loadCatalogue([
        { path: 'k/revenue.yaml', text },
        { path: 'k/profit.yaml', text: 'id: profit\nname: P\nrole: measure\nkind: flow\nsource: { kind: push }' },
      ]);
      problems.forEach(({ code, line, message }) => {
        expect(ERRORS).toHaveProperty(code);
        expect(line).toBeGreaterThan(0);
        expect(message).not.toBe('');
      });
    }),
    options
  );
});

test.each([
  ['aliases of aliases', KPI_FILE + BOMB],
  ['lists in lists', `a: ${'['.repeat(100_000)}`],
  ['maps in maps', `a: ${'{b: '.repeat(50_000)}`],
  ['indents in indents', Array.from({ length: 600 }, (_, i) => `${' '.repeat(i)}a:`).join('\n')],
  ['dashes', '- '.repeat(100_000)],
  ['merges of itself', 'a: &a\n  <<: *a\n'],
  ['a file without end', 'x'.repeat(10_000_000)],
  ['a formula without end', `id: revenue\nformula: "${'('.repeat(50_000)}"`],
  ['a long sum', `id: revenue\nname: r\nkind: ratio\nformula: "${'1+'.repeat(20_000)}1"`],
])('of YAML, %s are a coded problem', (_, text) => {
  const { problems } = loadCatalogue([{ path: 'k/revenue.yaml', text }]);
  expect(problems.length).toBeGreaterThan(0);
  problems.forEach(({ code }) => expect(ERRORS).toHaveProperty(code));
  expect(() => parseConfig('kpi-monitor.yaml', text)).toThrow(expect.objectContaining({ code: 'CONFIG_FILE' }));
});

const CONFIG_FILE = `version: 1
catalogue: kpis
zone: Europe/Berlin
calendar: { week_start: 1, holidays: DE-BY, working_hours: { from: "09:00", to: "17:00" } }
store: { kind: influxdb, url: "http://127.0.0.1:8086", token: "\${env:TOKEN}" }
connections:
  erp: { kind: postgres, url: "postgres://a:b@localhost/c" }
tokens:
  - { name: shop, token: "\${file:shop.token}", scopes: [push] }
http: { port: 8484 }
`;

test('kpi-monitor.yaml', () => {
  fc.assert(
    fc.property(mutated(CONFIG_FILE, CONFIG_FILE + BOMB), (text) => {
      coded(() => parseConfig('kpi-monitor.yaml', text));
    }),
    options
  );
});

function coded(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    requireCoded(error);
  }
}

function requireCoded(error: unknown): void {
  expect(error).toBeInstanceOf(KpiError);
  expect((error as KpiError).code).not.toBe('INTERNAL');
  expect((error as KpiError).message).not.toBe('');
}

function catalogueWith(source: string): Catalogue {
  const text = `id: orders\nname: orders\nrole: measure\nkind: flow\ndimensions: [region]\nsource: ${source}`;
  return loadCatalogue([{ path: 'k/orders.yaml', text }]).catalogue!;
}

const COLUMNS = 'period: date, value: sales, dimensions: { region: region }';
const CSV =
  'date,region,sales\n2026-01-01,West,"1,234.5"\n2026-01-02,"East\n""End""",7\n2026-01-03,South,#N/A\nTotal,,3\n';
const JSON_TEXT = '[{"date": "2026-01-01", "region": "West", "sales": 1.5}, {"date": 5, "region": null, "sales": "7"}]';
const NDJSON = '{"date": "2026-01-01", "region": "West", "sales": 1}\n\n{"date": "2026-01-02", "sales": {"a": [1]}}\n';

test.each([
  ['csv', CSV, COLUMNS],
  [
    'csv',
    CSV.replaceAll(',', ';'),
    `${COLUMNS}, decimal: ',', period_format: [dd.MM.yyyy, yyyy-MM-dd], ignore: [Total]`,
  ],
  ['json', JSON_TEXT, COLUMNS],
  ['json', JSON_TEXT, `map: "$.{ 'period': date, 'value': $number(sales), 'region': $uppercase(region) }"`],
  ['ndjson', NDJSON, COLUMNS],
])('%s files', async (format, example, more) => {
  const kpi = kpiOf(catalogueWith(`{ kind: file, format: ${format}, path: data, ${more} }`), 'orders');
  const context = {
    calendar,
    clock: () => NOW,
    catalogueFolder: folder,
    connections: {},
    resolve: (text: string) => text,
  };
  const deadLetters = createDeadLetters(join(folder, 'dead.jsonl'));
  await fc.assert(
    fc.asyncProperty(mutated(example), fc.constantFrom('utf8', 'latin1', 'utf16le'), async (text, encoding) => {
      writeFileSync(join(folder, 'data'), text, encoding as BufferEncoding);
      const validator = createValidator(kpi, ALL, NOW, calendar);
      try {
        for await (const records of createSource(kpi, context).read(ALL, new AbortController().signal)) {
          for (const record of records) {
            const checked = validator.check(record);
            if ('refusal' in checked) {
              const { code, message } = checked.refusal;
              expect(ERRORS).toHaveProperty(code);
              await deadLetters.add([{ at: '', kpi: 'orders', code, message, record }]);
            }
          }
        }
      } catch (error) {
        requireCoded(error);
      }
    }),
    options
  );
});

describe('pushes', () => {
  let app: FastifyInstance;
  beforeAll(async () => {
    const catalogue = catalogueWith('{ kind: push }');
    const keep = async () => {};
    const receiver = createReceiver({
      ...{ catalogue: () => catalogue, calendar, log: SILENT, clock: () => NOW },
      sink: { keep, put: () => Promise.reject(new Error('a push does not wait for the store')) },
      deadLetters: createDeadLetters(join(folder, 'pushed.jsonl')),
    });
    app = fastify();
    await app.register(pushRoutes, { receiver, tokens: null });
  });
  afterAll(() => app.close());

  async function requireAnswer(url: string, payload: string, type: string): Promise<void> {
    const answer = await app.inject({ method: 'POST', url, payload, headers: { 'content-type': type } });
    expect(answer.statusCode).toBeLessThan(500);
    if (answer.statusCode >= 300 && url === '/api/push' && answer.statusCode !== 422) {
      expect(ERRORS).toHaveProperty(answer.json().code);
    }
  }

  const RECORDS =
    '[{"kpi": "orders", "period": "2026-06-16", "value": 12, "region": "West"}, {"kpi": "orders", "period": 1781640000000, "value": "7", "weight": 2, "dims": {"region": "East"}}]';
  const LINES =
    'orders,region=West value=12.5,weight=3i 1781654400000000000\nkpi,kpi=orders,v=1,region=a\\ b value="7"\n# x\n';

  test('of JSON text', async () => {
    const property = fc.asyncProperty(mutated(RECORDS), (text) => requireAnswer('/api/push', text, 'application/json'));
    await fc.assert(property, options);
  });

  test('of any JSON in place of any field', async () => {
    const fields = fc.dictionary(
      fc.constantFrom('kpi', 'period', 'value', 'weight', 'dims', 'region', '__proto__'),
      fc.jsonValue()
    );
    const record = fields.map((its) => ({ kpi: 'orders', period: '2026-06-16', value: 1, ...its }));
    await fc.assert(
      fc.asyncProperty(fc.array(record, { maxLength: 5 }), (records) =>
        requireAnswer('/api/push', JSON.stringify(records), 'application/json')
      ),
      options
    );
  });

  test('of line protocol', async () => {
    const precision = fc.constantFrom('ns', 'us', 'ms', 's', 'm', 'h', '', 'x', '__proto__');
    await fc.assert(
      fc.asyncProperty(mutated(LINES), precision, (text, unit) =>
        requireAnswer(`/write?precision=${unit}`, text, 'text/plain')
      ),
      options
    );
  });
});
