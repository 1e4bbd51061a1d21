import { addDays, civil } from '@kpi-monitor/model/time/civil';
import type { CorrelatedKpiRow, PairRow } from '@kpi-monitor/model/query/correlation-frames';
import type { Point } from '@kpi-monitor/store/store';

import { ask, askAll, fieldOf, rowsOf } from '../../test/ask';
import { type Example, exampleCatalogue, openExample } from '../../test/company';

const kpi = (id: string, name: string) => `
id: ${id}
name: ${name}
category: customer
kind: score
judge: { at: month }
source: { kind: demo }
`;

/** The same on every run. */
function noise(n: number, seed: number): number[] {
  let x = seed;
  return Array.from({ length: n }, () => {
    x = 3.9999 * x * (1 - x);
    return x - 0.5;
  });
}

/** Calls are followed by complaints five days later; visits have nothing to do with either. */
function points(): Point[] {
  const first = civil(2025, 9, 1);
  const hang = (steps: number[]) => steps.map((_, t) => steps.slice(Math.max(0, t - 3), t + 1).reduce((a, b) => a + b));
  const [cause, other, error] = [noise(190, 0.31), noise(190, 0.57), noise(190, 0.77)].map(hang) as [
    number[],
    number[],
    number[],
  ];
  const point = (id: string, t: number, value: number): Point => ({
    kpi: id,
    v: 1,
    dims: {},
    time: addDays(first, t),
    value,
  });
  return cause.flatMap((value, t) => [
    point('calls', t, 50 + value),
    point('complaints', t, 20 - (cause[t - 5] ?? 0) + 0.3 * error[t]!),
    ...(t % 9 === 4 ? [] : [point('visits', t, 900 + other[t]!)]),
  ]);
}

let example: Example;
beforeAll(async () => {
  const catalogue = exampleCatalogue({
    'calls.yaml': kpi('calls', 'Calls'),
    'complaints.yaml': kpi('complaints', 'Complaints'),
    'visits.yaml': kpi('visits', 'Visits'),
  });
  example = await openExample({ catalogue: () => catalogue });
  await example.store.write(points());
});
afterAll(() => example.close());

const RANGE = { from: '2025-09-01T00:00:00Z', to: '2026-03-01T00:00:00Z' };
const three = { type: 'correlation', select: { kpis: ['calls', 'complaints', 'visits'] } };

describe('correlation', () => {
  it('says who moves first, by how much, and keeps silent about chance', async () => {
    const [pairs] = await ask(example.engine, three, RANGE);
    const rows = rowsOf<PairRow>(pairs!);
    expect(rows.map(({ a, b, significant }) => [a, b, significant])).toEqual([
      ['calls', 'complaints', true],
      ['calls', 'visits', false],
      ['complaints', 'visits', false],
    ]);
    expect(rows[0]).toMatchObject({ lag: 5, leader: 'calls', lagText: '5 days later', sharesInputs: false });
    expect(rows[0]!.r).toBeLessThan(-0.8);
    expect(rows[0]!.sentence).toMatch(
      /^Calls moves first: Complaints goes the other way about 5 days later, r = -0\.\d\d, very unlikely to be chance$/
    );
    expect(rows[1]!.sentence).toMatch(/^Calls and Visits: no relation beyond chance in 1\d\d days$/);
    expect(pairs!.schema.meta!.custom!.correlation).toMatchObject({
      grain: 'day',
      on: 'adjusted',
      maxLag: 28,
      pairs: 3,
      significant: 1,
    });
  });

  it('puts what moves together side by side, with the lines that were compared', async () => {
    const [, kpis, values, compared] = await ask(example.engine, { ...three, maxLag: 7 }, RANGE);
    const order = rowsOf<CorrelatedKpiRow>(kpis!).map((row) => row.kpi);
    expect(Math.abs(order.indexOf('calls') - order.indexOf('complaints'))).toBe(1);
    expect(values!.schema.fields.map((field) => field.name)).toEqual(['time', 'calls', 'complaints', 'visits']);
    expect(fieldOf(values!, 'visits').config).toMatchObject({ displayName: 'Visits' });
    expect(fieldOf(values!, 'visits').values.filter((value) => value === null).length).toBeGreaterThan(15);
    const mean = (column: unknown[]) => (column as number[]).reduce((sum, value) => sum + value, 0) / column.length;
    expect(mean(fieldOf(values!, 'calls').values)).toBeCloseTo(50, 0);
    expect(mean(fieldOf(compared!, 'calls').values)).toBeCloseTo(0, 6);
  });

  it('compares what is asked for', async () => {
    const facts = async (more: object) =>
      (await ask(example.engine, { ...three, ...more }, RANGE))[0]!.schema.meta!.custom;
    expect((await facts({ on: 'levels' }))!.correlation!.method).toMatch(
      /Two trends, or two seasons, always correlate/
    );
    expect((await facts({ on: 'changes', grain: 'week', maxLag: 2 }))!.correlation).toMatchObject({
      grain: 'week',
      maxLag: 2,
    });
  });

  it('marks what is computed from the same values', async () => {
    const select = { kpis: ['revenue', 'margin'] };
    const [pairs] = await ask(example.engine, { type: 'correlation', select, grain: 'day' }, RANGE);
    expect(rowsOf<PairRow>(pairs!)[0]).toMatchObject({ sharesInputs: true });
  });

  it('leaves out what has no such steps, and says so in one sentence', async () => {
    const select = { kpis: ['calls', 'complaints', 'satisfaction', 'awareness'] };
    const [pairs] = await ask(example.engine, { type: 'correlation', select }, RANGE);
    expect(pairs!.schema.meta!.notices!.map(({ text }) => text)).toEqual([
      'Satisfaction, Awareness have no value for each day, and are left out',
    ]);
  });

  it.each([
    ['one KPI', { select: { kpis: ['calls'] } }, {}, 'QUERY_INVALID'],
    ['too short a range', three, { from: '2026-02-20T00:00:00Z', to: '2026-02-25T00:00:00Z' }, 'QUERY_INVALID'],
    ['one number a KPI', { ...three, format: 'numeric' }, {}, 'QUERY_INVALID'],
    ['a split', { ...three, split: 'region' }, {}, 'QUERY_INVALID'],
    ['an unknown comparison', { ...three, on: 'vibes' }, {}, 'QUERY_INVALID'],
    ['a negative lag', { ...three, maxLag: -1 }, {}, 'QUERY_INVALID'],
  ])('refuses %s', async (_, query, range, code) => {
    const { A } = await askAll(example.engine, [{ v: 1, refId: 'A', ...three, ...query }], { ...RANGE, ...range });
    expect(A!.error).toMatch(new RegExp(`^${code}: .+`));
  });
});
