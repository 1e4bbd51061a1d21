import { loadCatalogue } from './load';

const problems = (source: string) =>
  loadCatalogue([
    {
      path: 'k/m.yaml',
      text: `id: m\nname: M\nrole: measure\nkind: flow\ndimensions: [region]\nsource: { kind: http, ${source} }\n`,
    },
  ]).problems.map(({ code, line, message }) => `${code} ${line} ${message}`);

test.each([
  'url: "https://a/x", map: rows',
  'url: "https://a/x?from={from}", format: csv, columns: { period: day, value: sum, dimensions: { region: r } }',
  'url: "https://a/x?after={cursor}", map: rows, cursor: next, pages: { kind: link }',
  'url: "https://a/x?p={page}", map: rows, pages: { kind: page }, auth: { kind: bearer, token: "${env:T}" }',
])('%s is complete', (source) => {
  expect(problems(source)).toEqual([]);
});

test.each([
  ['url: x', 'KPI_SOURCE 6 JSON is read by `map`'],
  ['url: x, map: a, columns: { period: a, value: b }', 'KPI_SOURCE 6 JSON is read by `map`'],
  ['url: x, format: csv', 'KPI_SOURCE 6 CSV is read by `columns'],
  ['url: x, format: csv, columns: { period: a, value: b, dimensions: { shop: c } }', 'KPI_DIMENSION_UNKNOWN 6'],
  ['url: x, map: a, pages: { kind: page }', 'KPI_SOURCE 6 pages by page need {page}'],
  ['url: x, map: a, cursor: b', 'KPI_SOURCE 6 `cursor` needs {cursor}'],
  ['url: "{cursor}{from}", map: a, cursor: b', 'KPI_SOURCE 6 `cursor` needs {cursor}'],
  ['url: "{cursor}", map: a', 'KPI_SOURCE 6 {cursor} needs `cursor`'],
  ['url: "{cursor}", map: a, cursor: b, missing: zero', 'KPI_SOURCE 6 what is not new is not zero'],
  [
    'url: x, map: a, headers: { authorization: a }, auth: { kind: basic, user: u, password: "${env:P}" }',
    'KPI_SOURCE 6 `auth` and a header Authorization',
  ],
  ['url: x, map: a, auth: { kind: basic, user: u, password: p }', 'KPI_FILE_SCHEMA 6'],
])('%s is not', (source, message) => {
  expect(problems(source)[0]).toContain(message);
});
