import { correlate } from './correlate';
import { prepare } from './prepare';

/** The same on every run. */
function noise(n: number, seed: number): number[] {
  let x = seed;
  return Array.from({ length: n }, () => {
    x = 3.9999 * x * (1 - x);
    return x - 0.5;
  });
}

/** Two series that share a week and a rise, and nothing else. */
const sharing = (n: number) =>
  [0.11 + 0.01 * n, 0.87 - 0.01 * n].map((seed) =>
    noise(200, seed).map((e, t) => 50 + 0.1 * t + 3 * Math.sin((2 * Math.PI * t) / 7) + e)
  );

it('two trends and two seasons always correlate, until they are taken out', () => {
  const related = (on: 'levels' | 'changes' | 'adjusted') =>
    Array.from({ length: 30 }, (_, n) => {
      const prepared = sharing(n).map((one) => prepare(one, on, [7]));
      return correlate(prepared, { maxLag: 0 })[0]!.p < 0.05 ? 1 : (0 as number);
    }).reduce((sum, one) => sum + one);
  expect(related('levels')).toBe(30);
  expect(related('changes')).toBeLessThanOrEqual(4);
  expect(related('adjusted')).toBeLessThanOrEqual(4);
});

it('changes are differences, missing where a neighbour is', () => {
  expect([...prepare([1, 3, NaN, 4, 9], 'changes', [])]).toEqual([NaN, 2, NaN, NaN, 5]);
});

it('a straight line leaves nothing', () => {
  prepare([1, 3, 5, 7, 9], 'adjusted', []).forEach((value) => expect(value).toBeCloseTo(0, 12));
});
