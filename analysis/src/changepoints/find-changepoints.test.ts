import fc from 'fast-check';

import { findChangepoints } from './find-changepoints';

/** Repeatable, about normal. */
function noise(count: number, seed: number): number[] {
  let state = seed;
  const next = () => (state = (state * 16807) % 2147483647) / 2147483647;
  return Array.from({ length: count }, () => next() + next() + next() + next() - 2);
}

const week = (t: number) => (t % 7 < 5 ? 4 : -6);

describe('changepoints', () => {
  it('are where the level is another one', () => {
    const values = noise(200, 3).map((miss, t) => 50 + week(t) + miss + (t >= 120 ? 5 : 0));
    const found = findChangepoints(values, { seasons: [7] });
    expect(found).toHaveLength(1);
    expect(Math.abs(found[0]!.index - 120)).toBeLessThanOrEqual(3);
    expect(found[0]!.after - found[0]!.before).toBeCloseTo(5, 0);
  });

  it('are none in noise, on slopes, in waves, nor for a few odd days', () => {
    let false_ = 0;
    for (let seed = 1; seed <= 40; seed++) {
      const misses = noise(180, seed * 31);
      false_ += findChangepoints(misses, { seasons: [7] }).length;
      false_ += findChangepoints(
        misses.map((miss, t) => 0.05 * t + miss),
        { seasons: [7] }
      ).length;
      false_ += findChangepoints(
        misses.map((miss, t) => 6 * Math.sin(t / 28) + miss),
        { seasons: [7] }
      ).length;
      false_ += findChangepoints(
        misses.map((miss, t) => miss + (t >= 90 && t < 94 ? 12 : 0)),
        { seasons: [7] }
      ).length;
    }
    // Fewer than one in twenty half-years.
    expect(false_).toBeLessThan(8);
  });

  it('are not what walks about at random', () => {
    let false_ = 0;
    for (let seed = 1; seed <= 20; seed++) {
      let level = 0;
      false_ += findChangepoints(
        noise(200, seed * 17).map((step) => (level += step)),
        { seasons: [7] }
      ).length;
    }
    expect(false_).toBeLessThanOrEqual(4);
  });

  it('do not depend on the unit', () => {
    const values = noise(150, 9).map((miss, t) => miss + (t >= 70 ? -4 : 0) - 20);
    const places = (of: number[]) => findChangepoints(of, { seasons: [7] }).map(({ index }) => index);
    expect(places(values)).toHaveLength(1);
    expect(places(values.map((value) => 1e6 * value))).toEqual(places(values));
    expect(places(values.map((value) => value - 1000))).toEqual(places(values));
  });

  it('never fail on any numbers', () => {
    const value = fc.oneof(fc.double({ min: -1e9, max: 1e9, noNaN: true }), fc.constant(NaN), fc.constant(0));
    fc.assert(
      fc.property(fc.array(value, { maxLength: 90 }), fc.constantFrom([], [7], [7, 28]), (values, seasons) => {
        for (const { index, before, after, severity } of findChangepoints(values, { seasons })) {
          expect(index).toBeGreaterThan(0);
          expect(index).toBeLessThan(values.length);
          expect([before, after, severity].every(Number.isFinite)).toBe(true);
        }
      })
    );
  });
});
