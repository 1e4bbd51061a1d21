import { createDataFrame, FieldType } from '@grafana/data';

import { company } from '../fixtures/company';
import { correlationFrames, pairsFrame } from '../fixtures/frames';

import { ledBy, pairKey, strongestOf } from './pair';
import { readCorrelation } from './read-correlation';

const whole = company();
const frames = correlationFrames(whole, { demo: true, asOf: 1000, zone: 'utc' });

describe('a correlation answer', () => {
  it('has the KPIs in the order of clustering, the pairs, the facts and both kinds of values', () => {
    const read = readCorrelation(frames);
    expect(read.kpis.map(({ kpi }) => kpi)).toEqual(whole.kpis.map(({ kpi }) => kpi));
    expect(read.pairs).toEqual(whole.pairs);
    expect(read.facts).toEqual(whole.facts);
    expect(read.values.get('quality')?.values).toEqual(whole.values[14]);
    expect(read.compared.get('quality')?.values).toEqual(whole.compared[14]);
    expect(read.provenance).toMatchObject({ isDemo: true, asOf: 1000 });
  });

  it('is read from its pairs alone too, and where a transformation took the names of frames', () => {
    const alone = readCorrelation([{ ...pairsFrame(whole.pairs), name: undefined }]);
    expect(alone.kpis.map(({ name }) => name)).toEqual(whole.kpis.map(({ name }) => name));
    expect(alone.facts).toBeNull();
    expect(alone.values.size).toBe(0);
  });

  it('is the first of several, and what else is there is left alone', () => {
    const other = correlationFrames(company({ count: 2 })).map((frame) => ({ ...frame, refId: 'B' }));
    const number = createDataFrame({ fields: [{ name: 'r', type: FieldType.number, values: [1] }] });
    expect(readCorrelation([number, ...frames, ...other]).kpis).toHaveLength(16);
  });

  it('knows nothing of what is null or absent', () => {
    const bare = createDataFrame({
      name: 'pairs',
      fields: [
        { name: 'a', type: FieldType.string, values: ['x', 'x'] },
        { name: 'b', type: FieldType.string, values: ['y', 'x'] },
        { name: 'r', type: FieldType.number, values: [null, 1] },
      ],
    });
    const { pairs, kpis } = readCorrelation([bare]);
    expect(pairs).toEqual([expect.objectContaining({ a: 'x', b: 'y', r: null, significant: false, sentence: '' })]);
    expect(kpis.map(({ name }) => name)).toEqual(['x', 'y']);
    expect(readCorrelation([createDataFrame({ fields: [] })]).kpis).toEqual([]);
  });
});

describe('a pair', () => {
  const pair = whole.pairs[0]!;

  it('is the same whichever KPI comes first', () => {
    expect(pairKey('a', 'b')).toBe(pairKey('b', 'a'));
  });

  it('is led by the one that moves first', () => {
    expect(ledBy({ ...pair, lag: 3 })).toMatchObject({ first: pair.a, second: pair.b, shift: 3 });
    expect(ledBy({ ...pair, lag: -3 })).toMatchObject({ first: pair.b, second: pair.a, shift: 3 });
  });

  it('is shown first when it is the strongest beyond chance, and none when there is none', () => {
    const strong = { ...pair, r: -0.99, significant: true };
    const stronger = { ...pair, r: 1, significant: false };
    expect(
      strongestOf(readCorrelation([pairsFrame([stronger, { ...strong, b: 'z' }, { ...strong, r: 0.5 }])]))?.b
    ).toBe('z');
    expect(strongestOf(readCorrelation([pairsFrame([stronger])]))).toBeNull();
  });

  it('is shown first by arithmetic only where there is no other', () => {
    const arithmetic = { ...pair, r: 1, significant: true, sharesInputs: true };
    const news = { ...pair, b: 'z', r: 0.4, significant: true, sharesInputs: false };
    expect(strongestOf(readCorrelation([pairsFrame([arithmetic, news])]))?.b).toBe('z');
    expect(strongestOf(readCorrelation([pairsFrame([arithmetic])]))?.b).toBe(pair.b);
  });
});
