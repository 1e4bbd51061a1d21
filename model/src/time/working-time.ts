/** Working time between two instants: the hours of working days, in the business zone. */
import type { Calendar } from './calendar';
import { addDays } from './civil';

/** Working milliseconds in the half-open [from, to) of instants; 0 when it is empty. */
export function workingTimeBetween(from: number, to: number, calendar: Calendar): number {
  if (to <= from) {
    return 0;
  }
  const first = calendar.toCivil(from);
  const last = calendar.toCivil(to);
  if (first === last) {
    return workedOn(first, from, to, calendar);
  }
  const whole = calendar.workingDaysBetween(addDays(first, 1), last) * workingDayMs(calendar);
  return workedOn(first, from, Infinity, calendar) + whole + workedOn(last, -Infinity, to, calendar);
}

/** How long a working day is, milliseconds. */
export function workingDayMs({ workingHours }: Pick<Calendar, 'workingHours'>): number {
  return minutesOf(workingHours.to) * 60_000 - minutesOf(workingHours.from) * 60_000;
}

function workedOn(date: number, from: number, to: number, calendar: Calendar): number {
  if (!calendar.isWorkingDay(date)) {
    return 0;
  }
  const { workingHours } = calendar;
  const begins = calendar.at(date, workingHours.from);
  const ends = workingHours.to === '24:00' ? calendar.toInstant(addDays(date, 1)) : calendar.at(date, workingHours.to);
  return Math.max(0, Math.min(to, ends) - Math.max(from, begins));
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number);
  return hours! * 60 + minutes!;
}
