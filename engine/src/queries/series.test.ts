import { isoDate } from '@kpi-monitor/model/time/civil';

import { ask, askAll, fieldOf, rowsOf } from '../../test/ask';
import { type Example, exampleCatalogue, openExample } from '../../test/company';
import { expectGolden } from '../../test/golden';

let example: Example;
beforeAll(async () => {
  example = await openExample();
});
afterAll(() => example.close());

const revenue = { type: 'series', select: { kpis: ['revenue'] } };
const dates = (values: unknown[]) => (values as number[]).map(isoDate);

describe('series', () => {
  it('widens the range to whole periods, adds up regions and days, and marks the running month', async () => {
    const [frame] = await ask(
      example.engine,
      { ...revenue, grain: 'month' },
      { from: '2026-01-15T12:00:00Z', to: 'now' }
    );
    expect(dates(fieldOf(frame!, 'time').values)).toEqual(['2026-01-01', '2026-02-01', '2026-03-01']);
    expect(fieldOf(frame!, 'value').values).toEqual([3100, 2240, 1700]);
    expect(frame!.schema.meta!.custom!.partial!.map(isoDate)).toEqual(['2026-03-01']);
    expect(frame!.schema.meta!.notices![0]!.text).toMatch(/Revenue: the last period is still running/);
  });

  it('carries labels, unit, name and the thresholds of the judged month', async () => {
    expectGolden('series-month', await ask(example.engine, { ...revenue, grain: 'month' }, { from: 'now-3M' }));
  });

  it.each([
    ['a year of months', 'month', 'now-1y', 'time:MMM YYYY'],
    ['a few weeks, all of whose ticks would be named alike', 'month', 'now-20d', undefined],
    ['a year of days', 'day', 'now-1y', undefined],
  ])('names the months at a chart of %s, as far as that says enough', async (_, grain, from, unit) => {
    const [frame] = await ask(example.engine, { ...revenue, grain }, { from });
    expect(fieldOf(frame!, 'time').config?.unit).toBe(unit);
  });

  it.each([
    ['a finer grain', { grain: 'day' }],
    ['a coarser grain', { grain: 'quarter' }],
    ['a slice without thresholds', { grain: 'month', select: { kpis: ['revenue'], where: { region: ['East'] } } }],
    ['a choice of slices', { grain: 'month', select: { kpis: ['revenue'], where: { region: ['East', 'West'] } } }],
  ])('sends no threshold steps with %s', async (_, more) => {
    const [frame] = await ask(example.engine, { ...revenue, ...more }, { from: 'now-3M' });
    const { config } = fieldOf(frame!, 'value');
    expect(config!.color).toBeUndefined();
    expect(config!.thresholds!.steps).toEqual([{ value: -Number.MAX_VALUE, color: 'text' }]);
  });

  it('colours what is final, and keeps a running month neutral beside the same threshold lines', async () => {
    const colorOf = async (to: string) => {
      const [frame] = await ask(example.engine, { ...revenue, grain: 'month' }, { from: '2026-01-01T00:00:00Z', to });
      const { config } = fieldOf(frame!, 'value');
      return [config!.color!.mode, config!.thresholds!.steps.length, config!.custom!.thresholdsStyle];
    };
    expect(await colorOf('2026-02-28T23:59:59Z')).toEqual(['thresholds', 4, { mode: 'line' }]);
    expect(await colorOf('now')).toEqual(['fixed', 4, { mode: 'line' }]);
  });

  it('draws thresholds only where they held all along', async () => {
    const raised = `
id: revenue
name: Revenue
category: financial
kind: flow
dimensions: [region]
judge: { at: month }
references: [{ kind: target, value: 2500 }, { kind: target, value: 3000, from: 2026-02-01 }]
thresholds: { as: percent_of_target, warning: 90, critical: 80, emergency: 70 }
source: { kind: demo }
`;
    const catalogue = exampleCatalogue({ 'revenue.yaml': raised });
    const changed = await openExample({ catalogue: () => catalogue });
    const styleOf = async (from: string) => {
      const [frame] = await ask(changed.engine, { ...revenue, grain: 'month' }, { from, to: 'now' });
      const { config } = fieldOf(frame!, 'value');
      return [config!.thresholds!.steps.length, config!.custom?.thresholdsStyle];
    };
    expect(await styleOf('2026-02-01T00:00:00Z')).toEqual([4, { mode: 'line' }]);
    expect(await styleOf('2026-01-01T00:00:00Z')).toEqual([4, undefined]);
    await changed.close();
  });

  it('ends with the last settled period when that is asked for', async () => {
    const range = { from: '2026-01-01T00:00:00Z', to: 'now' };
    const [frame] = await ask(example.engine, { ...revenue, grain: 'month', basis: 'settled' }, range);
    expect(dates(fieldOf(frame!, 'time').values)).toEqual(['2026-01-01', '2026-02-01']);
    expect(fieldOf(frame!, 'value').config!.color!.mode).toBe('thresholds');
  });

  it("sends a slice's own steps, relative to its own target", async () => {
    const range = { from: '2025-12-01T00:00:00Z', to: '2026-02-28T23:59:59Z' };
    const frames = await ask(example.engine, { ...revenue, grain: 'month', split: 'region' }, range);
    expect(frames.map((frame) => fieldOf(frame, 'value').config!.displayName)).toEqual(['East', 'West']);
    expect(frames.map((frame) => fieldOf(frame, 'value').labels!.region)).toEqual(['East', 'West']);
    const west = fieldOf(frames[1]!, 'value');
    expect(west.values.slice(-2)).toEqual([60 * 31, 40 * 28]);
    const steps = west.config!.thresholds!.steps;
    expect(steps.map((step) => step.color)).toEqual(['purple', 'red', 'orange', 'green']);
    // Equality is the worse level: 90 % of 1,800 is still a warning.
    expect(steps[3]!.value).toBeGreaterThan(1620);
    expect(steps[3]!.value).toBeCloseTo(1620, 6);
  });

  it('evaluates a formula over rolled-up inputs, in each slice', async () => {
    const query = { type: 'series', select: { kpis: ['margin'] }, grain: 'quarter', split: 'region' };
    const [east, west] = await ask(example.engine, query, { from: '2026-01-01T00:00:00Z' });
    expect(fieldOf(east!, 'value').values[0]).toBeCloseTo(((0.25 * 48 + 0.125 * 28) / 76) * 100, 9);
    const sold = { full: 60 * (31 + 17), february: 40 * 28 };
    const ofWest = (0.25 * sold.full + 0.125 * sold.february) / (sold.full + sold.february);
    expect(fieldOf(west!, 'value').values[0]).toBeCloseTo(ofWest * 100, 9);
  });

  it('draws a comparison beside it, dashed and named', async () => {
    const query = { ...revenue, grain: 'month', compare: 'previous' };
    const [value, base] = await ask(example.engine, query, { from: '2026-01-01T00:00:00Z' });
    expect(value!.schema.name).toBe('Revenue');
    const field = fieldOf(base!, 'previous');
    expect(field.config).toMatchObject({
      displayName: 'Revenue, previous month',
      custom: { lineStyle: { fill: 'dash' } },
    });
    // March is running: its base is February up to the same working position, not the whole of it.
    const [december, january, february] = field.values as number[];
    expect([december, january]).toEqual([3100, 3100]);
    expect(february! % 80).toBe(0);
    expect(february).toBeLessThan(2240);
    expect(field.labels).toEqual(fieldOf(value!, 'value').labels);
  });

  it('compares with last year, the same weekday and the target', async () => {
    const last = async (more: object) => {
      const frames = await ask(example.engine, { ...revenue, ...more }, { from: '2026-02-01T00:00:00Z' });
      const field = frames[1]!.schema.fields[1]!;
      return [field.config!.displayName, frames[1]!.data.values[1]![0]];
    };
    expect(await last({ grain: 'month', compare: 'lastYear' })).toEqual(['Revenue, a year earlier', 2800]);
    expect(await last({ grain: 'day', compare: 'sameWeekday' })).toEqual(['Revenue, same weekday', 100]);
    expect(await last({ grain: 'month', compare: 'target' })).toEqual(['Revenue target', 3000]);
  });

  it('says so when there is nothing to compare with', async () => {
    const frames = await ask(example.engine, { ...revenue, grain: 'day', compare: 'target' }, { from: 'now-7d' });
    expect(frames).toHaveLength(1);
    expect(frames[0]!.schema.meta!.notices!.map((notice) => notice.text)).toContain(
      'Revenue target: there is nothing complete to compare with'
    );
  });

  it.each([
    [1000, 'day', 77],
    [60, 'week', 11],
    [5, 'month', 3],
    [1, 'quarter', 1],
  ])('fits %i points with the grain %s', async (maxDataPoints, grain, count) => {
    const [frame] = await ask(example.engine, { ...revenue, maxDataPoints }, { from: '2026-01-01T00:00:00Z' });
    expect(frame!.schema.meta!.custom!.grain).toBe(grain);
    expect(Math.abs(fieldOf(frame!, 'value').values.length - count)).toBeLessThanOrEqual(1);
  });

  it('is never finer than the KPI', async () => {
    const [frame] = await ask(
      example.engine,
      { type: 'series', select: { kpis: ['satisfaction'] } },
      { from: 'now-1y' }
    );
    expect(frame!.schema.meta!.custom!.grain).toBe('month');
    const { A } = await askAll(example.engine, [{ type: 'series', select: { kpis: ['satisfaction'] }, grain: 'day' }]);
    expect(A).toMatchObject({ status: 400, code: 'KPI_GRAIN_TOO_FINE', errorSource: 'downstream' });
  });

  it('sees nothing later than the end of the range', async () => {
    const range = { from: '2026-02-01T00:00:00Z', to: '2026-02-10T23:59:59Z' };
    const [frame] = await ask(example.engine, { ...revenue, grain: 'month' }, range);
    expect(fieldOf(frame!, 'value').values).toEqual([80 * 10]);
    expect(frame!.schema.meta!.custom!.partial).toHaveLength(1);
  });

  it('gives the last final value as a number, the newest when asked, and null for what it cannot', async () => {
    const query = { type: 'series', select: { kpis: ['revenue', 'awareness'], where: { region: ['West'] } } };
    const frames = await ask(example.engine, { ...query, format: 'numeric' }, { from: 'now-6M' });
    expect(frames.map((frame) => [frame.schema.fields[0]!.labels!.kpi, frame.data.values[0]![0]])).toEqual([
      ['revenue', 40 * 28],
      ['awareness', null],
    ]);
    expect(fieldOf(frames[0]!, 'value').labels).toEqual({
      kpi: 'revenue',
      category: 'financial',
      tier: 'headline',
      owner: 'finance',
      grain: 'month',
      region: 'West',
    });
    const [current] = await ask(example.engine, { ...revenue, format: 'numeric', basis: 'current' });
    expect(current!.data.values).toEqual([[1700]]);
  });

  it('is a table when asked', async () => {
    const query = { ...revenue, format: 'table', compare: 'target' };
    const [frame] = await ask(example.engine, query, { from: '2026-02-01T00:00:00Z' });
    expect(rowsOf(frame!)).toMatchObject([
      { periodText: 'February 2026', valueText: '$2,240', comparisonText: '$3,000', life: 'settled' },
      { periodText: 'March 2026', valueText: '$1,700', life: 'open' },
    ]);
  });

  it('shows a measure to somebody who names it', async () => {
    const [frame] = await ask(example.engine, { type: 'series', select: { kpis: ['profit'] }, grain: 'month' });
    expect(fieldOf(frame!, 'value').labels).toEqual({ kpi: 'profit' });
  });
});
