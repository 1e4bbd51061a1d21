/** Sales of a day: revenue, profit, orders and what is new among them. */
import { CHANNEL, type Channel, CHANNELS, REGION, type Region } from './company';
import { marketOf, shareOf } from './drivers';
import { eventFactor } from './events';
import { normal, poisson, seedOf, wander } from './random';
import { dayFactor } from './season';

/** The part of a region's usual sales that comes through a channel; the three add up to 1. */
export function mixOf(day: number, region: Region, channel: Channel): number {
  const weight = (c: Channel) => CHANNEL[c].mix * (1 + 0.05 * wander(seedOf(`mix ${region} ${c}`), day, 150));
  return weight(channel) / CHANNELS.reduce((sum, c) => sum + weight(c), 0);
}

/** Dollars and cents. */
export function revenueOf(day: number, region: Region, channel: Channel): number {
  const usual = marketOf(day, region) * shareOf(day, region) * mixOf(day, region, channel) * dayFactor(day, channel);
  const chance = 1 + 0.08 * normal(seedOf(`revenue ${region} ${channel}`), day);
  return cents(usual * chance * eventFactor('revenue', day, { region, channel }));
}

/** Operating profit over revenue, 0–1. */
export function marginOf(day: number, region: Region, channel: Channel): number {
  const slow = 0.012 * wander(seedOf('margin'), day, 110) + 0.008 * wander(seedOf(`margin ${region}`), day, 40);
  return 0.243 + CHANNEL[channel].margin + slow + 0.006 * normal(seedOf(`margin ${region} ${channel}`), day);
}

export function profitOf(day: number, region: Region, channel: Channel): number {
  return cents(revenueOf(day, region, channel) * marginOf(day, region, channel));
}

/** Revenue of products launched within the last 36 months, dollars and cents. */
export function newProductRevenueOf(day: number, region: Region, channel: Channel): number {
  const share = 0.222 + CHANNEL[channel].newProducts + 0.014 * wander(seedOf('new products'), day, 170);
  const chance = 1 + 0.05 * normal(seedOf(`new products ${region} ${channel}`), day);
  return cents(revenueOf(day, region, channel) * share * chance);
}

export function ordersOf(day: number, region: Region, channel: Channel): number {
  const chance = 1 + 0.03 * normal(seedOf(`order value ${region} ${channel}`), day);
  return Math.round(revenueOf(day, region, channel) / (CHANNEL[channel].orderValue * chance));
}

/** Of the orders, those without rework, return or complaint. */
export function rightOrdersOf(day: number, region: Region, channel: Channel): number {
  const usual = 0.979 + 0.0035 * wander(seedOf('quality'), day, 60) + 0.002 * wander(seedOf(`q ${region}`), day, 45);
  const rate = Math.min(1, usual * eventFactor('orders_first_time_right', day, { region, channel }));
  const orders = ordersOf(day, region, channel);
  return Math.max(0, orders - poisson(orders * (1 - rate), seedOf(`defects ${region} ${channel}`), day));
}

/** The region's part of the company's usual sales, 0–1. */
export function regionPart(region: Region): number {
  const sales = (r: Region) => REGION[r].market * REGION[r].share;
  const regions = Object.keys(REGION) as Region[];
  return sales(region) / regions.reduce((sum, r) => sum + sales(r), 0);
}

export function cents(amount: number): number {
  return Math.round(amount * 100) / 100;
}
