import { civil } from '@kpi-monitor/model/time/civil';

import { configSchema } from '../config/schema';

import { calendarOf } from './calendar';

const calendarFrom = (config: unknown) => calendarOf(configSchema.parse(config));

test('the configuration becomes the business calendar', () => {
  const calendar = calendarFrom({
    zone: 'Europe/Berlin',
    calendar: { week_start: 7, fiscal_year_start: 4, working_days: [1, 2, 3, 4], holidays: 'DE-BY', locale: 'de-DE' },
  });
  expect(calendar).toMatchObject({ zone: 'Europe/Berlin', weekStart: 7, fiscalYearStart: 4, locale: 'de-DE' });
  expect(calendar.isWorkingDay(civil(2026, 1, 6))).toBe(false);
  expect(calendar.isWorkingDay(civil(2026, 1, 9))).toBe(false);
  expect(calendar.isWorkingDay(civil(2026, 1, 8))).toBe(true);
});

test('holidays may be given by date', () => {
  const calendar = calendarFrom({ calendar: { holidays: ['2026-03-03'] } });
  expect(calendar.isWorkingDay(civil(2026, 3, 3))).toBe(false);
});

test.each([
  ['`Mars/Base` is no IANA time zone', { zone: 'Mars/Base' }],
  ['no public holidays are known for `XX`', { calendar: { holidays: 'XX' } }],
])('%s', (message, config) => {
  expect(() => calendarFrom(config)).toThrow(message);
});

test('working hours are those of the company, and end after they begin', () => {
  expect(calendarFrom({}).workingHours).toEqual({ from: '09:00', to: '17:00' });
  const hours = (from: string, to: string) => ({ calendar: { working_hours: { from, to } } });
  expect(calendarFrom(hours('00:00', '24:00')).workingHours).toEqual({ from: '00:00', to: '24:00' });
  expect(() => calendarFrom(hours('17:00', '09:00'))).toThrow(/end after it begins/);
  expect(() => calendarFrom(hours('9', '17:00'))).toThrow(/HH:MM/);
});
