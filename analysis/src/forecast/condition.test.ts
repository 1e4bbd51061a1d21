import { bandsOf, conditioned, landing, probabilityBelow, type Fitted } from './condition';

const fit = (together: number, count = 10): Fitted => ({
  point: new Float64Array(count).fill(100),
  band90: {
    lower: new Float64Array(count).fill(100 - 16.448536),
    upper: new Float64Array(count).fill(100 + 16.448536),
  },
  together,
});

describe('a forecast of which part has come', () => {
  it('is as it was when nothing came', () => {
    const { point, deviation, together } = conditioned(fit(0.4), []);
    expect([...point]).toEqual([...fit(0.4).point]);
    expect(deviation[3]).toBeCloseTo(10, 5);
    expect(together).toBeCloseTo(0.4, 12);
  });

  it('takes what came for what it is, and learns from it as far as errors go together', () => {
    const came = [115, 115, 115];
    const apart = conditioned(fit(0), came);
    expect([...apart.point.subarray(0, 4)]).toEqual([115, 115, 115, 100]);
    const joined = conditioned(fit(0.5), came);
    // The mean of the common part after three values: 0.5 x 3 x 1.5 / (0.5 + 3 x 0.5).
    expect(joined.point[5]).toBeCloseTo(100 + 10 * ((0.5 * 4.5) / 2), 6);
    expect(joined.deviation[0]).toBe(0);
    expect(joined.deviation[5]).toBeLessThan(10);
    expect(joined.deviation[5]).toBeGreaterThan(10 * Math.sqrt(0.5));
  });

  it('agrees with the general formula of conditional normal variables', () => {
    const { point, deviation } = conditioned(fit(0.3, 3), [112, 94]);
    // Two known, one unknown, all correlations 0.3: weights 0.3 / 1.3 each (solved by hand).
    expect(point[2]).toBeCloseTo(100 + (0.3 / 1.3) * (12 - 6), 5);
    expect(deviation[2]).toBeCloseTo(10 * Math.sqrt(1 - (2 * 0.3 * 0.3) / 1.3), 5);
  });

  it('does not take one wild value for a new level', () => {
    const wild = conditioned(fit(0.5), [100000]);
    expect(wild.point[5]).toBeLessThan(120);
    expect(wild.point[0]).toBe(100000);
  });

  it('lands on a sum, a mean or the last', () => {
    const apart = conditioned(fit(0), [110, 110]);
    expect(landing(apart, 0, 10, 'sum').expected).toBeCloseTo(1020, 9);
    expect(landing(apart, 0, 10, 'sum').deviation).toBeCloseTo(10 * Math.sqrt(8), 5);
    expect(landing(apart, 0, 10, 'mean').deviation).toBeCloseTo(Math.sqrt(8), 5);
    expect(landing(apart, 0, 10, 'last')).toEqual({ expected: 100, deviation: apart.deviation[9] });
    const one = conditioned(fit(0.95), []);
    expect(landing(one, 0, 10, 'sum').deviation).toBeGreaterThan(95);
    expect(landing(conditioned(fit(0.5), new Array<number>(10).fill(90)), 0, 10, 'sum')).toEqual({
      expected: 900,
      deviation: 0,
    });
  });

  it('says how likely it lands below a limit', () => {
    expect(probabilityBelow(100, { expected: 100, deviation: 5 })).toBeCloseTo(0.5, 9);
    expect(probabilityBelow(108.224, { expected: 100, deviation: 5 })).toBeCloseTo(0.95, 4);
    expect(probabilityBelow(100, { expected: 99, deviation: 0 })).toBe(1);
    expect(probabilityBelow(99, { expected: 99, deviation: 0 })).toBe(0);
  });

  it('has bands within bounds', () => {
    const { band50, band90 } = bandsOf(conditioned(fit(0.2), [130]), { max: 110 });
    expect(band90.upper[5]).toBe(110);
    expect(band50.lower[5]).toBeGreaterThan(band90.lower[5]!);
  });
});
