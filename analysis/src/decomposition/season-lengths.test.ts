import fc from 'fast-check';

import { seasonLengths } from './season-lengths';

/** Noise without a generator of random numbers: digits of a chaotic map, the same on every run. */
function noise(n: number, seed = 0.37): number[] {
  let x = seed;
  return Array.from({ length: n }, () => {
    x = 3.9999 * x * (1 - x);
    return x - 0.5;
  });
}
const wave = (t: number, length: number) => Math.sin((2 * Math.PI * t) / length);

it('finds the week and the year in two years of days, with trend and outliers', () => {
  const days = noise(730).map((e, t) => 100 + 0.02 * t + 3 * wave(t, 7) + 8 * wave(t, 365) + 4 * e);
  days[100] = 500;
  expect(seasonLengths(days, [7, 365])).toEqual([7, 365]);
});

it('finds the year in months, and not its quarters beside it', () => {
  const months = noise(60).map((e, t) => 10 + 0.1 * t + 2 * wave(t, 12) + wave(t, 3) + e);
  expect(seasonLengths(months, [3, 12])).toEqual([12]);
});

it('seldom finds one in noise, in random walks, or in a line', () => {
  let found = 0;
  for (let i = 0; i < 100; i++) {
    const steps = noise(300, 0.1 + 0.008 * i);
    let level = 0;
    found += seasonLengths(steps, [7]).length;
    found += seasonLengths(
      steps.map((e) => (level += e)),
      [7]
    ).length;
  }
  expect(found).toBeLessThanOrEqual(20);
  expect(
    seasonLengths(
      Array.from({ length: 100 }, (_, t) => 5 * t),
      [7, 12]
    )
  ).toEqual([]);
});

it('asks for two whole seasons', () => {
  const days = Array.from({ length: 13 }, (_, t) => wave(t, 7));
  expect(seasonLengths(days, [7])).toEqual([]);
});

it('takes any input, and unit and offset do not matter', () => {
  const values = fc.array(fc.oneof(fc.integer({ min: -1000, max: 1000 }), fc.constant(NaN)), { maxLength: 80 });
  fc.assert(
    fc.property(values, (given) => {
      expect(
        seasonLengths(
          given.map((value) => 8 * value + 4096),
          [4, 7, 12]
        )
      ).toEqual(seasonLengths(given, [4, 7, 12]));
    })
  );
});
