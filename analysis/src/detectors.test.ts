/** What every detector owes: the unit and the zero of values do not matter, and no finite input breaks it. */
import fc from 'fast-check';

import { findAnomalies } from './anomalies/find-anomalies';
import { findChangepoints } from './changepoints/find-changepoints';
import { decompose } from './decomposition/decompose';
import { seasonLengths } from './decomposition/season-lengths';
import { distributionOf } from './distribution/distribution-of';
import { groupsDiffer, normality, trend } from './distribution/tests';
import { naturalLimits, readSignal } from './signal/xmr';

const byWeekday = (values: readonly number[]) =>
  Array.from({ length: 7 }, (_, day) => values.filter((_value, t) => t % 7 === day));
const rounded = (value: number | undefined) => (value === undefined ? null : Number(value.toPrecision(6)));

/** What is found, without its unit. */
const DETECTORS: Record<string, (values: number[]) => unknown> = {
  anomalies: (values) =>
    findAnomalies(values, { seasons: [7] })?.anomalies.map(({ index, direction }) => [index, direction]),
  'new levels': (values) =>
    findChangepoints(values, { seasons: [7] }).map(({ index, before, after }) => [index, after > before]),
  'season lengths': (values) => seasonLengths(values, [7, 12]),
  signals: (values) => readSignal(values, 7)?.signal,
  'natural limits': (values) => {
    const limits = naturalLimits(values, 7);
    return limits && values.map((value) => value > limits.lower && value < limits.upper);
  },
  'strength of seasons': (values) => decompose(values, [7]).seasons.map(({ strength }) => rounded(strength)),
  'a trend': (values) => rounded(trend(values)?.p),
  normality: (values) => rounded(normality(values)?.p),
  'groups that differ': (values) => rounded(groupsDiffer(byWeekday(values))?.p),
  outliers: (values) => distributionOf(values, { season: 7, groupings: [] }).outliers,
};

/** Noise with a week, and perhaps an odd day, a new level or a rise. Below zero in part: what is all above may be seen in logarithms. */
const series = fc
  .record({
    noise: fc.array(fc.integer({ min: -1000, max: 1000 }), { minLength: 60, maxLength: 90 }),
    week: fc.constantFrom(0, 2000),
    odd: fc.constantFrom(0, 20_000),
    step: fc.constantFrom(0, 6000),
    rise: fc.constantFrom(0, 40),
  })
  .map(({ noise, week, odd, step, rise }) =>
    noise.map((value, t) => {
      const own = value + (t % 7 === 6 ? -week : 0) + (t === 25 ? odd : 0) + (t >= 40 ? step : 0);
      return own + rise * t - 30_000;
    })
  );

describe.each(Object.entries(DETECTORS))('%s', (_, detect) => {
  it('do not depend on the unit', () => {
    fc.assert(
      fc.property(series, fc.constantFrom(2 ** -20, 2 ** 30), (values, unit) => {
        expect(detect(values.map((value) => unit * value))).toEqual(detect(values));
      }),
      { numRuns: 40 }
    );
  });

  it('do not depend on the zero', () => {
    fc.assert(
      fc.property(series, fc.constantFrom(-4096, -262_144), (values, shift) => {
        expect(detect(values.map((value) => value + shift))).toEqual(detect(values));
      }),
      { numRuns: 40 }
    );
  });

  it('survive any finite numbers, and gaps', () => {
    const any = fc.oneof(
      fc.double({ noNaN: true, noDefaultInfinity: true }),
      fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      fc.integer({ min: 0, max: 2 }),
      fc.constant(NaN)
    );
    fc.assert(
      fc.property(fc.array(any, { maxLength: 70, size: 'max' }), (values) => {
        expect(() => detect(values)).not.toThrow();
      }),
      { numRuns: 100 }
    );
  });
});
