import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil, DAY_MS } from '@kpi-monitor/model/time/civil';

import { kpiFrom } from '../test/catalogue';

import { currentWindow, cutWindow } from './window';

const calendar = createCalendar({ zone: 'America/New_York' });
const now = Date.UTC(2026, 5, 17, 2); // still the 16th in New York
const kpi = (text: string) => kpiFrom(`kind: flow\n${text}`);

test('a read goes `reread` back and ends with the running day of the business zone', () => {
  const daily = kpi('source: { kind: demo, reread: 45d }');
  expect(currentWindow(daily, civil(2026, 6, 16), now, calendar)).toEqual({
    from: civil(2026, 5, 2),
    to: civil(2026, 6, 17),
  });
});

test('after an outage it goes back to what was stored last', () => {
  const daily = kpi('source: { kind: demo, reread: 3d }');
  expect(currentWindow(daily, civil(2026, 2, 1), now, calendar).from).toBe(civil(2026, 2, 1));
});

test("a month's figure that comes after the month's end is not missed by a short `reread`", () => {
  const monthly = kpi('grain: month\nsource: { kind: demo, reread: 3d }');
  const newest = civil(2026, 6, 1);
  expect(currentWindow(monthly, newest, now, calendar)).toEqual({ from: civil(2026, 5, 1), to: civil(2026, 7, 1) });
});

test('the first read goes back to periods that can be judged, except over HTTP', () => {
  const at = (kind: string) => currentWindow(kpi(`judge: { at: month }\nsource: ${kind}`), null, now, calendar).from;
  expect(at('{ kind: sql, connection: erp, query: "" }')).toBe(civil(2026, 4, 1));
  expect(at('{ kind: http, url: "http://shop", map: "x" }')).toBe(civil(2026, 6, 13));
  const hourly = kpi('grain: hour\njudge: { at: day }\nsource: { kind: demo, reread: 1h }');
  expect(currentWindow(hourly, null, now, calendar).from).toBe(calendar.toInstant(civil(2026, 6, 14)));
});

test('hours are instants', () => {
  const hourly = kpi('grain: hour\nsource: { kind: demo, reread: 6h }');
  expect(currentWindow(hourly, null, now + 60_000, calendar)).toEqual({
    from: now - 6 * 3_600_000,
    to: now + 3_600_000,
  });
});

test('a long window is cut at period starts, without gap or overlap', () => {
  const monthly = kpi('grain: month\nsource: { kind: demo }');
  const parts = [...cutWindow({ from: civil(2024, 1, 15), to: civil(2026, 7, 1) }, monthly, calendar, 92 * DAY_MS)];
  expect(parts[0]!.from).toBe(civil(2024, 1, 1));
  expect(parts.at(-1)!.to).toBe(civil(2026, 7, 1));
  expect(parts.every((part, i) => part.from < part.to && (i === 0 || part.from === parts[i - 1]!.to))).toBe(true);
  const yearly = kpi('grain: year\nsource: { kind: demo }');
  expect([...cutWindow({ from: civil(2024, 1, 1), to: civil(2026, 1, 1) }, yearly, calendar, DAY_MS)]).toHaveLength(2);
});
