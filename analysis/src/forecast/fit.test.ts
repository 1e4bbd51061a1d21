import fc from 'fast-check';

import { fitForecast } from './fit';
import type { ForecastFit, ForecastSeries } from './series';

function ready(series: ForecastSeries): ForecastFit {
  const fit = fitForecast(series);
  if (fit.state === 'refused') {
    throw new Error(`refused with ${fit.has} of ${fit.needs}`);
  }
  return fit;
}

/** Repeatable, roughly normal. */
function noise(count: number, seed = 1): number[] {
  let state = seed;
  const next = () => {
    state = (state * 16807) % 2147483647;
    return state / 2147483647;
  };
  return Array.from({ length: count }, () => next() + next() + next() + next() - 2);
}

const months = (count: number, seed = 1) => {
  const misses = noise(count, seed);
  return Array.from({ length: count }, (_, t) => 100 + 0.5 * t + 20 * Math.sin((2 * Math.PI * t) / 12) + misses[t]!);
};

describe('a forecast', () => {
  it('goes on with trend and season', () => {
    const all = months(84);
    const { point, band90, season, models, error } = ready({ values: all.slice(0, 72), seasons: [12], horizon: 12 });
    for (let h = 0; h < 12; h++) {
      expect(Math.abs(point[h]! - all[72 + h]!)).toBeLessThan(4);
      expect(band90.lower[h]).toBeLessThan(point[h]!);
    }
    expect(season).toBe(12);
    expect(models.reduce((sum, { weight }) => sum + weight, 0)).toBeCloseTo(1, 10);
    expect(error.relativeToNaive).toBeLessThan(0.5);
    expect(error.origins).toBeGreaterThanOrEqual(4);
  });

  it('is the same each time', () => {
    const series = { values: months(60), seasons: [12], horizon: 6 };
    expect(fitForecast(series)).toEqual(fitForecast(series));
  });

  it('says how much history it needs', () => {
    expect(fitForecast({ values: [1, 2, NaN, 4, 5], seasons: [], horizon: 3 })).toEqual({
      state: 'refused',
      has: 4,
      needs: 12,
    });
    expect(fitForecast({ values: months(20), seasons: [12], horizon: 24 })).toEqual({
      state: 'refused',
      has: 20,
      needs: 24,
    });
    expect(fitForecast({ values: months(14), seasons: [12], horizon: 2 }).state).toBe('ready');
    expect(() => fitForecast({ values: months(14), seasons: [12], horizon: 0 })).toThrow(RangeError);
  });

  it('stays where a constant is', () => {
    const { point, band90, error } = ready({ values: new Array<number>(40).fill(7), seasons: [7], horizon: 7 });
    for (let h = 0; h < 7; h++) {
      expect(point[h]).toBeCloseTo(7, 9);
      expect(band90.upper[h]! - band90.lower[h]!).toBeLessThan(1e-6);
    }
    expect(error.relativeToNaive).toBeNull();
    expect([...ready({ values: new Array<number>(40).fill(0), seasons: [7], horizon: 3 }).point]).toEqual([0, 0, 0]);
  });

  it('expects of what comes now and then its mean, not nothing', () => {
    const misses = noise(200, 5);
    const values: number[] = misses.map((miss) => (miss > 0.5 ? 4 : 0));
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    const { point, band90 } = ready({ values, seasons: [7], horizon: 14, bounds: { min: 0 } });
    const expected = point.reduce((sum, value) => sum + value, 0) / 14;
    expect(expected).toBeGreaterThan(0.5 * mean);
    expect(expected).toBeLessThan(2 * mean);
    expect(Math.min(...band90.lower)).toBeGreaterThanOrEqual(0);
  });

  it('takes a slip of the pen for nothing, wherever it is', () => {
    const misses = noise(200, 11);
    const values = misses.map((miss, t) => (t % 7 < 5 ? 120 : 100) + 5 * miss);
    const series = { seasons: [7], horizon: 14 };
    const whole = ready({ values, ...series });
    for (const at of [60, 190, 199]) {
      const { point, band90 } = ready({
        values: values.map((value, t) => (t === at ? 1000 * value : value)),
        ...series,
      });
      for (let h = 0; h < 14; h++) {
        expect(Math.abs(point[h]! - whole.point[h]!)).toBeLessThan(5);
        expect(band90.upper[h]! - band90.lower[h]!).toBeLessThan(40);
      }
    }
  });

  it('takes a new level that lasts, and growth in proportion, for what they are', () => {
    const misses = noise(60, 13);
    const raised = ready({ values: misses.map((miss, t) => (t < 50 ? 5 : 5000) + miss), seasons: [7], horizon: 7 });
    expect(raised.point[6]).toBeGreaterThan(4900);
    const grown = ready({
      values: misses.map((miss, t) => 10 * 1.2 ** t * (1 + 0.02 * miss)),
      seasons: [],
      horizon: 3,
    });
    expect(grown.point[0]! / (10 * 1.2 ** 60)).toBeGreaterThan(0.8);
    expect(grown.point[0]! / (10 * 1.2 ** 60)).toBeLessThan(1.25);
  });

  it('forecasts what is below zero, and about it', () => {
    const below = months(84).map((value) => value - 1000);
    const about = months(84).map((value, t) => value - 100 - 0.5 * t);
    for (const all of [below, about]) {
      const { point } = ready({ values: all.slice(0, 72), seasons: [12], horizon: 12 });
      for (let h = 0; h < 12; h++) {
        expect(Math.abs(point[h]! - all[72 + h]!)).toBeLessThan(4);
      }
    }
  });

  it('learns of a long past from its end, and tells where that lies', () => {
    const misses = noise(10000, 17);
    const values = misses.map((miss, t) => (t < 6000 ? 1000 : 100) + 30 * Math.sin((2 * Math.PI * t) / 24) + 5 * miss);
    const { point, backTest } = ready({ values, seasons: [24], horizon: 24 });
    point.forEach((value, h) => {
      expect(Math.abs(value - 100 - 30 * Math.sin((2 * Math.PI * (10000 + h)) / 24))).toBeLessThan(10);
    });
    const { origin, step, actual } = backTest[0]!;
    expect(actual).toBeCloseTo(values[origin + step - 1]!, 9);
  });

  it('keeps to its bounds', () => {
    const values = Array.from({ length: 60 }, (_, t) => Math.min(100, 60 + t));
    const { point, band50, band90, backTest } = ready({
      values,
      seasons: [],
      horizon: 20,
      bounds: { min: 0, max: 100 },
    });
    for (const series of [point, band50.upper, band90.upper]) {
      expect(Math.max(...series)).toBeLessThanOrEqual(100);
    }
    expect(Math.max(...backTest.map(({ forecast }) => forecast))).toBeLessThanOrEqual(100);
  });

  it('bridges gaps, and forecasts what is missing at the end', () => {
    const values = months(72);
    const whole = ready({ values, seasons: [12], horizon: 6 });
    const holes = values.map((value, t) => (t % 11 === 5 ? NaN : value));
    const holed = ready({ values: holes, seasons: [12], horizon: 6 });
    const late = ready({ values: [...values.slice(0, 69), NaN, NaN, NaN], seasons: [12], horizon: 6 });
    const early = ready({ values: [NaN, NaN, ...values], seasons: [12], horizon: 6 });
    for (let h = 0; h < 6; h++) {
      expect(Math.abs(holed.point[h]! - whole.point[h]!)).toBeLessThan(4);
      expect(Math.abs(late.point[h]! - whole.point[h]!)).toBeLessThan(5);
    }
    expect([...early.point]).toEqual([...whole.point]);
    expect(early.backTest[0]!.origin).toBe(whole.backTest[0]!.origin + 2);
  });

  it('learns weekdays and holidays of days', () => {
    const misses = noise(400, 3);
    const days = Array.from({ length: 400 }, (_, t) => t);
    const isHoliday = (t: number) => t % 90 === 40;
    const value = (t: number) => (isHoliday(t) ? 20 : (t % 7 < 5 ? 100 : 40) + 3 * misses[t]!);
    const calendar = {
      weekday: days.map((t) => t % 7),
      yearPhase: days.map((t) => (t % 365) / 365),
      holidays: days.map((t) => (isHoliday(t) ? 'a holiday' : null)),
    };
    const at = 396;
    const { point } = ready({
      values: days.slice(0, at).map(value),
      seasons: [7],
      horizon: 4,
      calendar: { ...calendar, holidays: [...calendar.holidays.slice(0, at), null, 'a holiday', null, null] },
    });
    expect(point[1]).toBeLessThan(60);
    expect(Math.abs(point[0]! - (at % 7 < 5 ? 100 : 40))).toBeLessThan(10);
  });

  it('covers what it says, on walks and on waves that it has not seen', () => {
    let inside = 0;
    let count = 0;
    for (let seed = 1; seed <= 60; seed++) {
      const steps = noise(92, seed * 7 + 1);
      let level = 100;
      const all = steps.map((step, t) => (level += step) + 5 * Math.sin((2 * Math.PI * t) / 12));
      const { band90 } = ready({ values: all.slice(0, 80), seasons: [12], horizon: 12 });
      for (let h = 0; h < 12; h++) {
        inside += all[80 + h]! >= band90.lower[h]! && all[80 + h]! <= band90.upper[h]! ? 1 : 0;
        count += 1;
      }
    }
    expect(inside / count).toBeGreaterThan(0.82);
    expect(inside / count).toBeLessThan(0.97);
  });

  it('moves and grows with its values', () => {
    const values = months(60, 9);
    const base = ready({ values, seasons: [12], horizon: 6 });
    const grown = ready({ values: values.map((value) => 1000 * value), seasons: [12], horizon: 6 });
    for (let h = 0; h < 6; h++) {
      expect(grown.point[h]! / 1000 / base.point[h]!).toBeCloseTo(1, 2);
      expect((grown.band90.upper[h]! - grown.band90.lower[h]!) / 1000).toBeCloseTo(
        base.band90.upper[h]! - base.band90.lower[h]!,
        0
      );
    }
  });

  it('has an answer, in order, to any numbers', () => {
    fc.assert(
      fc.property(
        fc.array(
          fc.oneof(fc.double({ min: -1e12, max: 1e12, noNaN: true }), fc.constant(NaN), fc.integer({ min: 0, max: 3 })),
          {
            maxLength: 60,
          }
        ),
        fc.constantFrom([], [4], [7, 28]),
        fc.integer({ min: 1, max: 15 }),
        (values, seasons, horizon) => {
          const fit = fitForecast({ values, seasons, horizon });
          if (fit.state === 'refused') {
            expect(fit.has).toBeLessThan(fit.needs);
            return;
          }
          expect(fit.point).toHaveLength(horizon);
          for (let h = 0; h < horizon; h++) {
            const row = [fit.band90.lower, fit.band50.lower, fit.point, fit.band50.upper, fit.band90.upper].map(
              (of) => of[h]!
            );
            expect(row.every(Number.isFinite)).toBe(true);
            expect(row).toEqual(row.slice().sort((a, b) => a - b));
          }
        }
      ),
      { numRuns: 60 }
    );
  });
});
