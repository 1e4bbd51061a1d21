import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { addDays, civil } from '@kpi-monitor/model/time/civil';

import { catalogueOf, kpiFrom } from '../../../test/catalogue';
import type { RawRecord } from '../source';

import { createDemoSource } from './source';

const calendar = createCalendar({ zone: 'America/New_York', holidays: 'US' });
const catalogue = catalogueOf('kpis');
const noon = Date.UTC(2026, 5, 17, 16);

async function read(id: string, from: number, to: number, now = noon): Promise<RawRecord[]> {
  const source = createDemoSource(catalogue.byId.get(id)!, { calendar, clock: () => now });
  const records: RawRecord[] = [];
  for await (const batch of source.read({ from, to }, new AbortController().signal)) {
    records.push(...batch);
  }
  return records;
}

const sum = (records: RawRecord[]) => records.reduce((total, record) => total + Number(record.value), 0);

test('every KPI and measure of the default catalogue that is collected finds its series', async () => {
  for (const kpi of catalogue.byId.values()) {
    if (kpi.source) {
      const origin = createDemoSource(kpi, { calendar, clock: () => noon }).origin(noon)!;
      expect((await read(kpi.id, origin, origin + 100 * 86_400_000)).length).toBeGreaterThan(0);
    }
  }
});

test('a window by itself is the same as the part of a longer one', async () => {
  for (const id of ['revenue', 'cash_flow', 'satisfaction', 'new_customers', 'market_size', 'competitive_index']) {
    const long = await read(id, civil(2024, 1, 1), civil(2026, 7, 1));
    const short = await read(id, civil(2025, 4, 1), civil(2025, 7, 1));
    const part = long.filter((r) => String(r.period) >= '2025-04-01' && String(r.period) < '2025-07-01');
    expect(short.length).toBeGreaterThan(0);
    expect(short).toEqual(part);
  }
});

test('the numbers are the same on every machine', async () => {
  const [revenue] = await read('revenue', civil(2025, 2, 3), civil(2025, 2, 4));
  const [survey] = await read('satisfaction', civil(2025, 2, 3), civil(2025, 2, 4));
  const [market] = await read('market_size', civil(2025, 2, 1), civil(2025, 3, 1));
  expect([revenue, survey, market]).toMatchInlineSnapshot(`
   [
     {
       "dims": {
         "channel": "Online",
         "region": "North",
       },
       "period": "2025-02-03",
       "value": 4194.55,
     },
     {
       "dims": {
         "channel": "Online",
         "region": "North",
       },
       "period": "2025-02-03",
       "value": 3.97,
       "weight": 8,
     },
     {
       "dims": {
         "region": "North",
       },
       "period": "2025-02-01",
       "value": 1647000,
     },
   ]
  `);
});

test('today grows through the day, and tomorrow is not there yet', async () => {
  const today = civil(2026, 6, 17);
  const at = (hour: number) => read('revenue', today, addDays(today, 5), calendar.toInstant(today) + hour * 3_600_000);
  const [night, morning, evening, next] = [await at(0), await at(9), await at(20), await at(24)];
  expect(sum(night)).toBe(0);
  expect(sum(morning)).toBeGreaterThan(0);
  expect(sum(evening)).toBeGreaterThan(2 * sum(morning));
  expect(sum(next.filter((r) => r.period === '2026-06-17'))).toBeGreaterThan(sum(evening));
  expect(new Set(evening.map((r) => r.period))).toEqual(new Set(['2026-06-17']));
  expect(new Set(next.map((r) => r.period))).toEqual(new Set(['2026-06-17', '2026-06-18']));
});

test("a month's figures come out two days after its end", async () => {
  const months = async (date: number) =>
    (await read('invested_capital', civil(2026, 4, 1), civil(2026, 12, 1), calendar.toInstant(date))).map(
      (r) => r.period
    );
  expect(await months(civil(2026, 6, 2))).toEqual(['2026-04-01']);
  expect(await months(civil(2026, 6, 3))).toEqual(['2026-04-01', '2026-05-01']);
});

test('a first read goes back two years by the day and four by the month', () => {
  const origin = (id: string) =>
    createDemoSource(catalogue.byId.get(id)!, { calendar, clock: () => noon }).origin(noon);
  expect(origin('revenue')).toBe(civil(2024, 6, 1));
  expect(origin('market_size')).toBe(civil(2022, 1, 1));
});

test.each([
  ['no series `sales`', 'sales', 'kind: flow\nsource: { kind: demo }'],
  [
    'comes by the day, not by the month',
    'revenue',
    'kind: flow\ngrain: month\ndimensions: [region, channel]\nsource: { kind: demo }',
  ],
  ["add that to the KPI's dimensions", 'revenue', 'kind: flow\ndimensions: [region]\nsource: { kind: demo }'],
])('says what is wrong: %s', (message, id, text) => {
  expect(() => createDemoSource(kpiFrom(text, id), { calendar, clock: () => noon })).toThrow(message);
});
