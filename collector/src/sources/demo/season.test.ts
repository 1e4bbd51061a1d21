import { civil, DAY_MS, daysInMonth } from '@kpi-monitor/model/time/civil';

import { dayFactor, dayProgress, MONTH_SHARES, yearFactor } from './season';

const dayOf = (year: number, month: number, day: number) => civil(year, month, day) / DAY_MS;

test('the smooth year has the months that the revenue target is phased by', () => {
  for (let month = 1; month <= 12; month++) {
    const days = daysInMonth(civil(2026, month, 1));
    let sum = 0;
    for (let day = 1; day <= days; day++) {
      sum += yearFactor(dayOf(2026, month, day)) / days;
    }
    expect(sum / 12).toBeCloseTo(MONTH_SHARES[month - 1]!, 3);
  }
});

test('shops are nearly empty at Christmas, and full on the Friday after Thanksgiving', () => {
  expect(dayFactor(dayOf(2026, 12, 25), 'Retail')).toBeLessThan(0.3);
  expect(dayFactor(dayOf(2026, 11, 27), 'Retail')).toBeGreaterThan(1.8);
  expect(dayFactor(dayOf(2026, 11, 30), 'Online')).toBeGreaterThan(2);
  expect(dayFactor(dayOf(2026, 11, 20), 'Online')).toBeLessThan(1.2);
});

test('partners rest on Sundays, and the week adds up to seven ordinary days', () => {
  expect(dayFactor(dayOf(2026, 8, 9), 'Partner')).toBeLessThan(0.5);
  for (const channel of ['Online', 'Retail', 'Partner'] as const) {
    const week = [10, 11, 12, 13, 14, 15, 16].map((day) => dayFactor(dayOf(2026, 8, day), channel));
    expect(week.reduce((a, b) => a + b)).toBeCloseTo(7, 9);
  }
});

test("a day's business grows from nothing to all of it", () => {
  const hours = Array.from({ length: 97 }, (_, i) => dayProgress(i / 4));
  expect(hours[0]).toBe(0);
  expect(hours[96]).toBe(1);
  expect(hours.every((value, i) => i === 0 || value > hours[i - 1]!)).toBe(true);
  expect(dayProgress(25)).toBe(1);
});
