import { catalogueOf } from '../../test/build';

import { loadCatalogue } from './load';

const qualityOf = (yaml: string) => catalogueOf({ sales: `kind: flow\n${yaml}` }).byId.get('sales')!.quality;

test('every rule has a default: the range of what is valid, the completeness that is judged by', () => {
  expect(qualityOf('valid: { min: 0 }\njudge: { at: month, min_complete: 0.9 }')).toMatchObject({
    range: { min: 0 },
    jump: { limit: 8, least: 5, history: 90 },
    completeness: 0.9,
    days: 'all',
    reconcile: [],
  });
  expect(qualityOf('valid: { min: 0 }\nquality: { range: { max: 9 }, jump: false }')).toMatchObject({
    range: { max: 9 },
    jump: null,
  });
  expect(qualityOf('quality: { jump: { limit: 5 } }').jump).toEqual({ limit: 5, least: 5, history: 90 });
});

test.each([
  ['reconcile: { with: nobody }', 'KPI_FORMULA_UNKNOWN', 'reconciled with `nobody`'],
  ['reconcile: { with: sales }', 'KPI_FORMULA_UNKNOWN', 'tells nothing about `sales`'],
  ['reconcile: { with: "2 +" }', 'KPI_FORMULA_SYNTAX', 'cannot be read'],
  ['reconcile: { with: monthly, at: day }', 'KPI_GRAIN', '`monthly` arrives by the month'],
  ['reconcile: { with: monthly, tolerance: "a bit" }', 'KPI_FILE_SCHEMA', 'tolerance'],
  ['range: { min: 5, max: 1 }', 'KPI_FILE_SCHEMA', 'no value lies between'],
  ['jump: { limit: 0 }', 'KPI_FILE_SCHEMA', 'limit'],
])('%s is refused by %s with its line', (quality, code, message) => {
  const file = (id: string, text: string) => ({
    path: `${id}.yaml`,
    text: `id: ${id}\nname: ${id}\nrole: measure\nsource: { kind: demo }\n${text}\n`,
  });
  const texts = [file('sales', `kind: flow\nquality:\n  ${quality}`), file('monthly', 'kind: flow\ngrain: month')];
  const { problems } = loadCatalogue(texts);
  expect(problems).toMatchObject([{ code, file: 'sales.yaml', message: expect.stringContaining(message) }]);
  expect(problems[0]!.line).toBeGreaterThan(5);
});
