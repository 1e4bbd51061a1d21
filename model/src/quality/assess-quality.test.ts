import { catalogueOf, daily, day } from '../../test/build';
import type { KpiSeries } from '../aggregation/steps';
import { kpiOf } from '../catalogue/catalogue';
import { createCalendar } from '../time/calendar';

import { assessQuality, type QualityPoint } from './assess-quality';
import { findingsOf } from './finding-text';
import type { RecordedSeries } from './recorded';

const calendar = createCalendar({ holidays: ['2026-12-25'] });
/** noon */
const at = (date: string) => day(date) + 43_200_000;

interface Given {
  kpis: Record<string, string>;
  series: Record<string, KpiSeries[]>;
  recorded?: RecordedSeries[];
  asOf?: number;
  from?: string;
  to?: string;
}

function assess({
  kpis,
  series,
  recorded = [],
  asOf = at('2026-06-10'),
  from = '2026-06-01',
  to = '2026-07-01',
}: Given) {
  const catalogue = catalogueOf(kpis);
  const kpi = kpiOf(catalogue, Object.keys(kpis)[0]!);
  const byId = new Map(Object.entries(series));
  const points = assessQuality({
    ...{ kpi, catalogue, calendar, series: byId, recorded, asOf },
    ...{ from: day(from), to: day(to) },
  });
  const on = (date: string) => points.find(({ start }) => start === day(date));
  const texts = (date: string) => findingsOf(on(date)!, kpi, calendar).map(({ rule, text }) => `${rule}: ${text}`);
  return { points, on, texts };
}

const SALES = 'kind: flow\nsource: { kind: demo, expected_by: "period_end 06:00" }';
const BY_REGION = `${SALES}\ndimensions: [region]`;
const noisy = (_: number, i: number) => 100 + (i % 3);
const regions = (skip?: string) => [
  daily('2026-01-01', '2026-06-10', noisy, { region: 'north' }),
  daily('2026-01-01', '2026-06-10', (date, i) => (date === day(skip ?? '1970-01-01') ? null : noisy(date, i)), {
    region: 'south',
  }),
];
const counted = (what: string, date: string, value: number, kpi = 'sales'): RecordedSeries => ({
  kpi,
  dims: { what },
  times: [day(date)],
  values: [value],
});

test('a KPI without a word about quality is held to all rules, and 100 where it keeps them', () => {
  const { points } = assess({ kpis: { sales: SALES }, series: { sales: [daily('2026-01-01', '2026-06-10', noisy)] } });
  expect(points.map(({ score }) => score)).toEqual(Array(9).fill(100));
  expect(points[0]!.shares).toEqual({
    ...{ completeness: 1, freshness: 1, type: 1, range: 1, uniqueness: 1, jump: 1 },
    reconciliation: null,
  });
});

test('a region that is missing costs its share of completeness, and says so', () => {
  const { on, texts } = assess({ kpis: { sales: BY_REGION }, series: { sales: regions('2026-06-05') } });
  expect(on('2026-06-05')).toMatchObject({ completeness: 0.5 });
  expect(texts('2026-06-05')).toEqual(['completeness: 50.0 % of its values are missing']);
  expect(on('2026-06-04')!.score).toBe(100);
});

test('a day is scored once its value was expected, and is 0 while nothing came', () => {
  const series = { sales: [daily('2026-01-01', '2026-06-08', noisy)] };
  const before = assess({ kpis: { sales: SALES }, series, asOf: day('2026-06-09') + 5 * 3_600_000 });
  expect(before.points.at(-1)!.start).toBe(day('2026-06-07'));
  const after = assess({ kpis: { sales: SALES }, series, asOf: day('2026-06-09') + 8 * 3_600_000 });
  expect(after.on('2026-06-08')).toMatchObject({ score: 0, late: 2 });
  expect(after.texts('2026-06-08')).toEqual(['completeness: no value has arrived', 'freshness: overdue by 2 hours']);
});

test('what was noted when values came counts on the day that it is about: late, refused, twice', () => {
  const { on, texts } = assess({
    kpis: { sales: BY_REGION },
    series: { sales: regions() },
    recorded: [
      counted('late', '2026-06-02', 12),
      counted('RECORD_VALUE', '2026-06-03', 2),
      counted('RECORD_DUPLICATE', '2026-06-04', 1),
      counted('RECORD_RANGE', '2026-06-05', 2),
      counted('score', '2026-06-06', 3),
    ],
  });
  expect(on('2026-06-02')!.shares.freshness).toBe(0.5);
  expect(texts('2026-06-02')).toEqual(['freshness: came 12 hours late']);
  expect(on('2026-06-03')!.shares.type).toBe(0.5);
  expect(texts('2026-06-03')).toEqual(['type: 2 records refused: the value of a record is not a number']);
  expect(on('2026-06-04')!.shares.uniqueness).toBeCloseTo(2 / 3);
  expect(on('2026-06-05')!.shares.range).toBe(0.5);
  expect(on('2026-06-06')!.score).toBe(100);
});

test('a stored value beyond what is plausible counts, by the part that it is of', () => {
  const kpis = { sales: `${BY_REGION}\nvalid: { min: 0 }\nquality: { range: { max: 150 } }` };
  const [north, south] = regions();
  const odd = daily('2026-01-01', '2026-06-10', (date, i) => (date === day('2026-06-05') ? 160 : noisy(date, i)));
  const { on, texts } = assess({ kpis, series: { sales: [north!, { ...odd, dims: south!.dims }] } });
  expect(on('2026-06-05')!.shares.range).toBe(0.5);
  expect(texts('2026-06-05')[0]).toBe('range: 1 stored value lies outside of what is plausible');
  expect(on('2026-06-04')!.shares.range).toBe(1);
});

test('a total that does not agree with its parts is said with both numbers, once a day of the period', () => {
  const kpis = {
    total: `${SALES}\ndecimals: 0\nquality: { reconcile: { with: north + south, tolerance: "1 %", at: day } }`,
    north: `role: measure\n${SALES}`,
    south: `role: measure\n${SALES}`,
  };
  const flat = (value: number, odd = value) =>
    daily('2026-01-01', '2026-06-10', (date) => (date === day('2026-06-05') ? odd : value));
  const { on, texts } = assess({
    kpis,
    series: { total: [flat(300, 330)], north: [flat(100)], south: [flat(201)] },
  });
  expect(on('2026-06-04')!.shares.reconciliation).toBe(1);
  expect(on('2026-06-05')!.shares.reconciliation).toBe(0);
  expect(texts('2026-06-05')).toContain('reconciliation: 330, but north + south is 301 (+29)');
});

test('a ratio is as complete, and as well fed, as what it is made of', () => {
  const { on, texts } = assess({
    kpis: {
      margin: 'kind: ratio\nunit: percent\nformula: profit / sales * 100\njudge: { at: day }',
      sales: SALES,
      profit: SALES,
    },
    series: {
      sales: [daily('2026-01-01', '2026-06-10', noisy)],
      profit: [
        daily('2026-01-01', '2026-06-10', (date, i) => (date === day('2026-06-05') ? null : noisy(date, i) / 4)),
      ],
    },
    recorded: [counted('RECORD_VALUE', '2026-06-05', 1, 'profit')],
  });
  expect(on('2026-06-05')).toMatchObject({ value: null, completeness: 0 });
  expect(texts('2026-06-05').map((text) => text.split(':')[0])).toEqual(['completeness', 'freshness', 'type']);
});

test('days off are not missed where the KPI says so, and rules of no weight are left out', () => {
  const worked = daily('2026-01-01', '2026-06-10', (date, i) => (calendar.isWorkingDay(date) ? noisy(date, i) : null));
  const dates = ({ points }: { points: QualityPoint[] }) => points.map(({ start }) => new Date(start).getUTCDate());
  const all = assess({ kpis: { sales: SALES }, series: { sales: [worked] } });
  expect(all.on('2026-06-06')!.score).toBe(0);
  const kpis = { sales: `${SALES}\nquality: { days: working, weights: { freshness: 0 } }` };
  const working = assess({ kpis, series: { sales: [worked] }, recorded: [counted('late', '2026-06-02', 24)] });
  expect(dates(working)).toEqual([1, 2, 3, 4, 5, 8, 9]);
  expect(working.on('2026-06-02')!.score).toBe(100);
});

test('a month is scored as a whole, on the day that it begins', () => {
  const monthly = {
    dims: {},
    times: ['2026-01-01', '2026-02-01', '2026-03-01', '2026-05-01'].map(day),
    values: [1, 2, 3, 4],
  };
  const kpis = { brand: 'kind: ratio\ngrain: month\nsource: { kind: demo, expected_by: "period_end + 5 days" }' };
  const { points } = assess({ kpis, series: { brand: [monthly] }, from: '2026-01-01' });
  expect(points.map(({ score }) => score)).toEqual([100, 100, 100, 0, 100]);
});

test('a window that has not filled yet misses nothing', () => {
  const kpis = { growth: 'kind: ratio\nformula: sales / prev(sales, year)\njudge: { at: day }', sales: SALES };
  const { points } = assess({ kpis, series: { sales: [daily('2025-06-04', '2026-06-10', noisy)] } });
  expect(points[0]!.start).toBe(day('2026-06-04'));
});
