import type { BinRow, GroupRow, StatisticRow } from '@kpi-monitor/model/query/analysis-frames';
import { addDays, civil } from '@kpi-monitor/model/time/civil';

import { ask, askAll, fieldOf, rowsOf } from '../../test/ask';
import { type Example, exampleCatalogue, openExample } from '../../test/company';

const FILES = {
  'visits.yaml': `
id: visits
name: Visits
category: customer
kind: flow
judge: { at: month }
source: { kind: demo }
`,
  'orders.yaml': `
id: orders
name: Orders
category: customer
kind: flow
grain: month
judge: { at: month }
references: [{ kind: target, year: 2025, total: 1200, phasing: [.1,.1,.1,.05,.05,.1,.1,.1,.1,.1,.05,.05] }]
thresholds: { as: percent_of_target, warning: 90 }
source: { kind: demo }
`,
  'silent.yaml': `
id: silent
name: Silent
category: customer
kind: flow
source: { kind: demo }
`,
};

/** 100 and some on weekdays, half of it on Sundays, and ten more each hundred days; one day 900. */
function visitsOn(t: number, day: number): number {
  const isSunday = new Date(day).getUTCDay() === 0;
  return t === 200 ? 900 : (isSunday ? 50 : 100) + 0.1 * t + 6 * Math.sin(t * t * 1.7);
}

let example: Example;
beforeAll(async () => {
  const catalogue = exampleCatalogue(FILES);
  example = await openExample({ catalogue: () => catalogue });
  await example.store.write(
    Array.from({ length: 441 }, (_, t) => {
      const time = addDays(civil(2025, 1, 1), t);
      return { kpi: 'visits', v: 1, dims: {}, time, value: visitsOn(t, time) };
    })
  );
  await example.store.write(
    [3, 4, 5, 6].map((month) => ({ kpi: 'orders', v: 1, dims: {}, time: civil(2025, month, 1), value: 100 }))
  );
});
afterAll(() => example.close());

const SINCE_2025 = { from: String(Date.UTC(2025, 0, 1)), to: String(Date.UTC(2026, 2, 18, 9, 30)) };
const query = (kpi: string, more: object = {}) => ({ type: 'distribution', select: { kpis: [kpi] }, ...more });
const tables = async (kpi: string, more: object = {}) => {
  const frames = await ask(example.engine, query(kpi, more), SINCE_2025);
  return new Map(frames.map((frame) => [frame.schema.name!, frame]));
};

describe('a histogram', () => {
  it('counts every final value once, in zones of the thresholds where the grain is the judged one', async () => {
    const found = await tables('revenue', { grain: 'judged' });
    const bins = rowsOf<BinRow>(found.get('histogram')!);
    // Fourteen months; the one that is running does not count.
    expect(bins.reduce((sum, { count }) => sum + count, 0)).toBe(14);
    const at = (value: number) => bins.find(({ from, to }) => value >= from && value < to)!;
    expect([at(2240).level, at(3000).level]).toEqual([2, 0]);
    expect(at(2240).binText).toMatch(/^\$2,\d00–\$2,\d00$/);
  });

  it('has no zones, and says so, where the target is another one each month', async () => {
    const found = await tables('orders', { grain: 'judged' });
    expect(rowsOf<BinRow>(found.get('histogram')!).map(({ level }) => level)).toEqual([null]);
    expect(found.get('histogram')!.schema.meta!.notices![0]!.text).toMatch(/^Orders: thresholds are not the same/);
  });

  it('has no zones at another grain', async () => {
    const bins = rowsOf<BinRow>((await tables('revenue', { grain: 'day' })).get('histogram')!);
    expect(new Set(bins.map(({ level }) => level))).toEqual(new Set([null]));
  });

  it('is a number a bin for a bar gauge, named by its range and coloured by its zone', async () => {
    const frames = await ask(example.engine, query('revenue', { grain: 'judged', format: 'numeric' }), SINCE_2025);
    const bins = rowsOf<BinRow>((await tables('revenue', { grain: 'judged' })).get('histogram')!);
    expect(frames.map((frame) => fieldOf(frame, 'count').config!.displayName)).toEqual(bins.map((bin) => bin.binText));
    const colors = frames.map((frame) => fieldOf(frame, 'count').config!.thresholds!.steps[0]!.color);
    expect(colors).toEqual(bins.map(({ level }) => ['green', 'orange', 'red', 'purple'][level!]));
    // Series of one answer are told apart by their labels.
    expect(new Set(frames.map((frame) => JSON.stringify(fieldOf(frame, 'count').labels))).size).toBe(frames.length);
  });
});

describe('statistics', () => {
  it('say in words what they mean', async () => {
    const rows = rowsOf<StatisticRow>((await tables('visits')).get('statistics')!);
    const of = (id: string) => rows.find((row) => row.id === id)!;
    expect(of('count')).toMatchObject({ value: 441, text: '441 days from 1 Jan 2025 on' });
    expect(of('max')).toMatchObject({ value: 900, text: '20 Jul 2025' });
    expect(of('outliers').text).toMatch(/^far from the rest: 20 Jul 2025, /);
    expect(of('trend')).toMatchObject({
      ...{ name: 'Trend per year', text: expect.stringMatching(/^it rises, beyond chance \(p/) },
    });
    expect(Math.abs(of('trend').value! - 36.5)).toBeLessThan(3);
    expect(of('normality').text).toMatch(/^the values are not normally distributed \(p < 0\.001\)/);
    expect(of('byWeekday').text).toMatch(/lowest: Sunday, beyond chance/);
    expect(of('limits').valueText).toMatch(/^\d+ to \d+$/);
  });

  it('do not test what is too short, and say so', async () => {
    const range = { from: String(Date.UTC(2026, 2, 12)), to: String(Date.UTC(2026, 2, 14)) };
    const [frame] = await ask(example.engine, query('visits', { part: 'statistics' }), range);
    const rows = rowsOf<StatisticRow>(frame!);
    expect(frame!.schema.name).toBe('statistics');
    for (const [id, text] of [
      ['normality', 'needs 20 values that vary'],
      ['trend', 'needs 8 values'],
      ['limits', 'needs 12 values'],
    ]) {
      expect(rows.find((row) => row.id === id)).toMatchObject({ value: null, valueText: '–', text });
    }
  });
});

describe('periods', () => {
  it('compare weekdays and months with all days', async () => {
    const rows = rowsOf<GroupRow>((await tables('visits')).get('periods')!);
    const weekdays = rows.filter(({ by }) => by === 'Weekday');
    expect(weekdays.map(({ group }) => group)).toEqual(
      'Monday Tuesday Wednesday Thursday Friday Saturday Sunday'.split(' ')
    );
    expect(weekdays.reduce((sum, { n }) => sum + n, 0)).toBe(441);
    expect(weekdays[6]!.difference).toBeLessThan(-25);
    expect(weekdays[1]!.difference).toBeGreaterThan(0);
    expect(rows.filter(({ by }) => by === 'Month').map(({ group }) => group)).toHaveLength(12);
  });

  it('take the days of one month for one voice: a level that walked about is no season', async () => {
    const rows = rowsOf<StatisticRow>((await tables('revenue', { grain: 'day' })).get('statistics')!);
    expect(rows.find(({ id }) => id === 'byMonth')!.text).toMatch(/^no difference beyond chance/);
  });
});

it('a KPI without values has empty tables and says why', async () => {
  const frames = await ask(example.engine, query('silent'), SINCE_2025);
  expect(frames.map((frame) => [frame.schema.name, rowsOf(frame).length])).toEqual([
    ['histogram', 0],
    ['statistics', 0],
    ['periods', 0],
  ]);
  expect(frames[0]!.schema.meta!.notices![0]!.text).toBe('Silent: no final values in the range');
});

it('several lines have tables of their own, named by them', async () => {
  const found = await tables('revenue', { split: 'region', part: 'histogram' });
  expect([...found.keys()]).toEqual(['East: histogram', 'West: histogram']);
});

it('is no line', async () => {
  const { A } = await askAll(example.engine, [{ v: 1, refId: 'A', ...query('visits', { format: 'timeseries' }) }]);
  expect(A!.code).toBe('QUERY_INVALID');
});
