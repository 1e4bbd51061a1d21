import fc from 'fast-check';

import { RollingScale } from './rolling-scale';

const median = (values: readonly number[]) => {
  const sorted = values.toSorted((a, b) => a - b);
  const half = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[half]! : (sorted[half - 1]! + sorted[half]!) / 2;
};

test('the middle and the spread are those of the newest numbers, however they come', () => {
  const numbers = fc.array(fc.oneof(fc.integer({ min: -5, max: 5 }), fc.double({ noNaN: true, min: -1e6, max: 1e6 })), {
    minLength: 1,
    maxLength: 60,
  });
  fc.assert(
    fc.property(numbers, fc.integer({ min: 1, max: 20 }), (values, length) => {
      const rolling = new RollingScale(length);
      values.forEach((value) => rolling.add(value));
      const kept = values.slice(-length);
      const middle = median(kept);
      const distances = kept.map((value) => Math.abs(value - middle));
      const mad = median(distances);
      const mean = distances.reduce((a, b) => a + b, 0) / kept.length;
      expect(rolling.size).toBe(kept.length);
      expect(rolling.median).toBe(middle);
      expect(rolling.scale).toBeCloseTo(mad > 0 ? 1.4826 * mad : 1.253314 * mean, 6);
    })
  );
});
