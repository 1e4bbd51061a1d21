import type { StatusRow } from '@kpi-monitor/model/query/frames';
import fc from 'fast-check';

import { COMPANY, statusRow } from '../fixtures/rows';

import { bulletOf } from './bullet-scale';

const up = { direction: 'up', warning: 90, critical: 80, emergency: 70 } as const;

function settled(value: number, target: number | null, boundaries: StatusRow['boundaries'] = null) {
  return bulletOf(statusRow({ value, target, boundaries }))!;
}

describe('a bullet', () => {
  it('shows the open period when that has a course, else the judged value, else nothing', () => {
    const revenue = COMPANY.find((row) => row.kpi === 'revenue')!;
    const margin = COMPANY.find((row) => row.kpi === 'profit_margin')!;
    expect(bulletOf(revenue)?.of).toBe('open');
    expect(bulletOf(margin)?.of).toBe('settled');
    expect(bulletOf(statusRow({ value: 5 }))).toBeNull();
    expect(bulletOf(statusRow({ value: null, target: 5 }))).toBeNull();
  });

  it('is a bar from zero when zero is near, with zones from bad to good', () => {
    const bullet = settled(40, 100, up);
    expect(bullet.shape).toBe('bar');
    expect(bullet.zero).toBe(0);
    expect(bullet.zones.map((zone) => zone.level)).toEqual([3, 2, 1, 0]);
    expect(bullet.value / bullet.target!).toBeCloseTo(0.4);
  });

  it('is a dot on a closer scale where a bar from zero would show nothing', () => {
    const bullet = settled(98.3, 98, { direction: 'up', warning: 97, critical: 95, emergency: 92 });
    expect(bullet.shape).toBe('dot');
    expect(bullet.value).toBeGreaterThan(bullet.target!);
    expect(bullet.zones[0]).toMatchObject({ from: 0, level: 3 });
  });

  it('is a bar for an amount that adds up, however near the target it is', () => {
    const soFar = {
      soFar: 950,
      openTarget: 1000,
      paceNow: 940,
      openBoundaries: { ...up, warning: 900, critical: 800, emergency: 700 },
    };
    expect(bulletOf(statusRow(soFar))).toMatchObject({ shape: 'bar', zero: 0 });
    const closed = { value: 950, target: 1000, boundaries: soFar.openBoundaries };
    expect(bulletOf(statusRow({ ...closed, attainment: 95 }))?.shape).toBe('bar');
    expect(bulletOf(statusRow(closed))?.shape).toBe('dot');
  });

  it('turns zones round where less is good, and nests them in a range', () => {
    const down = settled(171, 100, { direction: 'down', warning: 150, critical: 200, emergency: 300 });
    expect(down.zones.map((zone) => zone.level)).toEqual([0, 1, 2, 3]);
    const range = settled(22, null, { direction: 'range', warning: [20, 30], critical: [10, 40] });
    expect(range.zones.map((zone) => zone.level)).toEqual([2, 1, 0, 1, 2]);
  });

  it('lets a bar of a negative value run to the left of zero', () => {
    const bullet = settled(-42, 500, { direction: 'up', warning: 300, critical: 100, emergency: 0 });
    expect(bullet.shape).toBe('bar');
    expect(bullet.value).toBeLessThan(bullet.zero);
    expect(bullet.clipped).toBeNull();
  });

  it('clips what lies far beyond, and says on which side', () => {
    expect(settled(1e9, 100, up)).toMatchObject({ value: 1, clipped: 'high' });
    expect(settled(-1e9, 100, up)).toMatchObject({ value: 0, clipped: 'low' });
    expect(settled(110, 100, up).clipped).toBeNull();
  });

  it('stands for a target of zero and a value of zero', () => {
    expect(settled(0, 0)).toMatchObject({ clipped: null });
    expect(Number.isFinite(settled(0, 0).value)).toBe(true);
  });

  it('keeps everything on the scale, in the order of the numbers, whatever they are', () => {
    const number = fc.double({ min: -1e12, max: 1e12, noNaN: true });
    fc.assert(
      fc.property(number, number, fc.option(number), fc.option(number), (soFar, openTarget, landing, paceNow) => {
        const bullet = bulletOf(statusRow({ soFar, openTarget, landing, paceNow }))!;
        const places = [bullet.zero, bullet.value, bullet.landing, bullet.target, bullet.pace].filter(
          (x) => x !== null
        );
        for (const place of places) {
          expect(place).toBeGreaterThanOrEqual(0);
          expect(place).toBeLessThanOrEqual(1);
        }
        const [less, more] = soFar <= openTarget ? [bullet.value, bullet.target!] : [bullet.target!, bullet.value];
        expect(less).toBeLessThanOrEqual(more);
      })
    );
  });

  it('covers its whole length with zones that touch', () => {
    const zones = settled(95, 100, up).zones;
    expect(zones[0]!.from).toBe(0);
    expect(zones.at(-1)!.to).toBe(1);
    zones.slice(1).forEach((zone, i) => expect(zone.from).toBe(zones[i]!.to));
  });
});
