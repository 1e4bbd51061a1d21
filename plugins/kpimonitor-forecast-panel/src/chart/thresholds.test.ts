import type { Boundaries } from '@kpi-monitor/model/query/frames';

import { readForecasts } from '../data/read-forecasts';
import { forecastFrame, type Given, month, NOW } from '../fixtures/frames';

import { thresholdsOf } from './thresholds';

const of = (boundaries: Boundaries | null, given: Given = {}) =>
  thresholdsOf(readForecasts([forecastFrame({ ...given, facts: { boundaries, ...given.facts } })]).all[0]!);

describe('thresholds', () => {
  it('have their zones below them where up is good', () => {
    expect(of({ direction: 'up', warning: 90, critical: 80, emergency: 70 })!.zones).toEqual([
      { level: 'warning', low: 80, high: 90 },
      { level: 'critical', low: 70, high: 80 },
      { level: 'emergency', low: -Infinity, high: 70 },
    ]);
  });

  it('have their zones above them where down is good, and the worst known one has no end', () => {
    expect(of({ direction: 'down', warning: 150, critical: 200 })!.zones).toEqual([
      { level: 'warning', low: 150, high: 200 },
      { level: 'critical', low: 200, high: Infinity },
    ]);
  });

  it('close a range in from both sides', () => {
    const { lines, zones } = of({ direction: 'range', warning: [40, 60], critical: [30, 70] })!;
    expect(lines.map(({ value }) => value)).toEqual([40, 30, 60, 70]);
    expect(zones).toEqual([
      { level: 'warning', low: 30, high: 40 },
      { level: 'critical', low: -Infinity, high: 30 },
      { level: 'warning', low: 60, high: 70 },
      { level: 'critical', low: 70, high: Infinity },
    ]);
  });

  it('pass over a level that has none', () => {
    expect(of({ direction: 'up', warning: 90, emergency: 70 })!.zones[0]).toEqual({
      level: 'warning',
      low: 70,
      high: 90,
    });
  });

  it('hold from the open period to the end where its target does', () => {
    const { from, to } = of({ direction: 'up', warning: 90 })!;
    expect(from).toBe((month(-1) + NOW) / 2);
    expect(to).toBeGreaterThan(month(6));
  });

  it('hold for the open period alone where the next one has another target', () => {
    const { from, to } = of({ direction: 'up', warning: 90 }, { aim: [1, 1.1] })!;
    expect([from, to]).toEqual([(month(-1) + NOW) / 2, (NOW + month(1)) / 2]);
  });

  it('are none where none were sent, or the open period is not there', () => {
    expect(of(null)).toBeNull();
    expect(of({ direction: 'up', warning: 90 }, { facts: { now: month(99) } })).toBeNull();
  });
});
