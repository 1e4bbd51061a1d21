import fc from 'fast-check';

import { COMPARISONS, expressionSchema, type ThresholdExpression } from './expression';
import { labelsKey } from './labels';
import { threshold } from './threshold';
import type { Value } from './values';

const of = (type: string, params: number[], unload?: [string, number[]]) =>
  expressionSchema.parse({
    type: 'threshold',
    expression: 'A',
    conditions: [
      {
        evaluator: { type, params },
        ...(unload && { unloadEvaluator: { type: unload[0], params: unload[1] } }),
      },
    ],
  }) as ThresholdExpression;
const labels = { kpi: 'a' };
const number = (value: number | null): Value[] => [{ kind: 'number', labels, value }];
const judged = (expression: ThresholdExpression, value: number | null, loaded = false) =>
  (threshold(number(value), expression, new Set(loaded ? [labelsKey(labels)] : []))[0] as { value: number | null })
    .value;

describe('threshold', () => {
  const below = [1, 2, 3, 4, 5];
  it.each([
    ['gt', [3], [0, 0, 0, 1, 1]],
    ['lt', [3], [1, 1, 0, 0, 0]],
    ['eq', [3], [0, 0, 1, 0, 0]],
    ['ne', [3], [1, 1, 0, 1, 1]],
    ['gte', [3], [0, 0, 1, 1, 1]],
    ['lte', [3], [1, 1, 1, 0, 0]],
    ['within_range', [2, 4], [0, 0, 1, 0, 0]],
    ['outside_range', [2, 4], [1, 0, 0, 0, 1]],
    ['within_range_included', [2, 4], [0, 1, 1, 1, 0]],
    ['outside_range_included', [2, 4], [1, 1, 0, 1, 1]],
  ])('%s %j of 1 … 5 is %j', (type, params, expected) => {
    expect(below.map((x) => judged(of(type, params), x))).toEqual(expected);
  });

  it('has no answer where there is no value', () => {
    for (const type of COMPARISONS) {
      expect(judged(of(type, [1, 2]), null)).toBeNull();
      expect(judged(of(type, [1, 2], ['lt', [1]]), null, true)).toBeNull();
    }
  });

  it('fires on NaN only for what is true of it', () => {
    expect(COMPARISONS.filter((type) => judged(of(type, [1, 2]), NaN) === 1)).toEqual(['ne']);
  });

  it('lets what fires already stop at the recovery threshold alone', () => {
    const expression = of('gt', [100], ['lt', [80]]);
    expect([judged(expression, 90), judged(expression, 90, true)]).toEqual([0, 1]);
    expect([judged(expression, 80, true), judged(expression, 79, true)]).toEqual([1, 0]);
    expect(judged(expression, 101)).toBe(1);
  });

  it('never flaps for a value between both thresholds', () => {
    const expression = of('gt', [10], ['lt', [5]]);
    const values = fc.array(fc.integer({ min: 5, max: 10 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.boolean(), (sequence, start) => {
        let loaded = start;
        for (const value of sequence) {
          loaded = judged(expression, value, loaded) === 1;
          expect(loaded).toBe(start);
        }
      })
    );
  });
});
