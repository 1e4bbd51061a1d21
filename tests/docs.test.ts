/** What the documents say is what the programs do. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

import { configSchema } from '@kpi-monitor/cli/config/schema';
import { loadCatalogue } from '@kpi-monitor/model/catalogue/load';
import { ERRORS } from '@kpi-monitor/model/errors';
import { QUERY_TYPE_TEXT } from '@kpi-monitor/model/query/query';
import { parse } from 'yaml';

import { inSentence } from '../plugins/kpimonitor-kpi-datasource/src/query/choices';

const ROOT = join(__dirname, '..');
const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');
const blocks = (text: string) => [...text.matchAll(/```yaml\n([^]*?)```/g)].map((match) => match[1]!);

it('errors.md has every code with its HTTP status, its symptoms, cause and remedy', () => {
  const rows = [...read('docs/errors.md').matchAll(/^\| `([A-Z_]+)` \((\d+)\) *\|(.*)\|$/gm)];
  const documented = Object.fromEntries(rows.map(([, code, status]) => [code, Number(status)]));
  const registered = Object.fromEntries(Object.entries(ERRORS).map(([code, [status]]) => [code, status]));
  expect(documented).toEqual(registered);
  for (const [, code, , cells] of rows) {
    expect([code, cells!.split('|').filter((cell) => cell.trim().length > 10).length]).toEqual([code, 3]);
  }
});

it('analysis.md explains every panel of the analyses under its own title', () => {
  const headings = [...read('docs/analysis.md').matchAll(/^### (.+)$/gm)].map((match) => match[1]!);
  const titles = ['analysis', 'forecast', 'correlation'].flatMap((name) => {
    const { panels } = JSON.parse(read(`dashboards/${name}.json`)) as { panels: Array<{ title: string }> };
    return panels.map(({ title }) => title);
  });
  expect(headings).toEqual(titles);
});

it('the data source’s README lists every kind of answer in the words of its editor', () => {
  const shown = [...read('plugins/kpimonitor-kpi-datasource/README.md').matchAll(/^\| ([a-z].+?) *\|/gm)];
  const kinds = Object.values(QUERY_TYPE_TEXT).map(inSentence);
  expect(shown.map((match) => match[1]!).toSorted()).toEqual(kinds.toSorted());
});

it('the codes of the Go backend are registered', () => {
  const folder = 'plugins/kpimonitor-kpi-datasource/pkg/plugin';
  const sources = readdirSync(join(ROOT, folder)).filter((name) => name.endsWith('.go') && !name.endsWith('_test.go'));
  const text = sources.map((name) => read(join(folder, name))).join('\n');
  const codes = [...text.matchAll(/code: +"([A-Z_]+)"/g)].map((match) => match[1]!);
  expect(codes).toContain('ENGINE_UNREACHABLE');
  expect(codes.filter((code) => !(code in ERRORS))).toEqual([]);
});

it("add-a-kpi.md's files are a catalogue without mistakes", () => {
  const all = blocks(read('docs/add-a-kpi.md'));
  const files = all.filter((block) => block.startsWith('# kpis/'));
  const [whole, ...parts] = files.concat(
    all.filter((block) => !files.includes(block) && !/^# (yaml|kpi-monitor)/.test(block))
  );
  const measures = ['profit', 'revenue'].map((id) => ({
    path: `kpis/${id}.yaml`,
    text: `id: ${id}\nname: ${id}\nrole: measure\nkind: flow\nunit: percent\nsource: { kind: demo }\n`,
  }));
  const category = {
    path: 'kpis/_catalogue.yaml',
    text: 'categories: [{ id: operations, name: O }, { id: financial, name: F }]',
  };
  const texts = [whole!, ...parts].map((block) => {
    const path = /^# (kpis\/\w+\.yaml)/.exec(block)?.[1];
    // A block that is no file shows other lines for the first one.
    const lines = path
      ? parse(block)
      : { ...(parse(whole!) as object), dimensions: ['region'], ...(parse(block) as object) };
    return { path: path ?? 'kpis/orders.yaml', text: JSON.stringify(lines) };
  });
  const named = texts.filter(({ path }) => path !== 'kpis/orders.yaml');
  const orders = texts.filter(({ path }) => path === 'kpis/orders.yaml');
  expect(orders.length).toBeGreaterThan(8);
  for (const variant of orders) {
    expect(loadCatalogue([category, ...measures, ...named, variant]).problems).toEqual([]);
  }
});

it("add-a-kpi.md's connections are those that the configuration takes", () => {
  const configs = blocks(read('docs/add-a-kpi.md')).filter((block) => block.startsWith('# kpi-monitor.yaml'));
  expect(configs.length).toBeGreaterThan(0);
  for (const config of configs) {
    expect(configSchema.safeParse(parse(config)).error).toBeUndefined();
  }
});

it("install.md's configuration is valid", () => {
  const [config] = blocks(read('docs/install.md'));
  expect(configSchema.safeParse(parse(config!)).error).toBeUndefined();
});

it('links between documents lead somewhere', () => {
  const documents = [
    'README.md',
    ...readdirSync(join(ROOT, 'docs'))
      .filter((n) => n.endsWith('.md'))
      .map((n) => `docs/${n}`),
  ];
  const broken = documents.flatMap((document) =>
    [...read(document).matchAll(/\]\((?!https?:|#)([^)#]+)/g)]
      .map((match) => match[1]!)
      .filter((link) => !existsSync(join(ROOT, dirname(document), link)))
      .map((link) => `${document}: ${link}`)
  );
  expect(broken.filter((link) => !link.includes('docs/images/'))).toEqual([]);
});
