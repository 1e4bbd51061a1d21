import { addDays } from '../time/civil';
import { createCalendar } from '../time/calendar';
import { catalogueOf, day, statusRow } from '../../test/build';
import type { KpiSeries } from '../aggregation/steps';

import { landingOf } from './outlook';

/** mulberry32: the same months on every machine. */
function random(seed: number): () => number {
  let a = seed;
  return () => {
    a = (a + 0x6d2b79f5) | 0;
    let t = Math.imul(a ^ (a >>> 15), 1 | a);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}

const TARGET = 1_000_000;
const calendar = createCalendar({ holidays: 'US' });

/** Days of a month that add up to the target exactly: working days only, 20 % noise, the last three days threefold. */
function monthOnTarget(start: number, next: () => number): Array<[number, number]> {
  const end = Date.UTC(new Date(start).getUTCFullYear(), new Date(start).getUTCMonth() + 1, 1);
  const days: number[] = [];
  for (let date = start; date < end; date = addDays(date, 1)) {
    if (calendar.isWorkingDay(date)) {
      days.push(date);
    }
  }
  const raw = days.map((_, i) => (i >= days.length - 3 ? 3 : 1) * (1 + 0.2 * gauss(next)));
  const sum = raw.reduce((a, b) => a + b, 0);
  return days.map((date, i) => [date, (raw[i]! / sum) * TARGET]);
}

function gauss(next: () => number): number {
  return Math.sqrt(-2 * Math.log(1 - next())) * Math.cos(2 * Math.PI * next());
}

const catalogue = catalogueOf({
  revenue: `kind: flow
judge: { at: month }
references: [{ kind: target, value: ${TARGET} }]
thresholds: { as: percent_of_target, warning: 90, critical: 80, emergency: 70 }
source: { kind: demo, missing: zero }`,
});

/** Zeros on the days that are not worked, as the collector fills them in. */
function filled(points: Array<[number, number]>): KpiSeries {
  const known = new Map(points);
  const times: number[] = [];
  const values: number[] = [];
  for (let date = points[0]![0]; date <= points.at(-1)![0]; date = addDays(date, 1)) {
    times.push(date);
    values.push(known.get(date) ?? 0);
  }
  return { dims: {}, times, values };
}

describe('the outlook', () => {
  it('raises a false alarm in at most 10 % of months that land on target', () => {
    const months = 1000;
    let withAlarm = 0;
    for (let seed = 0; seed < months; seed++) {
      const next = random(seed);
      const past = Array.from({ length: 15 }, (_, i) => monthOnTarget(Date.UTC(2024, i, 1), next)).flat();
      const open = monthOnTarget(day('2025-04-01'), next);
      const series = filled([...past, ...open]);
      // Looked at on every other day of the month: an alarm on any of them counts.
      const isFalse = Array.from({ length: 15 }, (_, i) => 2 * i + 2).some((date) => {
        const row = statusRow(catalogue, {
          kpi: 'revenue',
          asOf: day(`2025-04-${String(date).padStart(2, '0')}`) + 9 * 3_600_000,
          series: { revenue: [series] },
          calendar,
        });
        expect(row.paceBasis).toBe('usual course');
        return row.outlook !== 'on_pace';
      });
      withAlarm += isFalse ? 1 : 0;
    }
    expect(withAlarm / months).toBeLessThanOrEqual(0.1);
  });

  it('says that a month is going to be missed when it really falls behind', () => {
    const next = random(7);
    const past = Array.from({ length: 15 }, (_, i) => monthOnTarget(Date.UTC(2024, i, 1), next)).flat();
    const open = monthOnTarget(day('2025-04-01'), next).map(([date, value]): [number, number] => [date, value * 0.6]);
    const row = statusRow(catalogue, {
      kpi: 'revenue',
      asOf: day('2025-04-22'),
      series: { revenue: [filled([...past, ...open])] },
      calendar,
    });
    expect(row.outlook).toBe('likely_miss');
    expect(row.outlookText).toBe('April likely miss');
    expect(row.landing!).toBeLessThan(800_000);
  });

  it('is on pace at the very start of a period, before anything has come in', () => {
    const next = random(3);
    const past = Array.from({ length: 15 }, (_, i) => monthOnTarget(Date.UTC(2024, i, 1), next)).flat();
    const row = statusRow(catalogue, {
      kpi: 'revenue',
      asOf: day('2025-04-01') + 1000,
      series: { revenue: [filled(past)] },
      calendar,
    });
    expect(row.outlook).toBe('on_pace');
    expect(row.landing).toBeCloseTo(TARGET, 6);
  });

  it('names working days as its basis while there are fewer than twelve periods', () => {
    const next = random(4);
    const past = Array.from({ length: 5 }, (_, i) => monthOnTarget(Date.UTC(2024, 10 + i, 1), next)).flat();
    const row = statusRow(catalogue, {
      kpi: 'revenue',
      asOf: day('2025-04-10'),
      series: { revenue: [filled(past.concat(monthOnTarget(day('2025-04-01'), next)))] },
      calendar,
    });
    expect(row.paceBasis).toBe('working days');
  });
});

describe('the landing', () => {
  it('is the plan at the start and what came in at the end', () => {
    expect(landingOf({ soFar: null, plan: 100, expected: 0, addsUp: true })).toBe(100);
    expect(landingOf({ soFar: 83, plan: 100, expected: 1, addsUp: true })).toBe(83);
  });

  it('trusts the run rate by half where a quarter is expected', () => {
    // 20 of 25 planned: run rate 0.8, remainder 75, w = 0.25 / 0.5
    expect(landingOf({ soFar: 20, plan: 100, expected: 0.25, addsUp: true })).toBeCloseTo(20 + 75 * 0.9, 12);
  });

  it('is unknown without a plan', () => {
    expect(landingOf({ soFar: 5, plan: null, expected: 0.5, addsUp: true })).toBeNull();
  });
});
