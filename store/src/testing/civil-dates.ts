/** A civil date stays the stamp it was written with, whatever the zone does with its clocks. */
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';
import type { Grain } from '@kpi-monitor/model/time/grain';
import { periodAt, periodsBetween } from '@kpi-monitor/model/time/period';

import { DAY, EVER, type Opened, point, REVENUE } from './fixture';

export function civilDateContract(opened: Opened): void {
  it.each<[Grain, string, number]>([
    ['day', 'Europe/Berlin', 1],
    ['day', 'Pacific/Apia', 1], // skipped 30 December 2011
    ['week', 'America/New_York', 1],
    ['month', 'America/Santiago', 1],
    ['fiscal_quarter', 'Australia/Lord_Howe', 7],
    ['fiscal_year', 'Europe/London', 4],
  ])('%s of %s', async (grain, zone, fiscalYearStart) => {
    const store = await opened();
    const calendar = createCalendar({ zone, fiscalYearStart });
    const periods = periodsBetween(civil(2010, 1, 1), civil(2013, 1, 1), grain, calendar);
    await store.write(periods.map(({ start }, value) => point({ time: start, value })));
    const [series] = await store.read({ series: [REVENUE], ...EVER });
    expect(series?.times).toEqual(periods.map(({ start }) => start));
    expect(series?.times.every((time) => time % DAY === 0)).toBe(true);
  });

  it('a fiscal year from April holds the days from 1 April to 31 March, and no other', async () => {
    const store = await opened();
    const calendar = createCalendar({ zone: 'Europe/London', fiscalYearStart: 4 });
    const days = periodsBetween(civil(2023, 1, 1), civil(2026, 1, 1), 'day', calendar).map(({ start }) => start);
    await store.write(days.map((time) => point({ time })));
    const { start, end } = periodAt(civil(2024, 6, 15), 'fiscal_year', calendar);
    const [series] = await store.read({ series: [REVENUE], from: start, to: end });
    expect(series?.times).toHaveLength(365);
    expect([series?.times[0], series?.times.at(-1)]).toEqual([civil(2024, 4, 1), civil(2025, 3, 31)]);
    const [months] = await store.read({ series: [REVENUE], from: start, to: end, step: { ms: DAY, fn: 'count' } });
    expect(months?.times).toEqual(series?.times);
  });

  it('the hour that a clock repeats is two instants, and the one it skips is none', async () => {
    const store = await opened();
    const calendar = createCalendar({ zone: 'Europe/Berlin' });
    const hoursOf = (day: number) =>
      periodsBetween(calendar.toInstant(day), calendar.toInstant(day + DAY), 'hour', calendar).map((p) => p.start);
    const [long, short] = [hoursOf(civil(2026, 10, 25)), hoursOf(civil(2026, 3, 29))];
    await store.write([...long, ...short].map((time) => point({ time })));
    const [series] = await store.read({ series: [REVENUE], ...EVER });
    expect([short.length, long.length, series?.times.length]).toEqual([23, 25, 48]);
  });

  it('holds the years of archives', async () => {
    const store = await opened();
    const years = [civil(1700, 1, 1), civil(1939, 1, 1), civil(1969, 12, 31), 0, civil(2261, 12, 31)];
    expect((await store.write(years.map((time, value) => point({ time, value })))).rejected).toEqual([]);
    expect((await store.read({ series: [REVENUE], ...EVER }))[0]?.times).toEqual(years);
    expect(await store.read({ series: [REVENUE], from: civil(1938, 1, 1), to: 0 })).toMatchObject([{ values: [1, 2] }]);
    expect((await store.latest([REVENUE], 0)).get('revenue')).toBe(civil(1969, 12, 31));
  });
}
