import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil } from '@kpi-monitor/model/time/civil';

import { promDuration, runsOf } from './evaluations';

const calendar = createCalendar({ zone: 'Europe/Berlin' });
const LATER = Date.UTC(2026, 0, 1);
const shape = (from: number, to: number, grain: Parameters<typeof runsOf>[1], now = LATER) =>
  runsOf({ from, to }, grain, now, calendar).map(({ periods, first, length }) => [
    periods.length,
    new Date(first).toISOString(),
    promDuration(length),
  ]);

test('days of one length go together; those on which clocks change have 23 and 25 hours', () => {
  expect(shape(civil(2025, 3, 28), civil(2025, 4, 2), 'day')).toEqual([
    [2, '2025-03-28T22:59:59.999Z', '86400s'],
    [1, '2025-03-30T21:59:59.999Z', '82800s'],
    [2, '2025-03-31T21:59:59.999Z', '86400s'],
  ]);
  expect(shape(civil(2025, 10, 26), civil(2025, 10, 27), 'day')).toEqual([[1, '2025-10-26T22:59:59.999Z', '90000s']]);
});

test('months have their own lengths, and the running one what has passed of it', () => {
  expect(shape(civil(2025, 1, 1), civil(2025, 4, 1), 'month', Date.UTC(2025, 2, 10, 11, 30, 0, 250))).toEqual([
    [1, '2025-01-31T22:59:59.999Z', '2678400s'],
    [1, '2025-02-28T22:59:59.999Z', '2419200s'],
    [1, '2025-03-10T11:30:00.250Z', '822600250ms'],
  ]);
});

test('no request asks for more points than Prometheus gives, and none for the future', () => {
  const hours = runsOf({ from: Date.UTC(2025, 0, 1), to: Date.UTC(2027, 0, 1) }, 'hour', LATER, calendar);
  expect(hours.map(({ periods }) => periods.length)).toEqual([2000, 2000, 2000, 2000, 760]);
});
