import fc from 'fast-check';

import { laggedProducts, planLags, spectraOf } from './lagged-products';

const number = fc.integer({ min: -1e6, max: 1e6 });

it('are what adding up lag by lag gives, whatever the length and the lags', () => {
  fc.assert(
    fc.property(
      fc.array(fc.tuple(number, number), { maxLength: 120 }),
      fc.integer({ min: 0, max: 40 }),
      (rows, maxLag) => {
        const x = Float64Array.from(rows, ([value]) => value);
        const y = Float64Array.from(rows, ([, value]) => value);
        const plan = planLags(rows.length, maxLag);
        const found = new Float64Array(2 * maxLag + 1);
        laggedProducts(spectraOf(x, plan), spectraOf(y, plan), plan, found);
        const norm = (values: Float64Array) => Math.sqrt(values.reduce((sum, value) => sum + value * value, 0));
        const tolerance = 1e-13 * norm(x) * norm(y);
        for (let lag = -maxLag; lag <= maxLag; lag++) {
          const plain = x.reduce((sum, value, t) => sum + value * (y[t + lag] ?? 0), 0);
          expect(Math.abs(found[lag + maxLag]! - plain)).toBeLessThanOrEqual(tolerance);
        }
      }
    )
  );
});
