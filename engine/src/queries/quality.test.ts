import type { ValueMapping } from '@kpi-monitor/model/query/frames';
import type { FindingRow, QualityRow, RefusedRow } from '@kpi-monitor/model/query/quality-frames';
import { addDays, civil } from '@kpi-monitor/model/time/civil';
import type { Point } from '@kpi-monitor/store/store';

import { ask, fieldOf, rowsOf } from '../../test/ask';
import { type Example, exampleCatalogue, openExample } from '../../test/company';

let example: Example;
beforeEach(async () => {
  example = await openExample();
  const note = (kpi: string, what: string, day: number, value: number): Point => ({
    ...{ kpi, v: 1, dims: { what }, time: civil(2026, 3, day), value },
  });
  // On the tenth East is missing and a record of West was refused; the twelfth came half a day late.
  await example.store.write([
    { kpi: 'revenue', v: 1, dims: { region: 'East' }, time: civil(2026, 3, 10), value: 0, void: true },
  ]);
  await example.store.record('quality', [note('revenue', 'RECORD_VALUE', 10, 1), note('revenue', 'late', 12, 12)]);
});
afterEach(() => example.close());

const MARCH = { from: '2026-03-01T00:00:00Z', to: 'now' };
const quality = (more: object = {}, range = MARCH) =>
  ask(example.engine, { type: 'quality', select: { kpis: ['revenue'] }, ...more }, range);

it('says of each KPI how good its values are and what was wrong last, the worst first', async () => {
  const [frame] = await quality({ select: {} });
  const rows = rowsOf<QualityRow>(frame!);
  expect(rows.find(({ kpi }) => kpi === 'revenue')).toMatchObject({
    ...{ score: 100, grade: 0, periodText: '17 Mar 2026', periods: 17, unsound: 3, refused: 1 },
    ...{ lowestText: '10 Mar 2026', steward: 'finance' },
    brokenText: 'Jump (1), Completeness (1), Form (1), Freshness (1)',
    why: '12 Mar 2026: came 12 hours late',
  });
  expect(rows.map(({ kpi }) => kpi).toSorted()).toEqual(['awareness', 'margin', 'revenue', 'satisfaction']);
  expect(rows.map(({ score }) => score ?? 101)).toEqual(
    rows.map(({ score }) => score ?? 101).toSorted((a, b) => a - b)
  );
});

it('lists what is wrong in plain words, the newest first', async () => {
  const rows = rowsOf<FindingRow>((await quality({ part: 'findings' }))[0]!);
  expect(rows.map(({ periodText, ruleText, text }) => [periodText, ruleText, text])).toEqual([
    ['12 Mar 2026', 'Freshness', 'came 12 hours late'],
    ['10 Mar 2026', 'Completeness', '50.0 % of its values are missing'],
    ['10 Mar 2026', 'Form', '1 record refused: the value of a record is not a number'],
    // West is back from what it sold in February.
    ['1 Mar 2026', 'Jump', '+$20 to $100; by $2 at most is usual'],
  ]);
});

it('lists refused records by reason, with the file that has each of them', async () => {
  const rows = rowsOf<RefusedRow>((await quality({ part: 'refused' }))[0]!);
  expect(rows).toMatchObject([{ kpi: 'revenue', code: 'RECORD_VALUE', records: 1, daysText: '10 Mar 2026', file: '' }]);
});

it('answers numbers for rules: the lowest score of the week, lateness aside, and one frame a KPI whatever is known', async () => {
  const value = async (measure: string, range = MARCH) => {
    const [frame] = await quality({ format: 'numeric', measure }, range);
    return fieldOf(frame!, measure).values[0];
  };
  expect(await value('worst')).toBe(100);
  expect(await value('score')).toBe(100);
  const after = { from: MARCH.from, to: '2026-03-14T12:00:00Z' };
  // completeness 1/2 of 30, form 1/2 of 10, and range 10, uniqueness 5 and no word on a jump: 35 of 55
  expect(await value('worst', after)).toBeCloseTo(63.6);
  expect(await value('missing', after)).toBeCloseTo(100 * (0.5 / 7), 1);
  expect(await value('refused', after)).toBe(1);
  expect(await value('broken', after)).toBe(3);
  const frames = await quality({ format: 'numeric', select: {} });
  expect(frames).toHaveLength(4);
});

describe('over time', () => {
  const scores = async (more: object = {}) => {
    const [frame] = await quality({ format: 'timeseries', ...more });
    const [times, values] = frame!.data.values as [number[], number[]];
    return new Map(times.map((time, i) => [new Date(time).getUTCDate(), values[i]!]));
  };

  it('answers the same before and after scores are recorded, and records nothing twice', async () => {
    const before = await scores();
    expect([before.size, before.get(9), before.get(12)]).toEqual([17, 100, expect.any(Number)]);
    expect(before.get(10)).toBeLessThan(80);
    expect(await example.engine.recordScores()).toBeGreaterThan(400);
    expect(await scores()).toEqual(before);
    expect(await example.engine.recordScores()).toBe(0);
  });

  it('follows what changes afterwards', async () => {
    await example.engine.recordScores();
    await example.store.write([
      { kpi: 'revenue', v: 1, dims: { region: 'East' }, time: civil(2026, 3, 10), value: 40 },
    ]);
    // the day of revenue, and that of the margin which stands on it
    expect(await example.engine.recordScores()).toBe(2);
    expect((await scores()).get(10)).toBeGreaterThan(90);
    await example.store.write([
      { kpi: 'revenue', v: 1, dims: { region: 'East' }, time: civil(2026, 3, 17), value: 40 },
    ]);
    expect((await scores()).get(16)).toBe(100);
  });

  it('gives grades with words, and means of groups', async () => {
    const [frame] = await quality({ format: 'timeseries', part: 'grades' });
    const { values, config } = fieldOf(frame!, 'grade');
    expect(values.slice(8, 12)).toEqual([0, 2, 0, 1]);
    expect((config!.mappings![0]! as ValueMapping).options[2]).toMatchObject({ text: 'Doubtful' });
    const total = await quality({ format: 'timeseries', by: 'total', select: {} });
    expect(total).toHaveLength(1);
    expect(fieldOf(total[0]!, 'score').config!.displayName).toBe('All KPIs');
    const byCategory = await quality({ format: 'timeseries', by: 'category', select: {} });
    expect(byCategory.map((one) => fieldOf(one, 'score').config!.displayName)).toEqual(['Financial']);
  });
});

it('reconciles a value with what it is made of, read from the store', async () => {
  await example.close();
  const file = `
id: booked
name: Booked
category: financial
kind: flow
source: { kind: demo, expected_by: "period_end + 1 day 06:00" }
quality: { reconcile: { with: revenue, tolerance: "1 %", at: day } }
`;
  example = await openExample({ catalogue: () => exampleCatalogue({ 'booked.yaml': file }) });
  const days = Array.from({ length: 17 }, (_, i) => addDays(civil(2026, 3, 1), i));
  await example.store.write(
    days.map((time, i) => ({ kpi: 'booked', v: 1, dims: {}, time, value: i === 4 ? 90 : 100.5 }))
  );
  const rows = rowsOf<FindingRow>((await quality({ part: 'findings', select: { kpis: ['booked'] } }))[0]!);
  expect(rows.map(({ periodText, text }) => [periodText, text])).toEqual([
    ['5 Mar 2026', '90, but revenue is 100 (-10)'],
  ]);
});
