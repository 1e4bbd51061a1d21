/** The demo company's customers: won, kept, asked, and what they are worth. */
import { CHANNEL, type Channel, type Region } from './company';
import { campaignOf, growth, retentionOf, satisfactionOf, trendOf } from './drivers';
import { eventFactor } from './events';
import { normal, poisson, seedOf, wander } from './random';
import { cents, mixOf, ordersOf, regionPart } from './sales';
import { weekdayOf, yearFactor } from './season';

const COST_OF_SALES = 0.12;
const COST_PER_CUSTOMER = 189;
/** days from a campaign to the customers that it wins */
export const CAMPAIGN_LAG = 7;
const CUSTOMERS_2026 = 48_000;
const GROSS_MARGIN = 0.58;
const ANSWER_RATE = 0.08;

/** What a budget of a usual day would be, dollars. */
function budgetOf(day: number, region: Region, channel: Channel): number {
  const season = 1 + 0.3 * (yearFactor(day) - 1);
  return trendOf(day, region) * COST_OF_SALES * mixOf(day, region, channel) * season * campaignOf(day);
}

/** Dollars and cents. */
export function marketingCostOf(day: number, region: Region, channel: Channel): number {
  const week = weekdayOf(day) > 5 ? 0.5 : 1.2;
  const chance = 1 + 0.06 * normal(seedOf(`marketing ${region} ${channel}`), day);
  const event = eventFactor('sales_marketing_cost', day, { region, channel });
  return cents(budgetOf(day, region, channel) * week * chance * event);
}

export function newCustomersOf(day: number, region: Region, channel: Channel): number {
  const price = COST_PER_CUSTOMER * (1 + 0.015 * wander(seedOf('price of a customer'), day, 100));
  const week = weekdayOf(day) > 5 ? 1.15 : 0.94;
  const mean = (budgetOf(day - CAMPAIGN_LAG, region, channel) * week) / price;
  const event = eventFactor('new_customers', day, { region, channel });
  return poisson(mean * event, seedOf(`new customers ${region} ${channel}`), day);
}

/** Customers who are active on a day. */
export function activeCustomersOf(day: number, region: Region): number {
  const drift = 1 + 0.01 * wander(seedOf(`customers ${region}`), day, 240);
  return Math.round(CUSTOMERS_2026 * regionPart(region) * growth(day) * drift);
}

export function customersYearAgoOf(day: number, region: Region): number {
  return activeCustomersOf(day - 365, region);
}

export function customersRetainedOf(day: number, region: Region): number {
  return Math.round(customersYearAgoOf(day, region) * retentionOf(day, region));
}

/** Mean answer (1–5) and number of answers of a day. */
export function surveyOf(day: number, region: Region, channel: Channel): { value: number; weight: number } {
  const seed = seedOf(`survey ${region} ${channel}`);
  const weight = Math.max(1, poisson(ordersOf(day, region, channel) * ANSWER_RATE, seed, day));
  const mean = satisfactionOf(day, region) + CHANNEL[channel].satisfaction;
  const value = mean + (0.7 / Math.sqrt(weight)) * normal(seed ^ 1, day);
  return { value: Math.round(Math.min(5, Math.max(1, value)) * 100) / 100, weight };
}

/** Gross margin per customer and month over the monthly share of customers who leave, at the end of a month. */
export function lifetimeValueOf(lastDay: number, region: Region): { value: number; weight: number } {
  const customers = activeCustomersOf(lastDay, region);
  const grossMargin = (trendOf(lastDay, region) * 30.4 * GROSS_MARGIN) / customers;
  let retention = 0;
  for (let back = 0; back < 28; back++) {
    retention += retentionOf(lastDay - back, region) / 28;
  }
  const leaving = 1 - Math.pow(retention, 1 / 12);
  return { value: cents(grossMargin / leaving), weight: customers };
}
