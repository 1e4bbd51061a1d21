import fc from 'fast-check';

import { findAnomalies } from './find-anomalies';

/** Repeatable, about normal. */
function noise(count: number, seed: number): number[] {
  let state = seed;
  const next = () => (state = (state * 16807) % 2147483647) / 2147483647;
  return Array.from({ length: count }, () => next() + next() + next() + next() - 2);
}

const week = (t: number) => (t % 7 < 5 ? 4 : -6);
const indices = (values: ArrayLike<number>, seasons = [7]) =>
  findAnomalies(values, { seasons })!
    .anomalies.map(({ index }) => index)
    .sort((a, b) => a - b);

function days(count: number) {
  const dayOfMonth = Array.from({ length: count }, (_, t) => 1 + (t % 30));
  return { dayOfMonth, daysLeft: dayOfMonth.map((day) => 30 - day), holidays: dayOfMonth.map(() => null) };
}

describe('anomalies', () => {
  it('are values far from what the day of the week and the level let expect, worst first', () => {
    const values = noise(150, 5).map((miss, t) => 50 + 0.1 * t + week(t) + miss);
    values[60]! += 8;
    values[103]! -= 16;
    const { anomalies, expected, lower, upper } = findAnomalies(values, { seasons: [7] })!;
    expect(anomalies.map(({ index, direction }) => [index, direction])).toEqual([
      [103, 'below'],
      [60, 'above'],
    ]);
    expect(Math.abs(expected[60]! - (56 + week(60)))).toBeLessThan(1.5);
    expect(lower[60]!).toBeLessThan(expected[60]!);
    expect(upper[60]!).toBeLessThan(values[60]!);
  });

  it('are runs of days that are all a little odd', () => {
    const values = noise(150, 8).map((miss, t) => 20 + miss + (t >= 80 && t < 88 ? 2.6 : 0));
    const found = findAnomalies(values, { seasons: [7], calendar: days(150) })!.anomalies.map(({ index }) => index);
    expect(found.length).toBeGreaterThan(3);
    expect(found.every((index) => index >= 77 && index < 91)).toBe(true);
  });

  it('are not all the days after a new level', () => {
    const values = noise(200, 2).map((miss, t) => 20 + miss + (t >= 100 ? 15 : 0));
    expect(indices(values).filter((index) => index > 112 || index < 88)).toEqual([]);
  });

  it('are rare in noise', () => {
    let found = 0;
    for (let seed = 1; seed <= 50; seed++) {
      found += indices(noise(120, seed * 13)).length;
    }
    expect(found / (50 * 120)).toBeLessThan(0.005);
  });

  it('are not paydays, which come each month, but one that is far off', () => {
    const calendar = days(360);
    const values = noise(360, 4).map((miss, t) => miss - (calendar.dayOfMonth[t] === 15 ? 40 : 0));
    values[194] = 0; // a 15th
    const found = findAnomalies(values, { seasons: [7], calendar })!.anomalies.map(({ index }) => index);
    expect(found).toEqual([194]);
  });

  it('need twelve values, and none that vary', () => {
    expect(findAnomalies([1, 2, 3, NaN], { seasons: [7] })).toBeNull();
    expect(indices(new Array<number>(60).fill(7))).toEqual([]);
  });

  it('do not depend on the unit', () => {
    const values = noise(150, 6).map((miss) => miss - 30);
    values[70]! -= 9;
    expect(indices(values)).toEqual([70]);
    expect(indices(values.map((value) => 1e5 * value))).toEqual([70]);
    expect(indices(values.map((value) => value - 500))).toEqual([70]);
  });

  it('never fail on any numbers', () => {
    const value = fc.oneof(
      fc.double({ min: -1e9, max: 1e9, noNaN: true }),
      fc.constant(NaN),
      fc.integer({ min: 0, max: 3 })
    );
    fc.assert(
      fc.property(fc.array(value, { maxLength: 90 }), fc.constantFrom([], [7], [7, 28]), (values, seasons) => {
        const found = findAnomalies(values, { seasons });
        for (const { index, severity, expected } of found?.anomalies ?? []) {
          expect(Number.isFinite(values[index])).toBe(true);
          expect(severity).toBeGreaterThan(0);
          expect(Number.isFinite(expected)).toBe(true);
        }
      })
    );
  });
});
