import fc from 'fast-check';

import golden from './decompose.golden.json';
import { bridged, decompose, seasonallyAdjusted } from './decompose';

function greatestDifference(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a).reduce((max, value, i) => Math.max(max, Math.abs(value - b[i]!)), 0);
}

describe('as statsmodels 0.15.0 has it', () => {
  it.each([
    ['STL', golden.weekly, [7], false, golden.plain],
    ['robust STL', golden.weekly, [7], true, golden.robust],
    ['STL of a long season', golden.weekly, [40], false, golden.long],
    ['MSTL', golden.both, [30, 7], false, golden.two],
  ] as const)('%s', (_, values, lengths, robust, expected) => {
    const found = decompose(values, lengths, { robust });
    expect(greatestDifference(found.trend, expected.trend)).toBeLessThan(1e-9);
    found.seasons.forEach(({ values: season }, i) =>
      expect(greatestDifference(season, expected.seasons[i]!)).toBeLessThan(1e-9)
    );
    expect(greatestDifference(found.remainder, expected.remainder)).toBeLessThan(1e-9);
  });
});

const values = fc.array(
  fc.oneof({ weight: 9, arbitrary: fc.integer({ min: -1e6, max: 1e6 }) }, { weight: 1, arbitrary: fc.constant(NaN) }),
  {
    maxLength: 60,
  }
);

it('the parts add up, whatever is given', () => {
  fc.assert(
    fc.property(values, fc.subarray([2, 3, 7, 12, 365]), fc.boolean(), (given, lengths, robust) => {
      const { trend, seasons, remainder } = decompose(given, lengths, { robust });
      given.forEach((value, t) => {
        const sum = seasons.reduce((all, season) => all + season.values[t]!, trend[t]! + remainder[t]!);
        expect(Number.isNaN(value) ? Number.isNaN(sum) : Math.abs(sum - value) < 1e-6).toBe(true);
      });
    })
  );
});

it('unit and offset come out where they went in', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 20, maxLength: 40 }), (given) => {
      const plain = decompose(given, [7]);
      const other = decompose(
        given.map((value) => 4 * value + 512),
        [7]
      );
      expect(
        greatestDifference(
          plain.trend.map((value) => 4 * value + 512),
          other.trend
        )
      ).toBeLessThan(1e-6);
      expect(
        greatestDifference(
          plain.remainder.map((value) => 4 * value),
          other.remainder
        )
      ).toBeLessThan(1e-6);
    })
  );
});

it('a season is strong where it is, and taken out', () => {
  const weekly = Array.from({ length: 140 }, (_, t) => 3 * Math.sin((2 * Math.PI * t) / 7) + Math.sin(t * t));
  const [season] = decompose(weekly, [7], { robust: true }).seasons;
  expect(season!.strength).toBeGreaterThan(0.8);
  const adjusted = decompose(seasonallyAdjusted(weekly, [7]), [7], { robust: true }).seasons[0]!;
  expect(adjusted.strength).toBeLessThan(0.2);
});

it('gaps are bridged by straight lines, and ends carried outwards', () => {
  expect([...bridged([NaN, 1, NaN, NaN, 4, NaN])]).toEqual([1, 1, 2, 3, 4, 4]);
  expect([...bridged([NaN, NaN])]).toEqual([0, 0]);
});
