import { createDataFrame, createTheme, type Field, FieldType, type Threshold, ThresholdsMode } from '@grafana/data';
import { levelOf, thresholdSteps } from '@kpi-monitor/model/judgement/levels';
import type { Boundaries } from '@kpi-monitor/model/query/frames';
import fc from 'fast-check';

import { numberFrame } from '../fixtures/frames';

import { levelOfColor } from './color-level';
import { plainRows } from './plain-frame';
import { boundariesOf, levelAt, levelSteps } from './threshold-steps';

const theme = createTheme();
const absolute = (steps: Array<[number | null, string]>) => ({
  mode: ThresholdsMode.Absolute,
  steps: steps.map(([value, color]): Threshold => ({ value: value as number, color })),
});

const UP = absolute([
  [null, 'purple'],
  [70, 'red'],
  [80, 'orange'],
  [90, 'green'],
]);
const DOWN = absolute([
  [-Infinity, 'green'],
  [150, 'yellow'],
  [200, 'red'],
]);

function row(values: Array<number | null>, config: Field['config'], times?: number[]) {
  const frame = numberFrame(values, { config }, times);
  return plainRows(frame, [frame], theme)[0]!;
}

describe('a number with thresholds', () => {
  it.each([
    [69.999, 'emergency'],
    [70, 'critical'],
    [79.999, 'critical'],
    [80, 'warning'],
    [90, 'normal'],
    [-1000, 'emergency'],
  ])('%d, more is good: %s', (value, status) => {
    expect(row([value], { thresholds: UP }).status).toBe(status);
  });

  it.each([
    [149.999, 'normal'],
    [150, 'warning'],
    [200, 'critical'],
    [1e9, 'critical'],
  ])('%d, less is good: %s', (value, status) => {
    expect(row([value], { thresholds: DOWN }).status).toBe(status);
  });

  it('is judged the same in whatever order its steps are listed', () => {
    const shuffled = { ...UP, steps: [...UP.steps].reverse() };
    expect(row([75], { thresholds: shuffled })).toEqual(row([75], { thresholds: UP }));
  });

  it('reads bounds and direction off the steps, for the bullet', () => {
    expect(row([1], { thresholds: UP }).boundaries).toEqual({
      direction: 'up',
      warning: 90,
      critical: 80,
      emergency: 70,
    });
    expect(row([1], { thresholds: DOWN }).boundaries).toEqual({ direction: 'down', warning: 150, critical: 200 });
    const range = absolute([
      [null, 'red'],
      [10, 'orange'],
      [20, 'green'],
      [30, 'orange'],
      [40, 'red'],
    ]);
    expect(row([1], { thresholds: range }).boundaries).toEqual({
      direction: 'range',
      warning: [20, 30],
      critical: [10, 40],
    });
    const toAndFro = absolute([
      [null, 'green'],
      [10, 'red'],
      [20, 'green'],
      [30, 'red'],
    ]);
    expect(row([1], { thresholds: toAndFro }).boundaries).toBeNull();
  });

  it('is not judged by one step alone, by grey steps or without any', () => {
    expect(row([85], {}).status).toBe('not_judged');
    expect(row([85], { thresholds: absolute([[null, 'green']]) }).status).toBe('not_judged');
    const grey = absolute([
      [null, 'text'],
      [80, '#808080'],
    ]);
    expect(row([85], { thresholds: grey }).status).toBe('not_judged');
  });

  it('takes thresholds in per cent as shares of the range', () => {
    const thresholds = { ...UP, mode: ThresholdsMode.Percentage };
    expect(row([1700], { min: 1000, max: 2000, thresholds }).status).toBe('critical');
    expect(row([1950], { min: 1000, max: 2000, thresholds }).status).toBe('normal');
  });

  it('gives the level back that the model sent, for every threshold and value', () => {
    const bound = fc.integer({ min: -1000, max: 1000 });
    fc.assert(
      fc.property(
        fc.constantFrom('up', 'down'),
        fc.uniqueArray(bound, { minLength: 3, maxLength: 3 }),
        bound,
        (direction, bounds, value) => {
          const [a, b, c] = bounds.sort((x, y) => (direction === 'up' ? y - x : x - y)) as [number, number, number];
          const boundaries: Boundaries = { direction: direction as 'up', warning: a, critical: b, emergency: c };
          const frame = numberFrame([value], {
            config: { thresholds: { mode: ThresholdsMode.Absolute, steps: thresholdSteps(boundaries) } },
          });
          const steps = levelSteps(frame.fields[0]!, theme);
          expect(levelAt(value, steps)).toBe(levelOf(value, boundaries));
          expect(boundariesOf(steps)?.direction).toBe(direction);
        }
      )
    );
  });
});

describe('colours that users choose', () => {
  it.each([
    ['green', 0],
    ['dark-green', 0],
    ['blue', 0],
    ['yellow', 1],
    ['semi-dark-orange', 1],
    ['#FF9830', 1],
    ['red', 2],
    ['rgb(196, 22, 42)', 2],
    ['purple', 3],
    ['text', null],
    ['transparent', null],
    ['no such colour', null],
  ])('%s is read as level %p', (color, level) => {
    expect(levelOfColor(color, theme)).toBe(level);
  });
});

describe('the rows of plain frames', () => {
  it('take name, unit, description and identity from the field', () => {
    const frame = numberFrame([1_204_110], {
      labels: { kpi: 'revenue', category: 'financial', owner: 'cfo', region: 'West' },
      config: { displayName: 'Revenue', unit: 'currencyUSD', decimals: 1, description: 'net' },
    });
    expect(plainRows(frame, [frame], theme)).toMatchObject([
      {
        kpi: 'revenue',
        name: 'Revenue',
        categoryName: 'financial',
        owner: 'cfo',
        slice: 'West',
        valueText: '$1.2M',
        definition: 'net',
      },
    ]);
  });

  it('show the newest known value of a series, and its course up to there', () => {
    const day = 86_400_000;
    const got = row([1, 2, 3, null], {}, [0, day, 2 * day, 3 * day]);
    expect(got).toMatchObject({ value: 3, period: 2 * day, spark: { values: [1, 2, 3] }, status: 'not_judged' });
  });

  it('say that nothing is known where nothing is', () => {
    expect(row([null, null], {}, [0, 1])).toMatchObject({ value: null, valueText: '–', status: 'no_data' });
    expect(row([], {})).toMatchObject({ value: null, status: 'no_data' });
  });

  it('are one a record where words name them', () => {
    const frame = createDataFrame({
      fields: [
        { name: 'team', type: FieldType.string, values: ['North', 'South'] },
        { name: 'tickets', type: FieldType.number, values: [3, 250], config: { thresholds: DOWN } },
      ],
    });
    expect(plainRows(frame, [frame], theme).map(({ name, status }) => [name, status])).toEqual([
      ['North', 'normal'],
      ['South', 'critical'],
    ]);
  });
});
