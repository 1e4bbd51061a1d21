/** Members of dimensions are names out of other systems: anything may be in them, and nothing may break out of them. */
import fc from 'fast-check';

import { EVER, type Opened, point, REVENUE } from './fixture';

const NASTY = [
  'New York',
  'a,b',
  'a=b',
  'a, b=c',
  'say "hi"',
  "O'Brien",
  '\\',
  'C:\\',
  'C:\\dir\\,x',
  'ends with backslash\\',
  '\\n',
  'line\nbreak',
  'line\\nbreak',
  'cr\r\ntab\t',
  '\u0000',
  '50 %',
  '%5C',
  '%255C',
  ' leading and trailing ',
  'Zürich',
  'Zu\u0308rich',
  '東京',
  '🛒',
  '# comment',
  '(none)',
  "' OR 1=1 --",
  "x' OR region='north",
  '{"json":["x"]}',
  'x'.repeat(1000),
];

export function nameContract(opened: Opened): void {
  it('gives back every member as it was written, and finds exactly it', async () => {
    const store = await opened();
    await store.write(NASTY.map((region, value) => point({ dims: { region }, value })));
    const all = await store.read({ series: [REVENUE], ...EVER });
    expect(new Map(all.map(({ dims, values }) => [dims['region'], values[0]]))).toEqual(
      new Map(NASTY.map((region, value) => [region, value]))
    );
    expect(await store.members([REVENUE], 'region')).toEqual([...NASTY].sort());
    for (const [value, region] of NASTY.entries()) {
      const found = await store.read({ series: [REVENUE], ...EVER, where: { region: [region] } });
      expect(found.map(({ dims, values }) => [dims['region'], values])).toEqual([[region, [value]]]);
    }
  });

  it('keeps any two members apart', async () => {
    const store = await opened();
    const member = fc.string({
      unit: fc.oneof(
        fc.constantFrom(...'\\%5C0An ,="\'\n\t'),
        fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 })
      ),
      minLength: 1,
      maxLength: 12,
    });
    let v = 1;
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(member, { minLength: 2, maxLength: 30 }), async (members) => {
        v += 1;
        const outcome = await store.write(members.map((region, value) => point({ v, dims: { region }, value })));
        expect(outcome.rejected).toEqual([]);
        expect(await store.members([{ kpi: 'revenue', v }], 'region')).toEqual([...members].sort());
        const one = await store.read({
          series: [{ kpi: 'revenue', v }],
          ...EVER,
          where: { region: [members[0]!] },
        });
        expect(one.map(({ dims, values }) => [dims['region'], values])).toEqual([[members[0], [0]]]);
      }),
      { numRuns: 40 }
    );
  }, 60_000);

  it('lets no asked name break out of a query', async () => {
    const store = await opened();
    await store.write([point({ value: 1 }), point({ dims: { region: 'south' }, value: 2 })]);
    const name = fc.oneof(
      fc.string({ unit: 'grapheme', maxLength: 20 }),
      fc.string({ unit: fc.constantFrom(...'\\"\'\n);= '), maxLength: 8 }),
      fc.constantFrom(`x" = '' OR "region`, `' OR '1'='1`, `"; DROP MEASUREMENT kpi; --`, `') OR time > 0 --`)
    );
    const isOurs = (text: string) => text === 'north' || text === 'south';
    await fc.assert(
      fc.asyncProperty(name, name, async (nasty, other) => {
        fc.pre(!isOurs(nasty) && !isOurs(other) && nasty !== 'region' && nasty !== 'revenue');
        const read = (where: Record<string, string[]>) => store.read({ series: [REVENUE], ...EVER, where });
        expect(await read({ region: [nasty] })).toEqual([]);
        expect(await read({ region: ['south'], [nasty]: [other] })).toEqual([]);
        expect(await store.read({ series: [{ kpi: nasty, v: 1 }], ...EVER })).toEqual([]);
        expect(await store.members([REVENUE], nasty)).toEqual([]);
        expect(await store.entries('note', nasty)).toEqual([]);
      }),
      { numRuns: 40 }
    );
    expect((await store.read({ series: [REVENUE], ...EVER })).map(({ values }) => values)).toEqual([[1], [2]]);
  }, 60_000);
}
