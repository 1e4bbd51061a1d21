/**
 * What happened to the demo company that a good analysis should find. Every event lies on the same civil dates in each
 * year, or each second year, that it happens in, so that two years of data, wherever they begin, hold most of them.
 */
import { DAY_MS, isoDate, parseIsoDate, partsOf } from '@kpi-monitor/model/time/civil';

import type { Channel, Region, Slice } from './company';
import { perDay } from './per-day';

export interface DemoEvent {
  /** id of the series that it acts on; what is computed from that series shows it too */
  series: string;
  /** civil dates, half-open [from, to) */
  from: string;
  to: string;
  /** anomaly: a few odd days; shift: another level for weeks or months */
  kind: 'anomaly' | 'shift';
  /** relative change: -0.7 leaves 30 % of the usual value (of cash flow: of the usual receipts) */
  size: number;
  /** the only slice that it acts on */
  where?: Slice;
  note: string;
}

interface Pattern extends Pick<DemoEvent, 'series' | 'kind' | 'size' | 'note'> {
  /** `MM-DD` */
  from: string;
  days: number;
  years: 'every' | 'even' | 'odd';
  region?: Region;
  channel?: Channel;
}

const PATTERNS: readonly Pattern[] = [
  pattern('revenue', 'anomaly', '03-17', 1, 'even', -0.7, 'the online shop was down for most of the day', {
    channel: 'Online',
  }),
  pattern('revenue', 'anomaly', '10-07', 2, 'odd', -0.6, 'the payment provider was down', { channel: 'Online' }),
  pattern('revenue', 'anomaly', '05-14', 2, 'every', 0.9, 'a flash sale in the online shop', { channel: 'Online' }),
  pattern('revenue', 'anomaly', '02-09', 4, 'odd', -0.75, 'a storm closed the shops', {
    region: 'West',
    channel: 'Retail',
  }),
  pattern('revenue', 'shift', '04-01', 190, 'even', -0.35, 'a distributor went over to a competitor', {
    region: 'South',
    channel: 'Partner',
  }),
  pattern('revenue', 'shift', '06-10', 120, 'odd', 0.2, 'a second distribution centre halved delivery times', {
    region: 'East',
    channel: 'Online',
  }),
  pattern('sales_marketing_cost', 'shift', '08-20', 100, 'every', 0.09, 'advertising became dearer in autumn', {}),
  pattern('sales_marketing_cost', 'anomaly', '03-02', 3, 'every', 1.1, 'a trade fair', { region: 'North' }),
  pattern('new_customers', 'anomaly', '07-12', 6, 'every', 0.8, 'a film about the product was shared widely', {
    channel: 'Online',
  }),
  pattern('satisfaction', 'anomaly', '06-20', 7, 'every', -0.1, 'a carrier was on strike', {}),
  pattern('satisfaction', 'shift', '01-15', 50, 'even', -0.05, 'the help desk moved to another provider', {}),
  pattern('satisfaction', 'shift', '09-10', 45, 'odd', -0.08, 'a new web shop confused regular customers', {
    region: 'North',
  }),
  pattern('orders_first_time_right', 'anomaly', '11-03', 9, 'odd', -0.045, 'a faulty batch had to be taken back', {}),
  pattern('orders_first_time_right', 'shift', '07-05', 55, 'even', -0.014, 'a new packing line was being run in', {}),
  pattern('standard_hours', 'anomaly', '04-21', 5, 'every', -0.1, 'the main machine stood still', {}),
  pattern('standard_hours', 'anomaly', '10-18', 3, 'even', -0.16, 'a power cut spoiled work in progress', {
    region: 'North',
  }),
  pattern('standard_hours', 'shift', '01-08', 40, 'odd', -0.035, 'new hands were being trained', {}),
  pattern('cash_flow', 'anomaly', '05-06', 10, 'odd', -0.45, 'a large customer paid late', { region: 'North' }),
];

function pattern(
  series: string,
  kind: DemoEvent['kind'],
  from: string,
  days: number,
  years: Pattern['years'],
  size: number,
  note: string,
  where: Slice
): Pattern {
  return { series, kind, from, days, years, size, note, ...where };
}

/** The events that touch the half-open [from, to) of civil dates, in order of time. */
export function demoEvents(from: number, to: number): DemoEvent[] {
  const events: DemoEvent[] = [];
  for (let year = partsOf(from).year - 1; year <= partsOf(to).year; year++) {
    for (const event of eventsOfYear(year)) {
      if (event.start * DAY_MS < to && event.end * DAY_MS > from) {
        const { series, kind, size, note, region, channel } = event.pattern;
        events.push({
          series,
          from: isoDate(event.start * DAY_MS),
          to: isoDate(event.end * DAY_MS),
          kind,
          size,
          ...((region || channel) && { where: { ...(region && { region }), ...(channel && { channel }) } }),
          note,
        });
      }
    }
  }
  return events.sort((a, b) => a.from.localeCompare(b.from));
}

/** The product of `1 + size` of all events that act on a series on a day; 1 when there are none. */
export function eventFactor(series: string, day: number, { region, channel }: Slice = {}): number {
  let factor = 1;
  for (const { pattern: its } of eventsOn(day)) {
    if (its.series === series && (!its.region || its.region === region) && (!its.channel || its.channel === channel)) {
      factor *= 1 + its.size;
    }
  }
  return factor;
}

const eventsOn = perDay((day): readonly Dated[] => {
  const { year } = partsOf(day * DAY_MS);
  // An event may reach over the turn of the year, never over two.
  return [...eventsOfYear(year - 1), ...eventsOfYear(year)].filter(({ start, end }) => day >= start && day < end);
});

interface Dated {
  pattern: Pattern;
  /** days since the epoch, half-open */
  start: number;
  end: number;
}

const years = new Map<number, Dated[]>();

function eventsOfYear(year: number): readonly Dated[] {
  let events = years.get(year);
  if (!events) {
    const parity = year % 2 === 0 ? 'even' : 'odd';
    events = PATTERNS.filter((p) => p.years === 'every' || p.years === parity).map((p) => {
      const start = parseIsoDate(`${year}-${p.from}`)! / DAY_MS;
      return { pattern: p, start, end: start + p.days };
    });
    years.set(year, events);
  }
  return events;
}
