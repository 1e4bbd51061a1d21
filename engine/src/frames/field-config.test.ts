import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { thresholdSteps } from '@kpi-monitor/model/judgement/levels';
import type { Boundaries, ValueMapping } from '@kpi-monitor/model/query/frames';

import { expectGolden } from '../../test/golden';

import { comparisonConfig, levelConfig, valueConfig } from './field-config';

const kpi = { id: 'stock_days', name: 'Days of stock', unit: 'd', decimals: 1 } as Kpi;

const JUDGED: Record<string, Boundaries> = {
  up: { direction: 'up', warning: 20, critical: 15, emergency: 10 },
  down: { direction: 'down', warning: 150, critical: 200 },
  range: { direction: 'range', warning: [20, 40], critical: [10, 60] },
  'up below zero': { direction: 'up', warning: 0, critical: -100 },
};

/** The colour that Grafana picks: the last step whose value is not above. */
const colorOf = (value: number, steps: Array<{ value: number; color: string }>) =>
  steps.findLast((step) => value >= step.value)!.color;

describe('field config', () => {
  it.each(Object.entries(JUDGED))('of a value that is judged, good is %s', (name, boundaries) => {
    const config = valueConfig(kpi, {
      displayName: kpi.name,
      steps: thresholdSteps(boundaries),
      isFinal: true,
      isSteady: true,
    });
    expectGolden(`field-config-${name.replaceAll(' ', '-')}`, config);
  });

  it('colours a value on a boundary as the worse level, wherever good is', () => {
    const color = (name: string, value: number) => colorOf(value, thresholdSteps(JUDGED[name]!));
    expect([20.0001, 20, 15, 10].map((value) => color('up', value))).toEqual(['green', 'orange', 'red', 'purple']);
    expect([149.999, 150, 200].map((value) => color('down', value))).toEqual(['green', 'orange', 'red']);
    expect([9, 10, 20, 30, 40, 60].map((value) => color('range', value))).toEqual([
      'red',
      'red',
      'orange',
      'green',
      'orange',
      'red',
    ]);
    expect([1, 0, -100].map((value) => color('up below zero', value))).toEqual(['green', 'orange', 'red']);
  });

  it('neither judges nor colours a value that has no thresholds of its own', () => {
    const config = valueConfig(kpi, { displayName: kpi.name, steps: null, isFinal: true, isSteady: true });
    expect(config.color).toBeUndefined();
    expect(colorOf(-1e300, config.thresholds!.steps)).toBe('text');
    expect(colorOf(1e300, config.thresholds!.steps)).toBe('text');
  });

  it('draws what is compared with apart from the value, and a target in steps', () => {
    expect(comparisonConfig(kpi, 'Days of stock, previous month', false).custom).toMatchObject({
      lineStyle: { fill: 'dash' },
    });
    expect(comparisonConfig(kpi, 'Days of stock target', true).custom).toMatchObject({
      lineInterpolation: 'stepAfter',
    });
  });

  it('says a level in a word and a colour', () => {
    const config = levelConfig(kpi, kpi.name);
    const { options } = config.mappings![0]! as ValueMapping;
    for (const [level, { color }] of Object.entries(options)) {
      expect(colorOf(Number(level), config.thresholds!.steps)).toBe(color);
    }
    expect(Object.values(options).map(({ text }) => text)).toEqual(['Normal', 'Warning', 'Critical', 'Emergency']);
  });
});
