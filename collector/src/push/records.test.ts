import fc from 'fast-check';

import { KpiError } from '@kpi-monitor/model/errors';

import { readLines } from './line-protocol';
import { recordsOfJson, recordsOfLines } from './records';

const NOW = Date.UTC(2026, 5, 17);
const line = (text: string) => [...readLines(text)][0];

describe('line protocol', () => {
  it('is read as InfluxDB writes it', () => {
    expect(line('orders,region=West,channel=web value=12.5,weight=3i 1781654400000000000')).toEqual({
      number: 1,
      measurement: 'orders',
      tags: { region: 'West', channel: 'web' },
      fields: { value: 12.5, weight: 3 },
      timestamp: 1781654400000000000n,
    });
  });

  it.each([
    ['escaped blanks, commas and equals signs', String.raw`a\,b,ta\ g=x\=y\,z va\ lue=1 5`, { 'ta g': 'x=y,z' }],
    ['no tags', 'a value=1', {}],
    ['a backslash that escapes nothing', String.raw`a,t=c:\dir value=1`, { t: String.raw`c:\dir` }],
  ])('takes %s', (_, text, tags) => {
    expect(line(text)).toMatchObject({ tags });
  });

  it.each([
    ['true', true],
    ['F', false],
    ['-1.5e3', -1500],
    ['7u', 7],
    [String.raw`"say \"so\", a=b"`, 'say "so", a=b'],
  ])('reads the value %s', (text, value) => {
    expect(line(`a value=${text} 1`)).toMatchObject({ fields: { value }, timestamp: 1n });
  });

  it.each([
    ['a', 'missing before the fields'],
    ['a,b value=1', 'missing before a tag'],
    ['a value', 'missing before the value of the field `value`'],
    ['a value=abc', '`abc` of the field `value` is no number'],
    ['a value=1 yesterday', '`yesterday` is no timestamp'],
    ['a value="x', 'has no end'],
    [',a=b value=1', 'no measurement'],
  ])('says what is wrong with %s', (text, reason) => {
    expect(line(text)).toMatchObject({ number: 1, reason: expect.stringContaining(reason) });
  });

  it('leaves out comments and blank lines, counts them, and goes on after a broken one', () => {
    const read = [...readLines('# a comment\n\nbroken\r\na value=1\n')];
    expect(read).toMatchObject([
      { number: 3, reason: expect.any(String) },
      { number: 4, fields: { value: 1 } },
    ]);
  });

  it('never throws, whatever comes', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(() => [...readLines(text)]).not.toThrow();
      })
    );
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...'a,= "\\1.\n')), (characters) => {
        expect(() => [...readLines(characters.join(''))]).not.toThrow();
      })
    );
  });
});

describe('records of lines', () => {
  it.each([
    ['ns', '1781654400000000000'],
    ['us', '1781654400000000'],
    ['ms', '1781654400000'],
    ['s', '1781654400'],
  ])('have their time in %s', (precision, stamp) => {
    const [record] = recordsOfLines(`orders value=1 ${stamp}`, precision, NOW);
    expect(record!.period).toEqual(new Date(1781654400000));
  });

  it('name the KPI by the measurement or by the tag kpi', () => {
    const records = recordsOfLines('orders,region=West value=1 5\nkpi,kpi=orders,v=1,region=East value=2 5', 'ms', NOW);
    expect(records).toMatchObject([
      { kpi: 'orders', dims: { region: 'West' } },
      { kpi: 'orders', dims: { region: 'East' } },
    ]);
  });

  it('without a timestamp are of now', () => {
    expect(recordsOfLines('orders value=1', 'ns', NOW)[0]!.period).toEqual(new Date(NOW));
  });

  it('with fields that no KPI has are broken', () => {
    expect(recordsOfLines('cpu usage=1', 'ns', NOW)[0]!.broken).toMatch(/field `usage`/);
    expect(recordsOfLines('orders weight=1', 'ns', NOW)[0]!.broken).toMatch(/no field `value`/);
  });

  it('are refused in another precision, and when there are none', () => {
    expect(() => recordsOfLines('a value=1', 'fortnight', NOW)).toThrow(KpiError);
    expect(() => recordsOfLines('\n# nothing\n', 'ns', NOW)).toThrow(
      expect.objectContaining({ code: 'REQUEST_INVALID' })
    );
  });
});

describe('records of JSON', () => {
  const record = { kpi: 'orders', period: '2026-03-31', value: 12 };

  it.each([
    ['one', record],
    ['a list', [record]],
    ['points', { points: [record] }],
  ])('are taken as %s', (_, body) => {
    expect(recordsOfJson(body)).toMatchObject([{ ...record, dims: {}, where: 'record 1' }]);
  });

  it('have dimensions nested or beside the rest', () => {
    const [nested] = recordsOfJson({ ...record, dims: { region: 'West' } });
    const [beside] = recordsOfJson({ ...record, region: 'West' });
    expect(nested!.dims).toEqual({ region: 'West' });
    expect(beside!.dims).toEqual({ region: 'West' });
  });

  it('that are none are broken one by one', () => {
    expect(recordsOfJson([record, 5, { ...record, dims: 'West' }]).map(({ broken }) => broken)).toEqual([
      undefined,
      'it is no JSON object',
      '`dims` is no JSON object of dimension: member',
    ]);
  });

  it.each([[null], ['text'], [[]], [5]])('are refused as a whole from %j', (body) => {
    expect(() => recordsOfJson(body)).toThrow(expect.objectContaining({ code: 'REQUEST_INVALID' }));
  });

  it('are bounded', () => {
    expect(() => recordsOfJson(Array.from({ length: 50_001 }, () => record))).toThrow(
      expect.objectContaining({ code: 'QUERY_TOO_LARGE' })
    );
  });

  it('of any JSON are records or a coded refusal', () => {
    fc.assert(
      fc.property(fc.jsonValue(), (body) => {
        try {
          recordsOfJson(body).forEach(({ kpi }) => expect(typeof kpi).toBe('string'));
        } catch (error) {
          expect(error).toBeInstanceOf(KpiError);
        }
      })
    );
  });
});
