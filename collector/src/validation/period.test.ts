import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';

import { readPeriod, WallClock } from './period';

const calendar = createCalendar({ zone: 'America/New_York' });
const day = (raw: unknown) => readPeriod(raw, { grain: 'day', calendar });

test.each([
  ['2026-03-08', civil(2026, 3, 8)],
  [' 2026-03-08 ', civil(2026, 3, 8)],
  ['2026-03-08T23:30:00', civil(2026, 3, 8)],
  ['2026-03-08 23:30:00', civil(2026, 3, 8)],
  ['2026-03-08T23:30:00-05:00', civil(2026, 3, 9)],
  ['2026-03-09T03:59:59Z', civil(2026, 3, 8)],
  ['2026-03-09 03:59:59+00', civil(2026, 3, 8)],
  ['20260308', civil(2026, 3, 8)],
  [new Date('2026-03-09T03:59:59Z'), civil(2026, 3, 8)],
  [Date.UTC(2026, 2, 9, 3, 59), civil(2026, 3, 8)],
])('%p is read as a day of the business zone, also when clocks change', (raw, expected) => {
  expect(day(raw)).toBe(expected);
});

test.each([
  ['2026', 'year', civil(2026, 1, 1)],
  [2026, 'year', civil(2026, 1, 1)],
  ['2026-03', 'month', civil(2026, 3, 1)],
  ['2026-03-31', 'month', civil(2026, 3, 1)],
  ['2026-Q3', 'quarter', civil(2026, 7, 1)],
  ['2026Q3', 'quarter', civil(2026, 7, 1)],
  ['2026-W10', 'week', civil(2026, 3, 2)],
  ['2026-03-08', 'week', civil(2026, 3, 2)],
] as const)('%p at the grain %s is stamped at its start', (raw, grain, expected) => {
  expect(readPeriod(raw, { grain, calendar })).toBe(expected);
});

test('an hour is an instant; its date alone is its first hour', () => {
  const hour = (raw: unknown) => readPeriod(raw, { grain: 'hour', calendar });
  expect(hour('2026-03-08T14:20:00')).toBe(Date.UTC(2026, 2, 8, 18));
  expect(hour('2026-03-08T14:20:00Z')).toBe(Date.UTC(2026, 2, 8, 14));
  expect(hour('2026-03-08')).toBe(Date.UTC(2026, 2, 8, 5));
});

test('a format of its own is obeyed, and nothing else is taken', () => {
  const form = { grain: 'day', calendar, formats: ['dd.MM.yyyy'] } as const;
  expect(readPeriod('05.03.2026', form)).toBe(civil(2026, 3, 5));
  expect(readPeriod('2026-03-05', form)).toBeNull();
  expect(readPeriod('Mar 2026', { ...form, grain: 'month', formats: ['LLL yyyy'] })).toBe(civil(2026, 3, 1));
});

test('of several formats the first that fits is taken', () => {
  const form = { grain: 'day', calendar, formats: ['dd.MM.yyyy', 'M/d/yy'] } as const;
  expect(readPeriod('05.03.2026', form)).toBe(civil(2026, 3, 5));
  expect(readPeriod('3/5/26', form)).toBe(civil(2026, 3, 5));
  expect(readPeriod('2026-03-05', form)).toBeNull();
});

test('the time of a clock on the wall is of the business zone, whatever the formats of texts are', () => {
  const wall = new WallClock(Date.UTC(2026, 2, 8, 23, 30));
  expect(readPeriod(wall, { grain: 'day', calendar, formats: ['dd.MM.yyyy'] })).toBe(civil(2026, 3, 8));
  expect(readPeriod(wall, { grain: 'hour', calendar })).toBe(Date.UTC(2026, 2, 9, 3));
  expect(readPeriod(new WallClock(NaN), { grain: 'day', calendar })).toBeNull();
});

test.each([
  '',
  'yesterday',
  '2026-02-30',
  '2026-13',
  '31/12/2026',
  'Q5 2026',
  null,
  undefined,
  true,
  {},
  NaN,
  1767225600,
  12,
])('%p is no period', (raw) => {
  expect(day(raw)).toBeNull();
});
