/** The series that the demo company offers, each with its step, its dimensions, and how its running day looks. */
import type { Channel, Region, Slice } from './company';
import {
  customersRetainedOf,
  customersYearAgoOf,
  lifetimeValueOf,
  marketingCostOf,
  newCustomersOf,
  surveyOf,
} from './customers';
import { cashFlowOf, investedCapitalOf, profitAfterTaxOf } from './finance';
import { brandRecognitionOf, competitiveIndexOf, marketSizeOf } from './market';
import { cents, newProductRevenueOf, ordersOf, profitOf, revenueOf, rightOrdersOf } from './sales';
import { hoursPaidOf, staffOf, standardHoursOf } from './work';

export interface DemoValue {
  value: number;
  weight?: number;
}

export interface DemoSeries {
  grain: 'day' | 'month' | 'quarter';
  dimensions: ReadonlyArray<keyof Slice>;
  /**
   * The finished period from `start` to `end` (days since the epoch, half-open); null when the source has no row.
   * For a day it is asked with the share of the day's business that is done, 0–1.
   */
  value(period: { start: number; end: number; done: number }, slice: Slice): DemoValue | null;
}

type Pair = (day: number, region: Region, channel: Channel) => number;
type ByRegion = (day: number, region: Region) => number;
const BOTH = ['region', 'channel'] as const;
const REGION_ONLY = ['region'] as const;

/** Money of a day that grows as the day goes. */
const money = (of: Pair): DemoSeries => ({
  grain: 'day',
  dimensions: BOTH,
  value: ({ start, done }, { region, channel }) => ({ value: cents(of(start, region!, channel!) * done) }),
});

/** Things counted. */
const count = (of: Pair): DemoSeries => ({
  grain: 'day',
  dimensions: BOTH,
  value: ({ start, done }, { region, channel }) => ({ value: Math.floor(of(start, region!, channel!) * done) }),
});

/** Things counted by a register that knows only what was: where there was none, there is no row. */
const occurrences = (of: Pair): DemoSeries => ({
  grain: 'day',
  dimensions: BOTH,
  value: ({ start, done }, { region, channel }) => {
    const value = Math.floor(of(start, region!, channel!) * done);
    return value > 0 ? { value } : null;
  },
});

const regional = (of: ByRegion, isFlow: boolean): DemoSeries => ({
  grain: 'day',
  dimensions: REGION_ONLY,
  value: ({ start, done }, { region }) => ({ value: cents(of(start, region!) * (isFlow ? done : 1)) }),
});

const survey: DemoSeries = {
  grain: 'day',
  dimensions: BOTH,
  value: ({ start, done }, { region, channel }) => {
    const { value, weight } = surveyOf(start, region!, channel!);
    const answers = Math.floor(weight * done);
    return answers > 0 ? { value, weight: answers } : null;
  },
};

export const DEMO_SERIES: Readonly<Record<string, DemoSeries>> = {
  revenue: money(revenueOf),
  operating_profit: money(profitOf),
  new_product_revenue: money(newProductRevenueOf),
  sales_marketing_cost: money(marketingCostOf),
  new_customers: occurrences(newCustomersOf),
  orders_completed: count(ordersOf),
  orders_first_time_right: count(rightOrdersOf),
  satisfaction: survey,
  cash_flow: regional(cashFlowOf, true),
  customers_year_ago: regional(customersYearAgoOf, false),
  customers_retained: regional(customersRetainedOf, false),
  standard_hours: regional(standardHoursOf, true),
  hours_paid: regional(hoursPaidOf, true),
  lifetime_value: {
    grain: 'month',
    dimensions: REGION_ONLY,
    value: ({ end }, { region }) => lifetimeValueOf(end - 1, region!),
  },
  profit_after_tax: { grain: 'month', dimensions: [], value: ({ start }) => ({ value: profitAfterTaxOf(start) }) },
  invested_capital: { grain: 'month', dimensions: [], value: ({ end }) => ({ value: investedCapitalOf(end - 1) }) },
  market_size: {
    grain: 'month',
    dimensions: REGION_ONLY,
    value: ({ start }, { region }) => ({ value: marketSizeOf(start, region!) }),
  },
  full_time_equivalents: {
    grain: 'month',
    dimensions: REGION_ONLY,
    value: ({ end }, { region }) => ({ value: staffOf(end - 1, region!) }),
  },
  competitive_index: {
    grain: 'quarter',
    dimensions: REGION_ONLY,
    value: ({ start }, { region }) => competitiveIndexOf(start, region!),
  },
  brand_recognition: {
    grain: 'quarter',
    dimensions: REGION_ONLY,
    value: ({ start }, { region }) => brandRecognitionOf(start, region!),
  },
};
