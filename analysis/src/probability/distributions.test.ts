import golden from './distributions.golden.json';
import {
  chiSquareAbove,
  chiSquareBelow,
  fisherAbove,
  normalCdf,
  normalQuantile,
  studentTwoSided,
} from './distributions';

/** Far tails are small: the difference counts relative to the value. */
function expectAlike(actual: number, expected: number) {
  expect(Math.abs(actual - expected)).toBeLessThanOrEqual(1e-11 * Math.max(Math.abs(expected), 1e-30) + 1e-15);
}

describe('probabilities as scipy 1.17.1 has them', () => {
  const table = (name: keyof typeof golden, of: (...args: number[]) => number) =>
    it(name, () => golden[name].forEach((row) => expectAlike(of(...row.slice(0, -1)), row.at(-1)!)));
  table('normalCdf', normalCdf);
  table('normalQuantile', normalQuantile);
  table('studentTwoSided', studentTwoSided);
  table('chiSquareAbove', chiSquareAbove);
  table('fisherAbove', fisherAbove);
});

it('what lies below and above adds up to one', () => {
  expect(chiSquareBelow(3, 4) + chiSquareAbove(3, 4)).toBeCloseTo(1, 14);
});
