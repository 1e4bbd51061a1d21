import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';

import { kpiFrom } from '../../test/catalogue';
import type { RawRecord } from '../sources/source';

import { createValidator } from './validate';

const calendar = createCalendar({ zone: 'America/New_York' });
const now = Date.UTC(2026, 5, 17, 16);
const window = { from: civil(2026, 1, 1), to: civil(2026, 7, 1) };
const ORDERS = 'kind: flow\ndimensions: [region]\nvalid: { min: 0, max: 1000 }\nsource: { kind: demo }';
const SCORE = 'kind: score\nsource: { kind: demo }';

const check = (record: Partial<RawRecord>, text = ORDERS) =>
  createValidator(kpiFrom(text), window, now, calendar).check({ period: '2026-06-01', value: 5, dims: {}, ...record });

test('a record becomes a point with exactly the declared dimensions', () => {
  expect(check({ dims: { region: 'West' }, value: '5.5' })).toMatchObject({
    point: { kpi: 'orders', v: 1, time: civil(2026, 6, 1), value: 5.5, dims: { region: 'West' } },
  });
  expect(check({})).toMatchObject({ point: { dims: { region: '(none)' } } });
  expect(check({ dims: { region: ' ' } })).toMatchObject({ point: { dims: { region: '(none)' } } });
  expect(check({ dims: { region: 7 } })).toMatchObject({ point: { dims: { region: '7' } } });
});

test.each([
  ['RECORD_PERIOD', '`31.12.2026` cannot be read', { period: '31.12.2026' }],
  ['RECORD_PERIOD', '(empty) cannot be read', { period: null }],
  ['RECORD_VALUE', '`n/a` is not a number', { value: 'n/a' }],
  ['RECORD_VALUE', '(empty) is not a number', { value: null }],
  ['RECORD_RANGE', '-1 lies below 0', { value: -1 }],
  ['RECORD_RANGE', '1001 lies above 1000', { value: 1001 }],
  ['RECORD_WEIGHT', '`0` is not a number above zero', { weight: 0 }],
  ['RECORD_WEIGHT', '`many` is not a number above zero', { weight: 'many' }],
  ['RECORD_DIMENSION', 'it carries `shop`, but the KPI declares region', { dims: { shop: 'A' } }],
  ['RECORD_DIMENSION', '`region` is `{"id":1}`, not a text', { dims: { region: { id: 1 } } }],
  ['RECORD_DIMENSION', 'has 300 characters', { dims: { region: 'x'.repeat(300) } }],
  ['RECORD_FUTURE', 'the day of `2026-06-18` has not begun yet', { period: '2026-06-18' }],
  ['RECORD_FORM', 'it has 3 columns', { broken: 'it has 3 columns' }],
] as Array<[string, string, Partial<RawRecord>]>)('%s: %s', (code, message, record) => {
  const checked = check(record);
  expect(checked).toMatchObject({ refusal: { code } });
  expect('refusal' in checked && checked.refusal.message).toContain(message);
});

test('a weighted mean needs a weight', () => {
  expect(check({}, SCORE)).toMatchObject({ refusal: { code: 'RECORD_WEIGHT' } });
  expect(check({ weight: '12' }, SCORE)).toMatchObject({ point: { weight: 12 } });
});

test('the running period counts, and what lies outside of the window is left alone', () => {
  expect(check({ period: '2026-06-17' })).toHaveProperty('point');
  expect(check({ period: '2025-12-31' })).toEqual({ outside: true });
});

test('the second record of a key is refused, and says which was the first', () => {
  const validator = createValidator(kpiFrom(ORDERS), window, now, calendar);
  const record = { period: '2026-06-01', value: 5, dims: { region: 'West' } };
  expect(validator.check({ ...record, where: 'line 2' })).toHaveProperty('point');
  expect(validator.check({ ...record, dims: { region: 'East' }, where: 'line 3' })).toHaveProperty('point');
  const second = validator.check({ ...record, period: '2026-06-01T12:00:00', where: 'line 4' });
  expect(second).toMatchObject({ refusal: { code: 'RECORD_DUPLICATE' } });
  expect('refusal' in second && second.refusal.message).toContain('line 2');
});
