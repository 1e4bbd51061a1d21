import { readForecasts } from '../data/read-forecasts';
import { columnsOf, forecastFrame, type Given, month, NOW, waitingFrame } from '../fixtures/frames';
import { DEFAULTS, type ForecastOptions } from '../options';

import { sceneOf } from './scene';

const sceneFrom = (frame = forecastFrame(), options: Partial<ForecastOptions> = {}, first = 0) =>
  sceneOf(readForecasts([frame]).all[0]!, first, { ...DEFAULTS, ...options });
const of = (given?: Given, options?: Partial<ForecastOptions>) => sceneFrom(forecastFrame(given), options)!;

describe('the scene of a chart', () => {
  it('has now between what is over and what is not', () => {
    expect(of().now).toBe((month(-1) + NOW) / 2);
  });

  it('has no now where no history is shown', () => {
    expect(sceneFrom(forecastFrame(), {}, 36)!.now).toBeNull();
  });

  it('marks what stood out, where it is drawn', () => {
    const { value } = columnsOf();
    expect(of().marks).toEqual([
      { kind: 'anomaly', time: month(-9), value: value[27] },
      { kind: 'changepoint', time: month(-16), value: value[20] },
    ]);
    expect(sceneFrom(forecastFrame(), {}, 25)!.marks).toHaveLength(1);
    expect(of({}, { showMarks: false }).marks).toEqual([]);
  });

  it('draws the target in steps that last as long as their periods', () => {
    const [run] = of({ aim: [1, 1.2] }).target;
    expect(run!.slice(0, 4).map(({ value }) => value)).toEqual([1_000_000, 1_000_000, 1_200_000, 1_200_000]);
    expect(run![1]!.time).toBe((month(-36) + month(-35)) / 2);
    expect(run![2]!.time).toBe(run![1]!.time);
  });

  it('interrupts the target where there is none', () => {
    const target = columnsOf().target.map((one, i) => (i === 10 ? null : one));
    expect(of({ columns: { target } }).target.map((run) => run.length / 2)).toEqual([10, 32]);
    expect(of({ aim: null }).target).toEqual([]);
    expect(of({}, { showTarget: false }).target).toEqual([]);
  });

  it('is not flattened by a month that has just begun', () => {
    const { range, soFar } = of({ facts: { boundaries: null } });
    expect(range[0]).toBeGreaterThan(410_000);
    expect(soFar).toEqual([]);
    expect(of({ columns: { value: columnsOf().value.map((one, i) => (i === 36 ? 950_000 : one)) } }).soFar).toEqual([
      { time: NOW, value: 950_000 },
    ]);
  });

  it('makes no room for bands that are not shown', () => {
    const height = (options: Partial<ForecastOptions>) => {
      const [low, high] = of({ aim: null, facts: { boundaries: null } }, options).range;
      return high - low;
    };
    expect(height({ bands: 'none' })).toBeLessThan(height({ bands: '90' }));
    expect(height({ bands: '90' })).toBe(height({ bands: 'both' }));
  });

  it('labels what is in sight', () => {
    expect(of().labels.map((label) => label.of)).toEqual(['warning', 'critical', 'emergency', 'target']);
    const far = { direction: 'up' as const, warning: 900_000, critical: 1 };
    expect(of({ facts: { boundaries: far } }).labels.map((label) => label.of)).toEqual(['warning', 'target']);
    expect(of({}, { showThresholds: false, showTarget: false }).labels).toEqual([]);
  });

  it('has a place for a single point, and none for nothing', () => {
    const single = sceneFrom(forecastFrame({ history: 1, ahead: 0, facts: { boundaries: null } }))!;
    expect(single.alone).toHaveLength(1);
    expect(single.span[0]).toBeLessThan(month(-1));
    expect(single.span[1]).toBeGreaterThan(month(-1));
    expect(sceneFrom(waitingFrame('refused', 'too little', { history: 0, ahead: 0 }))).toBeNull();
  });

  it('has no landing while there is no forecast', () => {
    expect(of().landing).toEqual({ time: NOW, value: columnsOf().forecast[36] });
    expect(sceneFrom(waitingFrame('pending', ''))!.landing).toBeNull();
  });
});
