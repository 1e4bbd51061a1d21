import { readError } from '../errors';

import { readQuery } from './query-schema';

const read = (select: unknown, more: object = {}) => readQuery({ v: 1, refId: 'A', type: 'series', select, ...more });

describe('the door of queries', () => {
  it.each([
    ['a plain list', ['revenue', 'quality'], ['revenue', 'quality']],
    ['one interpolated text', 'revenue,quality', ['revenue', 'quality']],
    ['a list of one interpolated text', ['revenue,quality'], ['revenue', 'quality']],
    ["Grafana's default form of several values", ['{revenue,quality}'], ['revenue', 'quality']],
    ['blanks and repeats', [' revenue, quality', 'revenue'], ['revenue', 'quality']],
    ['everything', ['$__all'], []],
    ['everything beside others', ['revenue,$__all'], []],
    ['an empty text', '', []],
    ['empty texts', ['', ''], []],
    ['null', null, []],
  ])('takes %s', (_, given, expected) => {
    expect(read({ kpis: given }).select.kpis).toEqual(expected);
  });

  it('keeps a member with a comma and a blank whole, and separates the rest', () => {
    expect(read({ where: { region: ['{West,East}'], manager: ['Smith, John'] } }).select.where).toEqual({
      region: ['West', 'East'],
      manager: ['Smith, John'],
    });
  });

  it('takes empty choices of an editor and the properties that Grafana adds', () => {
    const query = read(undefined, { grain: '', split: '', compare: null, datasource: { uid: 'kpi' }, key: 'Q-1' });
    expect(query).toEqual({ v: 1, refId: 'A', type: 'series', select: {} });
  });

  it.each([
    ['another version', { v: 2 }, 'QUERY_VERSION', '2'],
    ['an unknown type', { type: 'horoscope' }, 'QUERY_TYPE', 'horoscope'],
    ['an unknown grain', { grain: 'fortnight' }, 'QUERY_INVALID', 'grain'],
    ['an unknown condition', { select: { kpi: ['revenue'] } }, 'QUERY_INVALID', 'kpi'],
    ['an unknown tier', { select: { tiers: ['top'] } }, 'QUERY_INVALID', 'select.tiers.0'],
  ])('refuses %s and names it', (_, more, code, named) => {
    expect(() => read({}, more)).toThrow(expect.objectContaining({ code, message: expect.stringContaining(named) }));
  });
});

describe('readError', () => {
  it('takes the text of a query error apart', () => {
    expect(readError('KPI_UNKNOWN: no KPI `a: b`')).toEqual({ code: 'KPI_UNKNOWN', message: 'no KPI `a: b`' });
    expect(readError('socket hang up')).toEqual({ code: 'INTERNAL', message: 'socket hang up' });
  });
});
