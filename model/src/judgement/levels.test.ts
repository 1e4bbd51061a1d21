import fc from 'fast-check';

import type { Boundaries } from '../query/frames';

import { levelOf, nextUp, thresholdSteps } from './levels';

const finite = fc.double({ noNaN: true, noDefaultInfinity: true, min: -1e12, max: 1e12 });

/** Ordered boundaries of any direction, some levels absent. */
const boundaries: fc.Arbitrary<Boundaries> = fc
  .record({
    direction: fc.constantFrom('up' as const, 'down' as const, 'range' as const),
    numbers: fc.uniqueArray(finite, { minLength: 6, maxLength: 6 }),
    has: fc.tuple(fc.boolean(), fc.boolean(), fc.boolean()),
  })
  .map(({ direction, numbers, has }) => {
    const sorted = [...numbers].sort((a, b) => a - b);
    const result: Boundaries = { direction };
    (['warning', 'critical', 'emergency'] as const).forEach((level, i) => {
      if (!has[i]) {
        return;
      }
      if (direction === 'range') {
        result[level] = [sorted[2 - i]!, sorted[3 + i]!];
      } else {
        result[level] = direction === 'up' ? sorted[2 - i]! : sorted[i]!;
      }
    });
    return result;
  });

/** What Grafana does with steps: the last one whose value is at or below the number. */
function grafanaColor(steps: Array<{ value: number; color: string }>, value: number): string {
  return steps.findLast((step) => value >= step.value)!.color;
}

describe('levels', () => {
  it('puts a value on a threshold into the worse level, in every direction', () => {
    const up: Boundaries = { direction: 'up', warning: 90, critical: 80, emergency: 70 };
    expect([90.0001, 90, 80, 70].map((value) => levelOf(value, up))).toEqual([0, 1, 2, 3]);
    const down: Boundaries = { direction: 'down', warning: 150, critical: 200, emergency: 300 };
    expect([149.99, 150, 200, 300].map((value) => levelOf(value, down))).toEqual([0, 1, 2, 3]);
    const range: Boundaries = { direction: 'range', warning: [10, 20], critical: [5, 25] };
    expect([10, 10.1, 19.9, 20, 5, 25, 24.9].map((value) => levelOf(value, range))).toEqual([1, 0, 0, 1, 2, 2, 1]);
  });

  it('never gets better as a value gets worse', () => {
    fc.assert(
      fc.property(boundaries, finite, finite, (b, x, y) => {
        fc.pre(b.direction !== 'range');
        const [worse, better] = (b.direction === 'up') === x < y ? [x, y] : [y, x];
        expect(levelOf(worse, b)).toBeGreaterThanOrEqual(levelOf(better, b));
      })
    );
  });

  it('mirrors when direction and signs are turned round', () => {
    fc.assert(
      fc.property(boundaries, finite, (b, value) => {
        fc.pre(b.direction === 'up');
        const mirrored: Boundaries = {
          direction: 'down',
          warning: b.warning === undefined ? undefined : -(b.warning as number),
          critical: b.critical === undefined ? undefined : -(b.critical as number),
          emergency: b.emergency === undefined ? undefined : -(b.emergency as number),
        };
        expect(levelOf(-value, mirrored)).toBe(levelOf(value, b));
      })
    );
  });
});

describe('threshold steps', () => {
  const colors = ['green', 'orange', 'red', 'purple'];

  it('colour a value as its level does, on and beside every boundary', () => {
    fc.assert(
      fc.property(boundaries, finite, (b, value) => {
        const steps = thresholdSteps(b);
        const edges = [b.warning, b.critical, b.emergency].flat().filter((edge): edge is number => edge !== undefined);
        for (const x of [value, ...edges, ...edges.map(nextUp)]) {
          expect(grafanaColor(steps, x)).toBe(colors[levelOf(x, b)]);
        }
      })
    );
  });

  it('rise strictly and begin at the lowest double', () => {
    fc.assert(
      fc.property(boundaries, (b) => {
        const steps = thresholdSteps(b);
        expect(steps[0]!.value).toBe(-Number.MAX_VALUE);
        steps.slice(1).forEach((step, i) => expect(step.value).toBeGreaterThan(steps[i]!.value));
      })
    );
  });

  it('uses the very next double', () => {
    expect(nextUp(1)).toBe(1 + Number.EPSILON);
    expect(nextUp(0)).toBe(Number.MIN_VALUE);
    expect(nextUp(-1)).toBe(-1 + Number.EPSILON / 2);
  });
});
