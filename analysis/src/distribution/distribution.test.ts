import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import fc from 'fast-check';

import { describe as described } from './describe';
import { histogram } from './histogram';
import { groupsDiffer, normality, trend } from './tests';

interface Golden {
  samples: Array<{
    name: string;
    values: number[];
    mean: number;
    deviation: number;
    quartiles: number[];
    skewness: number;
    kurtosis: number;
    normality: [number, number];
    slope: number;
    groups: number[][];
    kruskal: [number, number];
  }>;
  tau: number;
}

/** Made by `distribution.golden.py`: numpy 2.4.6, scipy 1.17.1. */
const golden = JSON.parse(readFileSync(join(__dirname, 'distribution.golden.json'), 'utf8')) as Golden;
const near = (value: number, expected: number) =>
  expect(Math.abs(value - expected)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(expected)));

describe.each(golden.samples)('of $name values', (sample) => {
  it('descriptions agree with numpy and scipy', () => {
    const found = described([...sample.values, NaN])!;
    expect(found.count).toBe(sample.values.length);
    near(found.mean, sample.mean);
    near(found.deviation, sample.deviation);
    [found.lowerQuartile, found.median, found.upperQuartile].forEach((value, i) => near(value, sample.quartiles[i]!));
    near(found.skewness, sample.skewness);
    near(found.kurtosis, sample.kurtosis);
  });

  it('tests agree with scipy', () => {
    const normal = normality(sample.values)!;
    near(normal.statistic, sample.normality[0]);
    near(normal.p, sample.normality[1]);
    near(trend(sample.values)!.slope, sample.slope);
    const differ = groupsDiffer(sample.groups)!;
    near(differ.statistic, sample.kruskal[0]);
    near(differ.p, sample.kruskal[1]);
  });
});

describe('a trend', () => {
  it("is Kendall's where values do not hang together", () => {
    const { values } = golden.samples[0]!;
    const n = values.length;
    const score = golden.tau * ((n * (n - 1)) / 2);
    const expected = (score - Math.sign(score)) / Math.sqrt((n * (n - 1) * (2 * n + 5)) / 18);
    expect(Math.abs(trend(values)!.statistic)).toBeLessThanOrEqual(Math.abs(expected) + 1e-9);
  });

  it('is seldom seen in what walks about at random, as it would be without the correction', () => {
    let state = 11;
    const next = () => (state = (state * 16807) % 2147483647) / 2147483647;
    let seen = 0;
    for (let i = 0; i < 200; i++) {
      let value = 0;
      const values = Array.from({ length: 60 }, () => (value = 0.7 * value + next() + next() + next() - 1.5));
      seen += trend(values)!.p < 0.05 ? 1 : 0;
    }
    expect(seen / 200).toBeLessThan(0.15);
  });

  it('needs eight values', () => {
    expect(trend([1, 2, 3, 4, 5, 6, 7])).toBeNull();
    expect(trend([1, 2, NaN, 4, 5, 6, 7, 8, 9])!.p).toBeLessThan(0.01);
    expect(trend(new Array<number>(10).fill(3))).toEqual({ slope: 0, statistic: 0, p: 1 });
  });
});

describe('a histogram', () => {
  it('has round edges', () => {
    expect(histogram([1, 2, 2, 3, 9])[0]).toMatchObject({ from: 0 });
    expect(histogram([5, 5, NaN])).toEqual([{ from: 5, to: 5, count: 2 }]);
    expect(histogram([])).toEqual([]);
  });

  it('holds each value once, between its edges', () => {
    fc.assert(
      fc.property(
        fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true }), { minLength: 1, maxLength: 200 }),
        (values) => {
          const bins = histogram(values);
          expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(values.length);
          expect(bins.length).toBeLessThanOrEqual(43);
          const width = bins.length > 1 ? bins[0]!.to - bins[0]!.from : 0;
          expect(bins[0]!.from).toBeLessThanOrEqual(Math.min(...values) + 1e-6 * width + 1e-9);
          expect(bins.at(-1)!.to).toBeGreaterThanOrEqual(Math.max(...values) - 1e-6 * width - 1e-9);
        }
      )
    );
  });
});
