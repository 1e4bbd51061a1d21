import { createCalendar } from '../time/calendar';
import { civil } from '../time/civil';

import { formatDifference, formatValue } from './number';
import { formatDuration, formatPeriod, shortPeriod } from './period';

describe('numbers', () => {
  it.each([
    [1254998, { unit: 'currency:financial:$', decimals: 0 }, '$1,254,998'],
    [-1254998.4, { unit: 'currencyUSD', decimals: 0 }, '-$1,254,998'],
    [1254998, { unit: 'currency:financial:€', decimals: 2, locale: 'de-DE' }, '1.254.998,00\u00a0€'],
    [1254998, { unit: 'currency:financial:$', decimals: 2, compact: true }, '$1.25M'],
    [12.345, { unit: 'percent', decimals: 1 }, '12.3 %'],
    [0.12345, { unit: 'percentunit', decimals: 1 }, '12.3 %'],
    [4.249, { unit: 'none', decimals: 2 }, '4.25'],
    [17, { unit: 'suffix: FTE', decimals: 0 }, '17 FTE'],
    [-0.001, { unit: 'none', decimals: 1 }, '0.0'],
    [null, { unit: 'none', decimals: 1 }, '–'],
  ])('%p as %j is %s', (value, style, text) => {
    expect(formatValue(value, style)).toBe(text);
  });

  it('differ by points where they are percentages or scores', () => {
    expect(formatDifference(2.04, { unit: 'percent', decimals: 1, signed: true })).toBe('+2.0 pp');
    expect(formatDifference(-0.2, { unit: 'none', decimals: 2 }, true)).toBe('-0.20 points');
    expect(formatDifference(-1200, { unit: 'currency:financial:$', decimals: 0, signed: true })).toBe('-$1,200');
  });
});

describe('periods', () => {
  const calendar = createCalendar({ fiscalYearStart: 4 });
  it.each([
    ['day', civil(2026, 3, 3), '3 Mar 2026', '3 Mar'],
    ['week', civil(2026, 3, 2), 'Week of 2 Mar 2026', 'Week of 2 Mar'],
    ['month', civil(2026, 2, 1), 'February 2026', 'February'],
    ['quarter', civil(2026, 4, 1), 'Q2 2026', 'Q2'],
    ['fiscal_quarter', civil(2026, 1, 1), 'Q4 FY2026', 'Q4'],
    ['fiscal_year', civil(2025, 4, 1), 'FY2026', 'FY2026'],
  ] as const)('%s', (grain, start, long, short) => {
    expect(formatPeriod(start, grain, calendar)).toBe(long);
    expect(shortPeriod(start, grain, calendar)).toBe(short);
  });

  it('durations use one unit', () => {
    expect([90_000, 3_600_000, 50 * 3_600_000, 40 * 86_400_000, 800 * 86_400_000].map(formatDuration)).toEqual([
      '1 minute',
      '1 hour',
      '2 days',
      '40 days',
      '2 years',
    ]);
  });
});
