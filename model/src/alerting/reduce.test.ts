import fc from 'fast-check';

import { expressionSchema, type ReduceExpression, REDUCERS } from './expression';
import { reduce } from './reduce';
import type { Value } from './values';

const of = (reducer: string, settings?: object) =>
  expressionSchema.parse({ type: 'reduce', expression: 'A', reducer, settings }) as ReduceExpression;
const series = (...points: Array<number | null>): Value[] => [{ kind: 'series', labels: { kpi: 'a' }, points }];
const reduced = (reducer: string, points: Array<number | null>, settings?: object) =>
  reduce(series(...points), of(reducer, settings)).map(({ value }) => value);

describe('reduce', () => {
  it.each([
    ['last', 1],
    ['mean', 3],
    ['median', 2.5],
    ['min', 1],
    ['max', 6],
    ['sum', 12],
    ['count', 4],
  ])('takes the %s of a series: %d', (reducer, expected) => {
    expect(reduced(reducer, [6, 3, 2, 1])).toEqual([expected]);
  });

  it('keeps labels, and gives one number a series', () => {
    const values = [...series(1), { kind: 'series' as const, labels: { kpi: 'b' }, points: [2] }];
    expect(reduce(values, of('last'))).toEqual([
      { kind: 'number', labels: { kpi: 'a' }, value: 1 },
      { kind: 'number', labels: { kpi: 'b' }, value: 2 },
    ]);
  });

  it.each([
    ['last', [1, null], null],
    ['last', [null, 1], 1],
    ['count', [1, null], 2],
    ['mean', [1, null], NaN],
    ['sum', [1, null], NaN],
    ['min', [1, null], NaN],
    ['max', [1, null], NaN],
    ['median', [1, null], NaN],
    ['last', [], NaN],
    ['mean', [], NaN],
    ['min', [], NaN],
    ['sum', [], 0],
    ['count', [], 0],
  ] as const)('is strict about what is missing: %s of %j is %d', (reducer, points, expected) => {
    expect(reduced(reducer, [...points])).toEqual([expected]);
  });

  it.each([
    ['mean', [1, null, 3], 2],
    ['count', [1, null, NaN, Infinity], 1],
    ['last', [5, null], 5],
    ['sum', [null], 0],
    ['mean', [null], null],
    ['max', [], null],
  ] as const)('leaves out what is no number in mode dropNN: %s of %j is %d', (reducer, points, expected) => {
    expect(reduced(reducer, [...points], { mode: 'dropNN' })).toEqual([expected]);
  });

  it.each([
    ['mean', [1, null], 4],
    ['last', [1, Infinity], 7],
    ['max', [], 7],
  ] as const)('puts another in its place in mode replaceNN: %s of %j is %d', (reducer, points, expected) => {
    expect(reduced(reducer, [...points], { mode: 'replaceNN', replaceWithValue: 7 })).toEqual([expected]);
  });

  it('lets numbers pass, and in mode dropNN leaves out those that are none', () => {
    const numbers: Value[] = [
      { kind: 'number', labels: { kpi: 'a' }, value: 3 },
      { kind: 'number', labels: { kpi: 'b' }, value: null },
    ];
    expect(reduce(numbers, of('sum'))).toEqual(numbers);
    expect(reduce(numbers, of('sum', { mode: 'dropNN' }))).toEqual(numbers.slice(0, 1));
    expect(reduce(numbers, of('sum', { mode: 'replaceNN', replaceWithValue: 0 }))[1]!.value).toBe(0);
  });

  it('of numbers alone is within their range, the same in all modes', () => {
    const points = fc.array(fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e9, max: 1e9 }), { minLength: 1 });
    fc.assert(
      fc.property(points, fc.constantFrom(...REDUCERS), (values, reducer) => {
        const [strict] = reduced(reducer, values);
        expect(reduced(reducer, values, { mode: 'dropNN' })).toEqual([strict]);
        if (!['sum', 'count'].includes(reducer)) {
          expect(strict).toBeGreaterThanOrEqual(Math.min(...values) - 1e-6);
          expect(strict).toBeLessThanOrEqual(Math.max(...values) + 1e-6);
        }
      })
    );
  });
});
