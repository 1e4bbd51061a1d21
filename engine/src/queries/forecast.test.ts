import type { RiskRow } from '@kpi-monitor/model/query/forecast-frames';
import type { StatusRow } from '@kpi-monitor/model/query/frames';
import { addDays, civil } from '@kpi-monitor/model/time/civil';
import type { Point } from '@kpi-monitor/store/store';

import { ask, fieldOf, rowsOf } from '../../test/ask';
import { type Example, exampleCatalogue, openExample } from '../../test/company';

const FILES = {
  'orders.yaml': `
id: orders
name: Orders
category: customer
kind: flow
judge: { at: month }
references: [{ kind: target, value: 3800 }]
thresholds: { as: percent_of_target, warning: 95, critical: 90 }
source: { kind: demo }
`,
  'newcomer.yaml': `
id: newcomer
name: Newcomer
category: customer
kind: flow
judge: { at: month }
source: { kind: demo }
`,
};

/** 120 on weekdays and 60 at weekends and some, less 10 since 1 March. */
function ordersOn(day: number): number {
  const weekday = new Date(day).getUTCDay();
  const some = 20 * Math.abs(Math.sin(day / 1e8));
  return (weekday === 0 || weekday === 6 ? 60 : 120) + some - (day >= civil(2026, 3, 1) ? 10 : 0);
}

function ordersIn(from: number, to: number): number {
  let sum = 0;
  for (let day = from; day < to; day = addDays(day, 1)) {
    sum += ordersOn(day);
  }
  return sum;
}

/** Orders of 14 months; a newcomer of five days. */
function points(): Point[] {
  const found: Point[] = [];
  for (let day = civil(2025, 1, 1); day < civil(2026, 3, 18); day = addDays(day, 1)) {
    found.push({ kpi: 'orders', v: 1, dims: {}, time: day, value: ordersOn(day) });
  }
  for (let day = civil(2026, 3, 13); day < civil(2026, 3, 18); day = addDays(day, 1)) {
    found.push({ kpi: 'newcomer', v: 1, dims: {}, time: day, value: 5 });
  }
  return found;
}

let example: Example;
beforeAll(async () => {
  const catalogue = exampleCatalogue(FILES);
  example = await openExample({ catalogue: () => catalogue });
  await example.store.write(points());
});
afterAll(() => example.close());

const range = { from: String(Date.UTC(2026, 0, 1)), to: String(Date.UTC(2026, 2, 18, 9, 30)) };

describe('forecast', () => {
  it('goes on where the values end, day by day', async () => {
    const [frame] = await ask(
      example.engine,
      { type: 'forecast', select: { kpis: ['orders'] }, grain: 'day', horizon: 14 },
      range
    );
    const times = fieldOf(frame!, 'time').values as number[];
    const forecast = fieldOf(frame!, 'forecast').values as Array<number | null>;
    expect(times.at(-1)).toBe(civil(2026, 4, 1));
    expect(times.filter((time) => time > civil(2026, 3, 18))).toHaveLength(14);
    times.forEach((time, i) => {
      const weekday = new Date(time).getUTCDay();
      if (time < civil(2026, 3, 18)) {
        expect(forecast[i]).toBeNull();
      } else {
        const usual = (weekday === 0 || weekday === 6 ? 60 : 120) + 3;
        expect(Math.abs(forecast[i]! - usual)).toBeLessThan(14);
      }
    });
    const facts = frame!.schema.meta!.custom!.forecast!;
    expect(facts).toMatchObject({ state: 'ready', now: civil(2026, 3, 18), season: 7, sense: 'bad' });
    expect(facts.models.length).toBeGreaterThan(0);
    expect(facts.backTest!.relativeToNaive).toBeLessThan(1);
  });

  it('lands the open month on what came in and what is expected', async () => {
    const [frame] = await ask(
      example.engine,
      { type: 'forecast', select: { kpis: ['orders'] }, grain: 'month' },
      range
    );
    const times = fieldOf(frame!, 'time').values as number[];
    const at = times.indexOf(civil(2026, 3, 1));
    const truth = ordersIn(civil(2026, 3, 1), civil(2026, 4, 1));
    expect(fieldOf(frame!, 'forecast').values[at]).toBeGreaterThan(truth - 100);
    expect(fieldOf(frame!, 'forecast').values[at]).toBeLessThan(truth + 100);
    const lower = fieldOf(frame!, 'lower90').values as number[];
    const upper = fieldOf(frame!, 'upper90').values as number[];
    expect(lower[at]).toBeLessThan(truth + 1);
    expect(upper[at]! - lower[at]!).toBeLessThan(0.25 * (upper[at + 1]! - lower[at + 1]!) + 400);
    expect(fieldOf(frame!, 'target').values[at]).toBe(3800);
    expect(fieldOf(frame!, 'value').values[at + 1]).toBeNull();
  });

  it('says politely what is missing', async () => {
    const [frame] = await ask(
      example.engine,
      { type: 'forecast', select: { kpis: ['newcomer'] }, grain: 'day' },
      range
    );
    const facts = frame!.schema.meta!.custom!.forecast!;
    expect(facts.state).toBe('refused');
    expect(facts.text).toBe('a forecast needs 12 days of history: 7 days more');
    expect(fieldOf(frame!, 'value').values).toContain(5);
  });

  it('is not a table', async () => {
    await expect(ask(example.engine, { type: 'forecast', format: 'table' }, range)).rejects.toThrow('forecastRisk');
  });
});

describe('forecastRisk', () => {
  it('tells how likely targets are missed, worst first', async () => {
    const [row, ...rest] = rowsOf<RiskRow>((await ask(example.engine, { type: 'forecastRisk' }, range))[0]!);
    expect(row).toMatchObject({
      kpi: 'orders',
      state: 'ready',
      target: 3800,
      periodText: 'March 2026',
      expectedLevel: 2,
    });
    expect(row!.missProbability).toBeGreaterThan(95);
    expect(row!.daysToBreach).toBe(14);
    expect(row!.sentence).toMatch(/likely to miss March's target, by about \d+0$/);
    expect(row!.shortfallText).toMatch(/^\d+0 short$/);
    expect(rest.find(({ kpi }) => kpi === 'revenue')).toMatchObject({ missProbability: expect.any(Number) });
    expect(rest.find(({ kpi }) => kpi === 'newcomer')).toMatchObject({ state: 'refused', missProbability: null });
  });

  it('is one number a KPI for alert rules, null where it is not known', async () => {
    const frames = await ask(
      example.engine,
      { type: 'forecastRisk', format: 'numeric', select: { kpis: ['orders', 'newcomer'] } },
      range
    );
    const byKpi = new Map(frames.map((frame) => [frame.schema.fields[0]!.labels!.kpi, frame.data.values[0]![0]]));
    expect(byKpi.get('orders')).toBeGreaterThan(95);
    expect(byKpi.get('newcomer')).toBeNull();
    const [days] = await ask(
      example.engine,
      { type: 'forecastRisk', format: 'numeric', measure: 'daysToBreach', select: { kpis: ['orders'] } },
      range
    );
    expect(days!.data.values[0]).toEqual([14]);
  });

  it('is as it was known at the end of the asked range', async () => {
    const early = { ...range, to: String(Date.UTC(2026, 1, 10, 12)) };
    const [row] = rowsOf<RiskRow>(
      (await ask(example.engine, { type: 'forecastRisk', select: { kpis: ['orders'] } }, early))[0]!
    );
    expect(row!.periodText).toBe('February 2026');
    expect(Math.abs(row!.expected! - ordersIn(civil(2026, 2, 1), civil(2026, 3, 1)))).toBeLessThan(120);
  });

  it('has a risk for each slice', async () => {
    const rows = rowsOf<RiskRow>(
      (await ask(example.engine, { type: 'forecastRisk', select: { kpis: ['revenue'] }, split: 'region' }, range))[0]!
    );
    expect(rows.map(({ slice }) => slice).sort()).toEqual(['East', 'West']);
    expect(rows.find(({ slice }) => slice === 'West')!.target).toBe(1800);
  });
});

describe('the outlook of a card', () => {
  it('is that of the forecast once it has proven better than the pace', async () => {
    const status = async () =>
      rowsOf<StatusRow>((await ask(example.engine, { type: 'status', select: { kpis: ['orders'] } }, range))[0]!)[0]!;
    expect(await status()).toMatchObject({ paceBasis: 'usual course' });
    expect(await example.engine.foresee()).toBeGreaterThan(2);
    const row = await status();
    expect(row.paceBasis).toBe('forecast');
    expect(Math.abs(row.landing! - ordersIn(civil(2026, 3, 1), civil(2026, 4, 1)))).toBeLessThan(100);
    const june = { ...range, to: String(Date.UTC(2026, 1, 10, 12)) };
    const past = rowsOf<StatusRow>(
      (await ask(example.engine, { type: 'status', select: { kpis: ['orders'] } }, june))[0]!
    );
    expect(past[0]!.paceBasis).not.toBe('forecast');
  });
});
