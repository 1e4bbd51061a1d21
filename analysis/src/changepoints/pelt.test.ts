import fc from 'fast-check';

import { pelt } from './pelt';

/** Every segmentation, one after the other. */
function best(values: readonly number[], penalty: number, least: number): number {
  const cost = (from: number, to: number) => {
    const part = values.slice(from, to);
    const mean = part.reduce((sum, value) => sum + value, 0) / part.length;
    return part.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  const from = (start: number): number => {
    let least_ = cost(start, values.length);
    for (let end = start + least; end <= values.length - least; end++) {
      least_ = Math.min(least_, cost(start, end) + penalty + from(end));
    }
    return least_;
  };
  return from(0);
}

function costOf(values: readonly number[], changes: readonly number[], penalty: number): number {
  const edges = [0, ...changes, values.length];
  let sum = penalty * changes.length;
  for (let i = 1; i < edges.length; i++) {
    const part = values.slice(edges[i - 1], edges[i]);
    const mean = part.reduce((total, value) => total + value, 0) / part.length;
    sum += part.reduce((total, value) => total + (value - mean) ** 2, 0);
  }
  return sum;
}

describe('pelt', () => {
  it('finds where the mean changes', () => {
    expect(pelt(Float64Array.of(1, 1.1, 0.9, 1, 5, 5.1, 4.9, 5, 2, 2, 2.1, 1.9), 1, 2)).toEqual([4, 8]);
    expect(pelt(new Float64Array(20).fill(3), 1, 2)).toEqual([]);
    expect(pelt(new Float64Array(0), 1, 2)).toEqual([]);
  });

  it('is as good as the best of all segmentations', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -9, max: 9 }), { minLength: 2, maxLength: 12 }),
        fc.constantFrom(0.5, 3, 20),
        fc.integer({ min: 1, max: 3 }),
        (values, penalty, least) => {
          const changes = pelt(Float64Array.from(values), penalty, least);
          if (values.length >= least) {
            expect(costOf(values, changes, penalty)).toBeCloseTo(best(values, penalty, least), 6);
          }
          const edges = [0, ...changes, values.length];
          if (changes.length > 0) {
            edges.slice(1).forEach((edge, i) => expect(edge - edges[i]!).toBeGreaterThanOrEqual(least));
          }
        }
      )
    );
  });
});
