import { loadCatalogue } from './load';
import { problemText } from './problem';

const revenue = `id: revenue
name: Revenue
category: financial
kind: flow
unit: currency:financial:$
judge: { at: month }
references:
  - { kind: target, value: 1000000 }
thresholds: { as: percent_of_target, warning: 90, critical: 80, emergency: 70 }
source: { kind: demo }
`;

const load = (files: Record<string, string>) =>
  loadCatalogue(Object.entries(files).map(([path, text]) => ({ path, text })));

const problemsOf = (files: Record<string, string>) => load(files).problems.map(problemText);

describe('a catalogue', () => {
  it('is loaded with defaults by kind', () => {
    const { catalogue, problems } = load({ 'kpis/revenue.yaml': revenue });
    expect(problems).toEqual([]);
    const kpi = catalogue!.byId.get('revenue')!;
    expect(kpi.aggregate).toEqual({ time: 'sum', dimensions: 'sum' });
    expect(kpi.judge).toMatchObject({ at: 'month', settle_after: '0 days', min_complete: 0.98 });
    expect(catalogue!.categories).toEqual([{ id: 'financial', name: 'Financial' }]);
  });

  it('lays the defaults of a folder under its files, and leaves a formula without the default source', () => {
    const { catalogue, problems } = load({
      'kpis/_defaults.yaml': 'source: { kind: demo, every: 30s }\nowners: { notify: desk }\n',
      'kpis/revenue.yaml': revenue.replace('source: { kind: demo }\n', ''),
      'kpis/half.yaml':
        'id: half\nname: Half\ncategory: financial\nkind: ratio\nformula: revenue / 2\njudge: {at: month}\n',
    });
    expect(problems).toEqual([]);
    expect(catalogue!.byId.get('revenue')!.source).toMatchObject({ kind: 'demo', every: '30s' });
    expect(catalogue!.byId.get('revenue')!.owners).toEqual({ notify: 'desk' });
    expect(catalogue!.byId.get('half')!.source).toBeUndefined();
  });

  it('orders KPIs by category, tier and name, and hides measures', () => {
    const { catalogue } = load({
      '_catalogue.yaml': 'categories: [{ id: zeta, name: Z }, { id: alpha, name: A }]\n',
      'b.yaml': revenue.replace('id: revenue', 'id: b').replace('financial\n', 'alpha\n'),
      'a.yaml': revenue.replace('id: revenue', 'id: a').replace('financial\n', 'zeta\n'),
      'm.yaml': 'id: m\nname: M\nrole: measure\nkind: flow\nsource: { kind: demo }\n',
    });
    expect(catalogue!.kpis.map((kpi) => kpi.id)).toEqual(['a', 'b']);
    expect(catalogue!.byId.has('m')).toBe(true);
  });
});

describe('a mistake in a catalogue names code, file, line and remedy', () => {
  const cases: Array<[string, Record<string, string>, RegExp]> = [
    ['broken YAML', { 'k/revenue.yaml': 'id: revenue\nname: [open\n' }, /^KPI_FILE_SYNTAX k\/revenue\.yaml:[23] /],
    [
      'an unknown field',
      { 'k/revenue.yaml': revenue + 'colour: red\n' },
      /^KPI_FILE_SCHEMA k\/revenue\.yaml:11 .*`colour`/,
    ],
    [
      'a wrong word',
      { 'k/revenue.yaml': revenue.replace('flow', 'river') },
      /^KPI_FILE_SCHEMA k\/revenue\.yaml:4 .*river/,
    ],
    [
      'a missing field',
      { 'k/revenue.yaml': revenue.replace('name: Revenue\n', '') },
      /^KPI_FILE_SCHEMA k\/revenue\.yaml:\d+ `name`/,
    ],
    [
      'a bad id',
      { 'k/Re-venue.yaml': revenue.replace('id: revenue', 'id: Re-venue') },
      /^KPI_FILE_SCHEMA k\/Re-venue\.yaml:1 `id`/,
    ],
    ['a file of another name', { 'k/sales.yaml': revenue }, /^KPI_ID_FILE k\/sales\.yaml:1 .*revenue\.yaml/],
    [
      'the same id twice',
      { 'a/revenue.yaml': revenue, 'b/revenue.yaml': revenue },
      /^KPI_ID_DUPLICATE b\/revenue\.yaml:1 .*a\/revenue\.yaml/,
    ],
    [
      'thresholds out of order',
      { 'k/revenue.yaml': revenue.replace('critical: 80', 'critical: 95') },
      /^KPI_THRESHOLD_ORDER k\/revenue\.yaml:9 critical 95 lies above warning 90 though up is good/,
    ],
    [
      'a pair where one number is due',
      { 'k/revenue.yaml': revenue.replace('warning: 90', 'warning: [1, 2]') },
      /^KPI_THRESHOLD_FORM k\/revenue\.yaml:9 /,
    ],
    ['one number where a pair is due', { 'k/revenue.yaml': revenue + 'direction: range\n' }, /^KPI_THRESHOLD_FORM /],
    [
      'a relative threshold without a target',
      { 'k/revenue.yaml': revenue.replace('kind: target', 'kind: benchmark') },
      /^KPI_TARGET_MISSING k\/revenue\.yaml:9 /,
    ],
    [
      'phasing that does not add up',
      { 'k/revenue.yaml': revenue.replace('value: 1000000', 'total: 12, phasing: [0.5, 0.4]') },
      /^KPI_PHASING k\/revenue\.yaml:8 the phasing adds up to 0\.9/,
    ],
    [
      'a judgement finer than the values',
      { 'k/revenue.yaml': revenue + 'grain: quarter\n' },
      /^KPI_GRAIN k\/revenue\.yaml:6 /,
    ],
    [
      'weeks judged by the month',
      { 'k/revenue.yaml': revenue + 'grain: week\n' },
      /^KPI_GRAIN k\/revenue\.yaml:6 a week does not fit/,
    ],
    [
      'no source at all',
      { 'k/revenue.yaml': revenue.replace('source: { kind: demo }\n', '') },
      /^KPI_SOURCE k\/revenue\.yaml:1 /,
    ],
    [
      'a formula that cannot be read',
      { 'k/revenue.yaml': revenue.replace('source: { kind: demo }', 'formula: "1 +"') },
      /^KPI_FORMULA_SYNTAX k\/revenue\.yaml:10 /,
    ],
    [
      'a formula over the unknown',
      { 'k/revenue.yaml': revenue.replace('source: { kind: demo }', 'formula: 2 * profit') },
      /^KPI_FORMULA_UNKNOWN k\/revenue\.yaml:10 .*profit/,
    ],
    [
      'an unknown category',
      { '_catalogue.yaml': 'categories: [{id: people, name: People}]\n', 'revenue.yaml': revenue },
      /^KPI_CATEGORY_UNKNOWN revenue\.yaml:3 /,
    ],
    ['an empty folder', {}, /^CATALOGUE_EMPTY /],
  ];
  it('names a broken file alone, not every formula that reads it', () => {
    const margin = revenue
      .replace('id: revenue', 'id: margin')
      .replace('source: { kind: demo }', 'formula: revenue * 2');
    const problems = problemsOf({ 'k/revenue.yaml': `${revenue}nothing: 1\n`, 'k/margin.yaml': margin });
    expect(problems).toEqual([expect.stringMatching(/^KPI_FILE_SCHEMA k\/revenue\.yaml:\d+ `nothing`/)]);
  });

  it.each(cases)('%s', (_, files, expected) => {
    const problems = problemsOf(files);
    expect(problems.length).toBeGreaterThan(0);
    expect(problems[0]).toMatch(expected);
  });

  it('formulas in a circle', () => {
    const ratio = (id: string, formula: string) =>
      `id: ${id}\nname: ${id}\ncategory: x\nkind: ratio\nformula: ${formula}\n`;
    const problems = problemsOf({ 'a.yaml': ratio('a', 'b + 1'), 'b.yaml': ratio('b', 'a * 2') });
    expect(problems[0]).toMatch(/^KPI_FORMULA_CYCLE a\.yaml:5 .*a -> b -> a/);
  });

  it('two currencies in one sum', () => {
    const money = (id: string, unit: string) =>
      `id: ${id}\nname: ${id}\nrole: measure\nkind: flow\nunit: currency:${unit}\nsource: { kind: demo }\n`;
    const problems = problemsOf({
      'a.yaml': money('a', '$'),
      'b.yaml': money('b', '€'),
      'c.yaml': 'id: c\nname: c\ncategory: x\nkind: flow\nformula: a + b\n',
    });
    expect(problems[0]).toMatch(/^KPI_CURRENCY_MIXED c\.yaml:5 .*\$ with €/);
  });

  it('reports all mistakes of all files at once', () => {
    expect(
      problemsOf({ 'a.yaml': 'id: 7\n', 'b.yaml': revenue.replace('critical: 80', 'critical: 95') }).length
    ).toBeGreaterThan(4);
  });
});
