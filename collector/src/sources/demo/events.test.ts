import { addDays, addMonths, civil, DAY_MS, parseIsoDate } from '@kpi-monitor/model/time/civil';

import { demoEvents, eventFactor } from './events';
import { revenueOf } from './sales';
import { DEMO_SERIES } from './series';

test('two years hold anomalies and shifts of several series, wherever they begin', () => {
  for (let from = civil(2023, 1, 1); from < civil(2027, 1, 1); from = addDays(from, 37)) {
    const events = demoEvents(from, addMonths(from, 24));
    expect(events.filter((event) => event.kind === 'anomaly').length).toBeGreaterThanOrEqual(8);
    expect(events.filter((event) => event.kind === 'shift').length).toBeGreaterThanOrEqual(6);
    expect(new Set(events.map((event) => event.series)).size).toBeGreaterThanOrEqual(6);
  }
});

test('every event names a series that there is, and its dates', () => {
  for (const event of demoEvents(civil(2025, 1, 1), civil(2027, 1, 1))) {
    expect(Object.keys(DEMO_SERIES)).toContain(event.series);
    expect(parseIsoDate(event.to)! - parseIsoDate(event.from)!).toBeGreaterThanOrEqual(DAY_MS);
    expect(event.note.length).toBeGreaterThan(10);
  }
});

test('an event acts on its days and its slice alone', () => {
  const first = civil(2026, 3, 17) / DAY_MS;
  expect(eventFactor('revenue', first, { region: 'North', channel: 'Online' })).toBeCloseTo(0.3);
  expect(eventFactor('revenue', first + 1, { region: 'North', channel: 'Online' })).toBe(1);
  expect(eventFactor('revenue', first, { region: 'North', channel: 'Retail' })).toBe(1);
  expect(eventFactor('orders_completed', first, { region: 'North', channel: 'Online' })).toBe(1);
});

test('a shift that begins in one year and ends in the next is listed and felt in both', () => {
  const shift = demoEvents(civil(2026, 11, 20), civil(2026, 11, 21)).find((e) => e.series === 'sales_marketing_cost');
  expect(shift).toMatchObject({ kind: 'shift', from: '2026-08-20', to: '2026-11-28' });
});

test('the data show it: the day of the outage stands out', () => {
  const outage = civil(2026, 3, 17) / DAY_MS;
  const usual = [-14, -7, 7, 14].map((away) => revenueOf(outage + away, 'North', 'Online'));
  expect(revenueOf(outage, 'North', 'Online')).toBeLessThan(0.5 * Math.min(...usual));
});
