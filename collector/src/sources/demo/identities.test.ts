/** What must hold between the demo company's numbers, whatever chance does to each of them. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { addDays, addMonths, civil, DAY_MS, daysInMonth } from '@kpi-monitor/model/time/civil';

import { catalogueOf } from '../../../test/catalogue';

import { CHANNELS, type Channel, type Region, REGIONS } from './company';
import {
  CAMPAIGN_LAG,
  customersRetainedOf,
  customersYearAgoOf,
  lifetimeValueOf,
  marketingCostOf,
  newCustomersOf,
  surveyOf,
} from './customers';
import { retentionOf, shareOf } from './drivers';
import { cashFlowOf, profitAfterTaxOf } from './finance';
import { brandRecognitionOf, marketSizeOf } from './market';
import { marginOf, newProductRevenueOf, ordersOf, profitOf, revenueOf, rightOrdersOf } from './sales';
import { hoursPaidOf, standardHoursOf } from './work';

const catalogue = catalogueOf('kpis');
const pairs = REGIONS.flatMap((region) => CHANNELS.map((channel): [Region, Channel] => [region, channel]));
const day = (year: number, month: number, dayOfMonth = 1) => civil(year, month, dayOfMonth) / DAY_MS;
const days = (from: number, to: number) => Array.from({ length: to - from }, (_, i) => from + i);
const twoYears = days(day(2025, 1), day(2027, 1));
const total = (over: number[], of: (day: number) => number) => over.reduce((sum, d) => sum + of(d), 0);
const company = (of: (day: number, region: Region, channel: Channel) => number) => (d: number) =>
  pairs.reduce((sum, [region, channel]) => sum + of(d, region, channel), 0);

test('profit is revenue times margin, to the cent', () => {
  const worst = Math.max(
    ...twoYears.flatMap((d) =>
      pairs.map(([region, channel]) =>
        Math.abs(profitOf(d, region, channel) - revenueOf(d, region, channel) * marginOf(d, region, channel))
      )
    )
  );
  expect(worst).toBeLessThan(0.006);
});

test("profit after tax is the year's operating profit less interest and a quarter for tax", () => {
  const starts = Array.from({ length: 12 }, (_, i) => day(2026, i + 1));
  const afterTax = starts.reduce((sum, start) => sum + profitAfterTaxOf(start), 0);
  const operating = total(days(day(2026, 1), day(2027, 1)), company(profitOf));
  expect(afterTax / (0.75 * (operating - 12 * 18_000))).toBeCloseTo(1, 2);
});

test('own sales are the share of the market, month by month within the chance of a day', () => {
  for (let month = civil(2024, 1, 1); month < civil(2027, 1, 1); month = addMonths(month, 1)) {
    const start = month / DAY_MS;
    const its = days(start, start + daysInMonth(month));
    let expected = 0;
    let usual = 0;
    for (const region of REGIONS) {
      expected += (marketSizeOf(start, region) * total(its, (d) => shareOf(d, region))) / its.length;
      usual += total(its, (d) => CHANNELS.reduce((sum, channel) => sum + revenueOf(d, region, channel), 0));
    }
    expect(usual / expected).toBeGreaterThan(0.87);
    expect(usual / expected).toBeLessThan(1.08);
  }
});

test('a customer is worth two to eight times what it costs to win one', () => {
  for (let month = civil(2024, 1, 1); month < civil(2028, 1, 1); month = addMonths(month, 1)) {
    const from = addMonths(month, -2) / DAY_MS;
    const to = addMonths(month, 1) / DAY_MS;
    const cost = total(days(from, to), company(marketingCostOf)) / total(days(from, to), company(newCustomersOf));
    const values = REGIONS.map((region) => lifetimeValueOf(to - 1, region));
    const weight = values.reduce((sum, one) => sum + one.weight, 0);
    const worth = values.reduce((sum, one) => sum + one.value * one.weight, 0) / weight;
    expect(worth / cost).toBeGreaterThan(2);
    expect(worth / cost).toBeLessThan(8);
  }
});

test('parts are never more than the whole', () => {
  const broken = twoYears.flatMap((d) => [
    ...pairs.filter(
      ([region, channel]) =>
        rightOrdersOf(d, region, channel) > ordersOf(d, region, channel) ||
        rightOrdersOf(d, region, channel) < 0 ||
        newProductRevenueOf(d, region, channel) > 0.5 * revenueOf(d, region, channel)
    ),
    ...REGIONS.filter(
      (region) =>
        customersRetainedOf(d, region) > customersYearAgoOf(d, region) ||
        standardHoursOf(d, region) > hoursPaidOf(d, region)
    ),
  ]);
  expect(broken).toEqual([]);
});

test('answers lie between 1 and 5 and say how many they were; a month has enough of them to be judged', () => {
  const answers = twoYears.flatMap((d) => pairs.map(([region, channel]) => surveyOf(d, region, channel)));
  expect(answers.every(({ value, weight }) => value >= 1 && value <= 5 && Number.isInteger(weight) && weight > 0)).toBe(
    true
  );
  const january = total(
    days(day(2026, 1), day(2026, 2)),
    company((d, r, c) => surveyOf(d, r, c).weight)
  );
  expect(january).toBeGreaterThan(catalogue.byId.get('satisfaction')!.judge.min_observations!);
});

test('brand recognition is a per cent of people asked', () => {
  for (const region of REGIONS) {
    const { value, weight } = brandRecognitionOf(day(2026, 4), region);
    expect(value).toBeGreaterThan(40);
    expect(value).toBeLessThan(75);
    expect(weight).toBeGreaterThan(300);
  }
});

test("a year's revenue is within 5 % of its target, in any year that has one", () => {
  const targets = catalogue.byId
    .get('revenue')!
    .references.filter(
      (r): r is Kpi['references'][number] & { year: number } => r.kind === 'target' && r.year !== undefined
    );
  expect(targets.length).toBeGreaterThan(10);
  // Every third year, since a year takes a while to make.
  for (const { year, total: target } of targets.filter((_, i) => i % 3 === 0)) {
    const revenue = total(days(day(year, 1), day(year + 1, 1)), company(revenueOf));
    expect(Math.abs(revenue / target! - 1)).toBeLessThan(0.05);
  }
});

test('cash flow keeps near half a million a quarter, and single days are below zero', () => {
  const flow = (d: number) => REGIONS.reduce((sum, region) => sum + cashFlowOf(d, region), 0);
  for (let quarter = civil(2024, 1, 1); quarter < civil(2028, 1, 1); quarter = addMonths(quarter, 3)) {
    const sum = total(days(quarter / DAY_MS, addMonths(quarter, 3) / DAY_MS), flow);
    expect(sum).toBeGreaterThan(250_000);
    expect(sum).toBeLessThan(900_000);
  }
  expect(twoYears.filter((d) => flow(d) < 0).length).toBeGreaterThan(50);
});

test('satisfaction leads retention by about two weeks', () => {
  const survey = twoYears.map((d) => {
    const answers = pairs.map(([region, channel]) => surveyOf(d, region, channel));
    return answers.reduce((sum, a) => sum + a.value * a.weight, 0) / answers.reduce((sum, a) => sum + a.weight, 0);
  });
  const retention = twoYears.map((d) => total([d], () => REGIONS.reduce((s, region) => s + retentionOf(d, region), 0)));
  expect(bestLag(survey, retention)).toBeGreaterThanOrEqual(11);
  expect(bestLag(survey, retention)).toBeLessThanOrEqual(17);
});

test('marketing wins its customers a week later', () => {
  const monday = twoYears.filter((d) => new Date(addDays(0, d)).getUTCDay() === 1);
  const week = (of: (d: number) => number) => monday.map((d) => total(days(d, d + 7), of));
  const cost = week(company(marketingCostOf));
  expect(CAMPAIGN_LAG).toBe(7);
  expect(correlation(cost.slice(0, -1), week(company(newCustomersOf)).slice(1))).toBeGreaterThan(0.5);
});

function bestLag(leader: number[], follower: number[]): number {
  const lags = Array.from({ length: 41 }, (_, i) => i - 10);
  const at = lags.map((lag) =>
    lag >= 0
      ? correlation(leader.slice(0, leader.length - lag), follower.slice(lag))
      : correlation(leader.slice(-lag), follower.slice(0, lag))
  );
  return lags[at.indexOf(Math.max(...at))]!;
}

function correlation(a: number[], b: number[]): number {
  const mean = (x: number[]) => x.reduce((sum, v) => sum + v, 0) / x.length;
  const [ma, mb] = [mean(a), mean(b)];
  const cov = mean(a.map((v, i) => (v - ma) * (b[i]! - mb)));
  return cov / Math.sqrt(mean(a.map((v) => (v - ma) ** 2)) * mean(b.map((v) => (v - mb) ** 2)));
}
