import fc from 'fast-check';

import { valueRange } from './value-range';

const values = fc.array(fc.option(fc.double({ min: -1e9, max: 1e9, noNaN: true })), { minLength: 1 });

describe('the range of an axis', () => {
  it('holds every value, with room to spare', () => {
    fc.assert(
      fc.property(values, fc.array(fc.double({ min: -1e9, max: 1e9, noNaN: true })), (shown, bounds) => {
        const range = valueRange([shown], bounds);
        const known = shown.filter((value) => value !== null);
        expect(range === null).toBe(known.length === 0);
        for (const value of known) {
          expect(value).toBeGreaterThanOrEqual(range![0]);
          expect(value).toBeLessThanOrEqual(range![1]);
        }
        expect(range === null || range[0] < range[1]).toBe(true);
      })
    );
  });

  it('takes in thresholds that are near, and leaves out those that would flatten the rest', () => {
    const [low, high] = valueRange([[90, 110]], [85, 20])!;
    expect(low).toBeLessThan(85);
    expect(low).toBeGreaterThan(20);
    expect(high).toBeLessThan(120);
  });

  it('does not go below zero where nothing does', () => {
    expect(valueRange([[0, 100]])![0]).toBe(0);
    expect(valueRange([[-1, 100]])![0]).toBeLessThan(-1);
  });

  it('has a height for a single value', () => {
    expect(valueRange([[5]])).toEqual([expect.closeTo(4.42), expect.closeTo(5.58)]);
    expect(valueRange([[0]])).toEqual([expect.closeTo(-1.16), expect.closeTo(1.16)]);
    expect(valueRange([[null, NaN], []])).toBeNull();
  });
});
