import fc from 'fast-check';

import { expectedFalseAlarms } from './false-alarms';
import { naturalLimits, readSignal } from './xmr';

/** Normal noise, the same on every run (mulberry32, Box–Muller). */
function normal(seed: number): () => number {
  let state = seed;
  const uniform = () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
  return () => Math.sqrt(-2 * Math.log(1 - uniform())) * Math.cos(2 * Math.PI * uniform());
}

const random = normal(9);
const share = (times: number, isSo: () => boolean) =>
  Array.from({ length: times }, isSo).filter(Boolean).length / times;
const usual = (n: number, of: (t: number) => number) => Array.from({ length: n }, (_, t) => of(t));

describe("limits are Wheeler's", () => {
  it('mean and 2.66 mean moving ranges, by hand', () => {
    const values = [10, 12, 11, 13, 10, 12, 11, 13, 10, 12, 11, 13];
    const ranges = [2, 1, 2, 3, 2, 1, 2, 3, 2, 1, 2];
    const mean = 138 / 12;
    const reach = (2.66 * ranges.reduce((a, b) => a + b)) / 11;
    const limits = naturalLimits(values)!;
    expect(limits.center).toBeCloseTo(mean, 12);
    expect(limits.upper).toBeCloseTo(mean + reach, 12);
    expect(limits.lower).toBeCloseTo(mean - reach, 12);
  });

  it('twelve values are the least', () => {
    expect(readSignal(usual(11, () => random()))).toBeNull();
    expect(readSignal(usual(12, () => random()))).not.toBeNull();
    expect(readSignal([...usual(20, () => random()), NaN])).toBeNull();
  });
});

describe('usual variation is seldom called a signal', () => {
  const month = (t: number) => 20 * Math.sin((2 * Math.PI * t) / 12);
  it.each([
    ['steady', 24, (_: number) => 100 + 5 * random(), 0.05],
    ['rising', 24, (t: number) => 100 + 2 * t + 5 * random(), 0.05],
    ['seasonal, three years', 36, (t: number) => 100 + month(t) + 5 * random(), 0.06],
    ['seasonal and rising, four years', 48, (t: number) => 100 + t + month(t) + 5 * random(), 0.06],
    ['days', 120, (_: number) => 100 + 5 * random(), 0.05],
  ])('%s', (_, n, of, most) => {
    expect(share(500, () => readSignal(usual(n, of), 12)!.signal !== null)).toBeLessThanOrEqual(most);
  });
});

describe('what is not usual is a signal', () => {
  it('a value far outside, up or down, of a seasonal series too', () => {
    const found = share(200, () => {
      const values = usual(36, (t) => 100 + 20 * Math.sin((2 * Math.PI * t) / 12) + 3 * random());
      values[35]! -= 25;
      const reading = readSignal(values, 12)!;
      return reading.signal?.direction === -1;
    });
    expect(found).toBeGreaterThan(0.9);
  });

  it('eight values a little above', () => {
    const values = [...usual(24, (t) => (t % 2 ? 1 : -1)), ...usual(8, (t) => 2 + (t % 2 ? 0.9 : -0.9))];
    expect(readSignal(values)!.signal).toMatchObject({ direction: 1 });
  });

  it('any change of what never changes', () => {
    expect(readSignal([...usual(20, () => 5), 6])!.signal).toEqual({ rule: 'outside', direction: 1 });
    expect(readSignal(usual(20, () => 5))!.signal).toBeNull();
  });
});

it('unit and offset do not matter; a turned sign turns the direction', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: -500, max: 500 }), { minLength: 12, maxLength: 40 }), (values) => {
      const { signal } = readSignal(values, 12)!;
      expect(
        readSignal(
          values.map((v) => 4 * v + 1024),
          12
        )!.signal
      ).toEqual(signal);
      const turned = readSignal(
        values.map((v) => -v),
        12
      )!.signal;
      expect(turned?.rule).toBe(signal?.rule);
    })
  );
});

it('thresholds inside the limits cost false alarms', () => {
  const limits = { center: 100, deviation: 10, lower: 70, upper: 130 };
  expect(expectedFalseAlarms(90, 'below', limits, 12)).toBeCloseTo(12 * 0.15866, 3);
  expect(expectedFalseAlarms(60, 'below', limits, 12)).toBeLessThan(0.001);
  expect(expectedFalseAlarms(130, 'above', limits, 365)).toBeCloseTo(365 * 0.00135, 3);
});
