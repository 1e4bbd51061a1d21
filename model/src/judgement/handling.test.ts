import type { Level } from '../status';
import { createCalendar } from '../time/calendar';
import { civil, DAY_MS } from '../time/civil';

import { type Alert, alertsOf } from './alerts';
import { waitOf } from './escalation';
import { answered, type HandlingRecord, type Recorded, remarksOf, remarksOn, watchedSince } from './handling';
import type { JudgedPeriod } from './history';

const HOUR = 3_600_000;
const BEGIN = civil(2026, 3, 2);
const day = (n: number) => BEGIN + n * DAY_MS;
/** A day's level is known at six the next morning. */
const knownAt = ({ end }: JudgedPeriod) => end + 6 * HOUR;

/** One digit a day from Monday, 2 March 2026; `-` for a day that is not judged. */
function alerts(levels: string, asOf = Infinity): Alert[] {
  const periods = [...levels].map((digit, n): JudgedPeriod => {
    const level = digit === '-' ? null : (Number(digit) as Level);
    const value = level === null ? null : 100 - 10 * level;
    const point = { start: day(n), end: day(n + 1), value, weight: null, completeness: 1 };
    return { ...point, life: 'settled', isOverdue: false, reason: '', level, target: 100, boundaries: null };
  });
  return alertsOf(periods, knownAt, asOf);
}

const author = { by: 'ada', role: 'Editor' };
const acknowledgement = (revision: number, n: number, level: Level, time: number): Recorded => {
  const data: HandlingRecord = { kind: 'acknowledgement', since: day(n), period: day(n), level, text: '', ...author };
  return { revision, time, data: { ...data } };
};
const record = (revision: number, time: number, data: object): Recorded => ({
  revision,
  time,
  data: { ...data, ...author },
});
const answer = (alert: Alert, ...records: Recorded[]) => answered(alert, remarksOn(alert, remarksOf(records)));

describe('an alert', () => {
  it('is raised and recovers when it is known, not when its periods begin', () => {
    expect(alerts('01210')).toMatchObject([
      { from: day(1), to: day(4), worst: 2, raisedAt: day(2) + 6 * HOUR, recoveredAt: day(5) + 6 * HOUR },
    ]);
    expect(alerts('011').at(-1)).toMatchObject({ isOngoing: true, recoveredAt: null });
  });

  it('goes on over days that are not judged', () => {
    expect(alerts('1-1-').map(({ from, recoveredAt }) => [from, recoveredAt])).toEqual([[day(0), null]]);
  });

  it('that is seen already was raised no later than now', () => {
    const now = day(2) + HOUR;
    expect(alerts('01', now)[0]!.raisedAt).toBe(now);
  });
});

describe('an acknowledgement', () => {
  const [alert] = alerts('0111');

  it('is waited for from when the alert was raised', () => {
    const nobody = { first: null, acknowledgement: null, waitingSince: alert!.raisedAt };
    expect(answer(alert!)).toEqual({ ...nobody, escalatingSince: null });
  });

  it('ends the waiting, also while the level stays or gets milder', () => {
    expect(answer(alert!, acknowledgement(1, 1, 1, day(2)))).toMatchObject({
      waitingSince: null,
      first: { by: 'ada' },
    });
    const [milder] = alerts('02211');
    expect(answer(milder!, acknowledgement(1, 1, 2, day(2))).waitingSince).toBeNull();
  });

  it('does not cover a worse level, which is waited for from when it was known', () => {
    const [worse] = alerts('01122');
    const warned = acknowledgement(1, 2, 1, day(3));
    expect(answer(worse!, warned)).toMatchObject({ waitingSince: day(4) + 6 * HOUR, acknowledgement: { level: 1 } });
    const both = answer(worse!, warned, acknowledgement(2, 4, 2, day(5)));
    expect(both).toMatchObject({ waitingSince: null, first: { level: 1 }, acknowledgement: { level: 2 } });
    expect(answer(alerts('01121')[0]!, warned).waitingSince).toBeNull();
  });

  it('calls somebody else for what is critical alone, from when it last became so', () => {
    const since = (levels: string, ...records: Recorded[]) =>
      answer(alerts(levels).at(-1)!, ...records).escalatingSince;
    expect(since('0111')).toBeNull();
    expect(since('0112')).toBe(day(4) + 6 * HOUR);
    expect(since('02122')).toBe(day(4) + 6 * HOUR);
    expect(since('0221')).toBeNull();
    expect(since('0220')).toBeNull();
    // An emergency that nobody acknowledged waits since it was critical; after an acknowledgement since it got worse.
    expect(since('0223')).toBe(day(2) + 6 * HOUR);
    expect(since('0223', acknowledgement(1, 2, 2, day(3)))).toBe(day(4) + 6 * HOUR);
    expect(since('0222', acknowledgement(1, 1, 1, day(2)))).toBe(day(2) + 6 * HOUR);
    expect(since('0222', acknowledgement(1, 2, 2, day(3)))).toBeNull();
  });

  it('is waited for no longer than the KPI is watched', () => {
    const records = [record(1, day(3), { kind: 'watch' }), record(2, day(9), { kind: 'watch' })];
    const watched = watchedSince(records);
    expect(watched).toBe(day(3));
    expect(remarksOf(records)).toEqual([]);
    const old = answered(alerts('2222')[0]!, [], watched);
    expect(old).toMatchObject({ waitingSince: day(3), escalatingSince: day(3) });
    const later = answered(alerts('00002')[0]!, [], watched);
    expect(later).toMatchObject({ waitingSince: day(5) + 6 * HOUR });
    expect(watchedSince([])).toBe(-Infinity);
  });

  it('does not cover the next alert', () => {
    const [first, second] = alerts('0101');
    const records = [acknowledgement(1, 1, 1, day(2) + 8 * HOUR)];
    expect(answer(first!, ...records)).toMatchObject({ waitingSince: null, first: { revision: 1 } });
    expect(answer(second!, ...records)).toMatchObject({ waitingSince: second!.raisedAt, first: null });
  });

  it('stays with its alert when a restated day makes it begin earlier', () => {
    const [longer] = alerts('1111');
    expect(answer(longer!, acknowledgement(1, 1, 1, day(2))).waitingSince).toBeNull();
  });

  it('is undone by withdrawing it, once', () => {
    const records = [
      acknowledgement(1, 1, 1, day(2)),
      record(2, day(3), { kind: 'withdrawal', of: 1 }),
      record(3, day(4), { kind: 'withdrawal', of: 1 }),
      record(4, day(4), { kind: 'withdrawal', of: 99 }),
    ];
    expect(answer(alert!, ...records).waitingSince).toBe(alert!.raisedAt);
    expect(remarksOf(records)).toMatchObject([{ revision: 1, withdrawn: { by: 'ada', at: day(3) } }]);
  });
});

describe('a note', () => {
  it('belongs to the alert whose period it is about, or in whose time it was made', () => {
    const [first, second] = alerts('010110');
    const remarks = remarksOf([
      record(1, day(20), { kind: 'note', text: 'about Tuesday', period: day(1) }),
      record(2, day(4) + 7 * HOUR, { kind: 'note', text: 'in the second', period: null }),
      record(3, day(3) + 7 * HOUR, { kind: 'note', text: 'between them', period: null }),
      record(4, day(4), { kind: 'poem', text: 'of a later version' }),
    ]);
    expect(remarksOn(first!, remarks).map(({ text }) => text)).toEqual(['about Tuesday']);
    expect(remarksOn(second!, remarks).map(({ text }) => text)).toEqual(['in the second']);
  });
});

describe('waiting', () => {
  const berlin = createCalendar({ zone: 'Europe/Berlin', holidays: ['2026-03-09'] });
  const at = (date: number, time: string) => berlin.at(civil(2026, 3, date), time);

  it.each([
    ['hour', at(2, '09:00'), at(2, '13:00'), 4, 1],
    ['day', at(2, '09:00'), at(3, '09:00'), 8, 1],
    ['week', at(2, '00:00'), at(3, '17:00'), 16, 1],
    ['month', at(2, '00:00'), at(6, '17:00'), 40, 1],
    // Friday evening to Monday, which is a holiday
    ['day', at(6, '17:00'), at(9, '20:00'), 0, 0],
    ['fiscal_year', at(2, '09:00'), at(2, '11:00'), 2, 0.05],
  ] as const)('by the %s', (grain, since, asOf, hours, share) => {
    expect(waitOf(since, grain, asOf, berlin)).toEqual({ hours, share });
  });

  it('for nobody is no time', () => {
    expect(waitOf(null, 'day', at(2, '12:00'), berlin)).toEqual({ hours: 0, share: 0 });
  });
});
