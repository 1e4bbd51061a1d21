import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil, isoDate } from '@kpi-monitor/model/time/civil';

import { readRange, storeRange } from './range';

const utc = createCalendar();
const now = Date.UTC(2026, 2, 18, 10, 30);
const iso = (instant: number) => new Date(instant).toISOString();

describe('the range of a query', () => {
  it.each([
    ['epoch milliseconds', String(Date.UTC(2026, 1, 1)), '2026-02-01T00:00:00.000Z'],
    ['an ISO instant', '2026-02-01T06:00:00+01:00', '2026-02-01T05:00:00.000Z'],
    ['days back', 'now-30d', '2026-02-16T10:30:00.000Z'],
    ['months back, clamped at the end', 'now-1M-15d', '2026-02-03T10:30:00.000Z'],
    ['a rounded start', 'now-1M/M', '2026-02-01T00:00:00.000Z'],
    ['the start of the year', 'now/y', '2026-01-01T00:00:00.000Z'],
  ])('reads %s', (_, from, expected) => {
    expect(iso(readRange({ from, to: 'now' }, now, utc).from)).toBe(expected);
  });

  it('rounds an end up, in the business zone', () => {
    const berlin = createCalendar({ zone: 'Europe/Berlin' });
    const range = readRange({ from: 'now-1M/M', to: 'now-1M/M' }, now, berlin);
    expect([iso(range.from), iso(range.to)]).toEqual(['2026-01-31T23:00:00.000Z', '2026-02-28T23:00:00.000Z']);
  });

  it('takes a picked day through its last second', () => {
    for (const last of ['2025-06-30T23:59:59Z', '2025-06-30T23:59:59.999Z']) {
      expect(iso(readRange({ from: '2025-06-01T00:00:00Z', to: last }, now, utc).asOf)).toBe(
        '2025-07-01T00:00:00.000Z'
      );
    }
  });

  it('lets the clock play now for a range that ends in the future', () => {
    expect(readRange({ from: 'now-1d', to: 'now+30d' }, now, utc).asOf).toBe(now);
  });

  it.each([
    ['a range that ends before it begins', { from: 'now', to: 'now-1d' }],
    ['words', { from: 'yesterday', to: 'now' }],
    ['an unknown unit', { from: 'now-3x', to: 'now' }],
    ['a year that no calendar reaches', { from: '0', to: '99999999999999999' }],
    ['a year before all business', { from: '0033-04-03T00:00:00Z', to: 'now' }],
  ])('refuses %s', (_, ends) => {
    expect(() => readRange(ends, now, utc)).toThrow(expect.objectContaining({ code: 'QUERY_RANGE' }));
  });
});

describe('the range in store times', () => {
  const dates = (from: string, to: string, zone: string, grain: 'day' | 'month') => {
    const calendar = createCalendar({ zone });
    const range = storeRange(readRange({ from, to }, now, calendar), grain, calendar);
    return [isoDate(range.from), isoDate(range.to)];
  };

  it.each(['America/New_York', 'UTC', 'Europe/Berlin', 'Pacific/Auckland'])(
    'June as picked on a UTC dashboard is June in %s',
    (zone) => {
      const june = ['2025-06-01', '2025-07-01'];
      expect(dates('2025-06-01T00:00:00Z', '2025-06-30T23:59:59Z', zone, 'day')).toEqual(june);
    }
  );

  it.each(['America/New_York', 'Europe/Berlin', 'Pacific/Auckland'])(
    'June as picked in %s begins with June',
    (zone) => {
      const calendar = createCalendar({ zone });
      const from = calendar.toInstant(civil(2025, 6, 1));
      expect(
        isoDate(storeRange(readRange({ from: String(from), to: 'now' }, now, calendar), 'day', calendar).from)
      ).toBe('2025-06-01');
    }
  );

  it('begins with the period that the range begins in', () => {
    expect(dates('2025-06-17T08:00:00Z', '2025-08-02T00:00:00Z', 'UTC', 'month')).toEqual(['2025-06-01', '2025-08-02']);
  });

  it('holds the local today of a live range, though it is yesterday in UTC', () => {
    const calendar = createCalendar({ zone: 'Pacific/Auckland' });
    const evening = Date.UTC(2026, 5, 9, 20);
    const range = readRange({ from: 'now-2d', to: String(evening - 300) }, evening, calendar);
    expect(isoDate(storeRange(range, 'day', calendar).to)).toBe('2026-06-11');
  });

  it('keeps to instants for hours', () => {
    const range = readRange({ from: '2025-06-01T00:20:00Z', to: '2025-06-01T05:10:00Z' }, now, utc);
    expect(storeRange(range, 'hour', utc)).toEqual({ from: Date.UTC(2025, 5, 1), to: Date.UTC(2025, 5, 1, 5, 10) });
  });
});
