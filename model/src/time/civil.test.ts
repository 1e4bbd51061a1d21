import fc from 'fast-check';

import { addMonths, civil, daysInMonth, isoDate, parseIsoDate, partsOf } from './civil';

const date = fc.integer({ min: -300_000, max: 300_000 }).map((days) => days * 86_400_000);

describe('civil dates', () => {
  it('have the parts that the platform gives them', () => {
    fc.assert(
      fc.property(date, (one) => {
        const d = new Date(one);
        expect(partsOf(one)).toEqual({
          year: d.getUTCFullYear(),
          month: d.getUTCMonth() + 1,
          day: d.getUTCDate(),
          weekday: d.getUTCDay() || 7,
        });
      })
    );
  });

  it('are put together as they were taken apart', () => {
    fc.assert(
      fc.property(date, (one) => {
        const { year, month, day } = partsOf(one);
        fc.pre(year > 100);
        expect(civil(year, month, day)).toBe(one);
      })
    );
  });

  it('stay in the month that was asked for when months are added', () => {
    expect(isoDate(addMonths(civil(2024, 1, 31), 1))).toBe('2024-02-29');
    expect(isoDate(addMonths(civil(2025, 3, 31), -1))).toBe('2025-02-28');
    expect(isoDate(addMonths(civil(2025, 12, 1), 1))).toBe('2026-01-01');
    expect(daysInMonth(civil(2100, 2, 1))).toBe(28);
  });

  it('are read strictly', () => {
    expect(parseIsoDate('2025-02-29')).toBeNull();
    expect(parseIsoDate('2025-2-9')).toBeNull();
    expect(parseIsoDate('2024-02-29')).toBe(civil(2024, 2, 29));
  });
});
