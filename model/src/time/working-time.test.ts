import fc from 'fast-check';

import { createCalendar } from './calendar';
import { civil } from './civil';
import { workingDayMs, workingTimeBetween } from './working-time';

const HOUR = 3_600_000;
const newYork = createCalendar({ zone: 'America/New_York', holidays: 'US' });
const at = (month: number, day: number, time: string) => newYork.at(civil(2026, month, day), time);
const hours = (from: number, to: number, calendar = newYork) => workingTimeBetween(from, to, calendar) / HOUR;

describe('working time', () => {
  it.each([
    ['within a day', at(3, 3, '10:30'), at(3, 3, '12:00'), 1.5],
    ['before and after work', at(3, 3, '06:00'), at(3, 3, '23:00'), 8],
    ['over night', at(3, 3, '16:00'), at(3, 4, '10:00'), 2],
    ['over a weekend', at(3, 6, '16:30'), at(3, 9, '09:30'), 1],
    ['on a Sunday', at(3, 8, '08:00'), at(3, 8, '20:00'), 0],
    ['over a holiday and the weekend behind it', at(7, 2, '17:00'), at(7, 6, '09:00'), 0],
    ['over a week', at(3, 2, '09:00'), at(3, 9, '09:00'), 40],
    ['backwards', at(3, 4, '12:00'), at(3, 3, '12:00'), 0],
  ])('%s', (_, from, to, expected) => {
    expect(hours(from, to)).toBe(expected);
  });

  it('is counted in the hours that the company works', () => {
    const late = createCalendar({ zone: 'UTC', workingDays: [6, 7], workingHours: { from: '12:30', to: '24:00' } });
    expect(workingDayMs(late)).toBe(11.5 * HOUR);
    expect(hours(Date.UTC(2026, 2, 2), Date.UTC(2026, 2, 9), late)).toBe(23);
  });

  it('adds up, wherever it is cut', () => {
    const moment = fc.integer({ min: at(1, 1, '00:00'), max: at(12, 31, '00:00') });
    fc.assert(
      fc.property(moment, moment, moment, (...moments) => {
        const [a, b, c] = moments.sort((x, y) => x - y) as [number, number, number];
        const whole = workingTimeBetween(a, c, newYork);
        expect(workingTimeBetween(a, b, newYork) + workingTimeBetween(b, c, newYork)).toBe(whole);
      })
    );
  });
});
