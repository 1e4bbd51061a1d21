import { type Field, FieldType } from '@grafana/data';
import { linearScale, niceTicks, rangeOf } from '@kpi-monitor/plugin-shared/chart/scale';
import fc from 'fast-check';

import type { Course } from '../data/read-correlation';

import { alignedPoints, fitOf } from './aligned';
import { climb, linePath, spanOf } from './lines-geometry';

const field: Field = { name: 'x', type: FieldType.number, config: {}, values: [] };
const course = (...values: Array<number | null>): Course => ({ field, times: values.map((_, i) => i * 1000), values });

describe('values that belong together', () => {
  it('are those of the first and of the second, so many periods later', () => {
    expect(alignedPoints(course(1, 2, 3, 4), course(10, 20, 30, 40), 2)).toEqual([
      { x: 1, y: 30, time: 0 },
      { x: 2, y: 40, time: 1000 },
    ]);
  });

  it('are left out where either is missing', () => {
    expect(alignedPoints(course(1, null, 3), course(10, 20, NaN), 0)).toEqual([{ x: 1, y: 10, time: 0 }]);
    expect(alignedPoints(course(1, 2), course(1, 2), 5)).toEqual([]);
  });
});

describe('the line of least squares', () => {
  it('is the line that the points are on', () => {
    const number = fc.double({ min: -1e3, max: 1e3, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.uniqueArray(fc.integer({ min: -99, max: 99 }), { minLength: 2 }), (m, c, xs) => {
        const fit = fitOf(xs.map((x) => ({ x, y: m * x + c, time: x })))!;
        expect(fit.slope).toBeCloseTo(m, 6);
        expect(fit.intercept).toBeCloseTo(c, 6);
      })
    );
  });

  it('leaves out nothing of the scatter: its errors sum to zero', () => {
    const points = [1, 2, 4, 7].map((x, i) => ({ x, y: [3, 1, 4, 1][i]!, time: x }));
    const { slope, intercept } = fitOf(points)!;
    expect(points.reduce((sum, { x, y }) => sum + y - slope * x - intercept, 0)).toBeCloseTo(0, 12);
  });

  it('is none where x does not vary', () => {
    expect(fitOf([])).toBeNull();
    expect(fitOf([{ x: 1, y: 1, time: 0 }])).toBeNull();
    expect(fitOf([1, 2].map((y) => ({ x: 5, y, time: y })))).toBeNull();
  });
});

describe('an axis', () => {
  it('has round ticks within its range, no more than were asked for', () => {
    expect(niceTicks(-1.2, 1.3, 5)).toEqual([-1, -0.5, 0, 0.5, 1]);
    expect(niceTicks(0.11, 0.34, 3)).toEqual([0.2, 0.3]);
    const number = fc.double({ min: -1e6, max: 1e6, noNaN: true });
    fc.assert(
      fc.property(
        number,
        fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
        fc.integer({ min: 1, max: 8 }),
        (min, span, most) => {
          const ticks = niceTicks(min, min + span, most);
          expect(ticks.length).toBeGreaterThanOrEqual(1);
          expect(ticks.length).toBeLessThanOrEqual(most);
          // A millionth of the axis is seen by nobody; a number holds 12 digits.
          const unseen = 1e-6 * span + 1e-11 * Math.max(Math.abs(min), Math.abs(min + span));
          for (const tick of ticks) {
            expect(tick).toBeGreaterThanOrEqual(min - unseen);
            expect(tick).toBeLessThanOrEqual(min + span + unseen);
          }
        }
      )
    );
  });

  it('has a range around one value too, and none around no values', () => {
    expect(rangeOf([5, null, 5])).toEqual([4.5, 5.5]);
    expect(rangeOf([0])).toEqual([-1, 1]);
    expect(rangeOf([null, NaN])).toBeNull();
  });
});

describe('lines with the lag applied', () => {
  it('span both, the first drawn later', () => {
    expect(spanOf(course(1, 2, 3), course(null, 2, 3), 2)).toEqual([1, 4]);
    expect(spanOf(course(null), course(1), 0)).toBeNull();
  });

  it('know how far they go up and down', () => {
    expect(climb([0, 5, 1, null, 9], linearScale(0, 10, 100, -100))).toBe(90);
  });

  it('keep gaps as gaps, and a lone value as a dot', () => {
    const y = linearScale(0, 10, 10, -10);
    expect(linePath([1, 2, null, 4, null, 5, 6], (index) => index, y)).toBe(
      'M0.0 9.0L1.0 8.0M3.0 6.0h.01M5.0 5.0L6.0 4.0'
    );
  });
});
