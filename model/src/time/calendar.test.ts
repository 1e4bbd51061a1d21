import fc from 'fast-check';

import { createCalendar } from './calendar';
import { addDays, civil, DAY_MS, isoDate } from './civil';

describe('the business calendar', () => {
  it('begins a day at its first instant in the zone, also where midnight is skipped', () => {
    const saoPaulo = createCalendar({ zone: 'America/Sao_Paulo' });
    // Daylight saving began at midnight: 4 November 2018 started at 01:00.
    expect(new Date(saoPaulo.toInstant(civil(2018, 11, 4))).toISOString()).toBe('2018-11-04T03:00:00.000Z');
    const berlin = createCalendar({ zone: 'Europe/Berlin' });
    expect(berlin.toInstant(civil(2025, 3, 31)) - berlin.toInstant(civil(2025, 3, 30))).toBe(23 * 3_600_000);
  });

  it('maps a date to an instant and back, in every zone', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20_000 }),
        fc.constantFrom(
          'UTC',
          'Europe/Berlin',
          'America/New_York',
          'Asia/Kathmandu',
          'Pacific/Kiritimati',
          'America/Sao_Paulo'
        ),
        (days, zone) => {
          const calendar = createCalendar({ zone });
          const date = days * DAY_MS;
          expect(calendar.toCivil(calendar.toInstant(date))).toBe(date);
          expect(calendar.toCivil(calendar.toInstant(date) - 1)).toBe(addDays(date, -1));
        }
      )
    );
  });

  it('counts working days as one would by hand, across years', () => {
    const calendar = createCalendar({ holidays: 'US' });
    fc.assert(
      fc.property(fc.integer({ min: 15_000, max: 21_000 }), fc.integer({ min: 0, max: 900 }), (first, length) => {
        const from = first * DAY_MS;
        const to = addDays(from, length);
        let count = 0;
        for (let date = from; date < to; date = addDays(date, 1)) {
          count += calendar.isWorkingDay(date) ? 1 : 0;
        }
        expect(calendar.workingDaysBetween(from, to)).toBe(count);
      }),
      { numRuns: 40 }
    );
  });

  it('knows holidays by country, region and date, and refuses what it does not know', () => {
    expect(createCalendar({ holidays: 'US' }).holiday(civil(2026, 7, 3))).toMatch(/Independence/);
    expect(createCalendar({ holidays: 'DE-BY' }).isWorkingDay(civil(2026, 1, 6))).toBe(false);
    expect(createCalendar({ holidays: 'DE-BE' }).isWorkingDay(civil(2026, 1, 6))).toBe(true);
    expect(createCalendar({ holidays: ['2026-05-22'] }).isWorkingDay(civil(2026, 5, 22))).toBe(false);
    expect(() => createCalendar({ holidays: 'XX' })).toThrow(/no public holidays are known for `XX`/);
    expect(() => createCalendar({ zone: 'Mars/Olympus' })).toThrow(/Mars\/Olympus/);
  });

  it('adds working days over weekends and holidays', () => {
    const calendar = createCalendar({ holidays: 'US' });
    expect(isoDate(calendar.addWorkingDays(civil(2025, 7, 3), 1))).toBe('2025-07-07');
    expect(isoDate(calendar.addWorkingDays(civil(2025, 7, 3), 0))).toBe('2025-07-03');
  });
});
