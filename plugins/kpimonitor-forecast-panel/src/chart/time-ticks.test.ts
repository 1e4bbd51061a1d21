import fc from 'fast-check';
import { GRAINS, isCivil } from '@kpi-monitor/model/time/grain';

import { timeTicks } from './time-ticks';

const day = (text: string) => Date.parse(`${text}T00:00Z`);
const texts = (times: number[]) => times.map((time) => new Date(time).toISOString().slice(0, 10));
const year = { from: day('2025-11-16'), to: day('2026-11-16'), anchor: day('2025-12-01') };

describe('ticks of an axis of dates', () => {
  it('are the finest that there is room for, at starts of months', () => {
    expect(timeTicks({ ...year, grain: 'month', most: 12 }).times).toHaveLength(12);
    expect(texts(timeTicks({ ...year, grain: 'month', most: 5 }).times)).toEqual([
      '2026-01-01',
      '2026-04-01',
      '2026-07-01',
      '2026-10-01',
    ]);
    expect(timeTicks({ ...year, grain: 'month', most: 1 })).toEqual({ unit: 'year', times: [day('2026-01-01')] });
  });

  it('are never finer than the periods', () => {
    const { unit, times } = timeTicks({ ...year, grain: 'quarter', most: 50 });
    expect([unit, texts(times)]).toEqual(['month', ['2026-01-01', '2026-04-01', '2026-07-01', '2026-10-01']]);
    expect(timeTicks({ ...year, grain: 'year', most: 50 }).unit).toBe('year');
  });

  it('are starts of weeks for weeks', () => {
    const weeks = timeTicks({
      from: day('2026-11-01'),
      to: day('2026-11-20'),
      anchor: day('2026-11-02'),
      grain: 'week',
      most: 9,
    });
    expect(texts(weeks.times)).toEqual(['2026-11-02', '2026-11-09', '2026-11-16']);
  });

  it('are within the axis, in order, and as many as there is room for, decades apart at most', () => {
    const grain = fc.constantFrom(...GRAINS.filter(isCivil));
    fc.assert(
      fc.property(
        grain,
        fc.integer({ min: 0, max: 40_000 }),
        fc.integer({ min: 1, max: 3000 }),
        fc.integer({ min: 2, max: 30 }),
        (one, start, days, most) => {
          const from = start * 86_400_000;
          const to = from + days * 86_400_000;
          const { times } = timeTicks({ from, to, grain: one, anchor: from, most });
          expect(times.length).toBeLessThanOrEqual(most);
          expect(times.every((time, i) => time >= from && time <= to && (i === 0 || time > times[i - 1]!))).toBe(true);
        }
      )
    );
  });
});
