import type { AnomalyRow } from '@kpi-monitor/model/query/analysis-frames';
import { queryRequest } from '@kpi-monitor/model/query/query-schema';
import { addDays, civil } from '@kpi-monitor/model/time/civil';

import { ask, askAll, fieldOf, rowsOf } from '../../test/ask';
import { type Example, exampleCatalogue, openExample } from '../../test/company';

const visitsFile = (id: string, direction: string) => `
id: ${id}
name: ${id === 'visits' ? 'Visits' : 'Complaints'}
category: customer
kind: flow
direction: ${direction}
judge: { at: month }
source: { kind: demo }
`;
const FILES = {
  'visits.yaml': visitsFile('visits', 'up'),
  'complaints.yaml': visitsFile('complaints', 'down'),
  'newcomer.yaml': `
id: newcomer
name: Newcomer
category: customer
kind: flow
judge: { at: month }
source: { kind: demo }
`,
};

const FIRST = civil(2025, 9, 1);
const DAYS = 198; // up to 17 March
/** A Tuesday on which nearly nobody came, and the day from which more came. */
const [ODD, STEP] = [civil(2026, 2, 10), civil(2025, 12, 1)];

/** Repeatable, between -1 and 1. */
const some = (t: number) => Math.sin(t * t * 1.7) * Math.cos(t * 0.9);

function visitsOn(t: number): number {
  const day = addDays(FIRST, t);
  const usual = (t % 7 < 5 ? 100 : 60) + 4 * some(t) + (day >= STEP ? 30 : 0);
  return day === ODD ? 40 : usual;
}

let example: Example;
beforeAll(async () => {
  const catalogue = exampleCatalogue(FILES);
  example = await openExample({ catalogue: () => catalogue });
  const day = (kpi: string, t: number, value: number) => ({
    ...{ kpi, v: 1, dims: {}, time: addDays(FIRST, t), value },
  });
  await example.store.write([
    ...Array.from({ length: DAYS }, (_, t) => day('visits', t, visitsOn(t))),
    ...Array.from({ length: DAYS }, (_, t) => day('complaints', t, visitsOn(t))),
    ...[193, 194, 195].map((t) => day('newcomer', t, 5)),
  ]);
});
afterAll(() => example.close());

const HALF_A_YEAR = { from: String(Date.UTC(2025, 8, 15)), to: String(Date.UTC(2026, 2, 18, 9, 30)) };
const query = (kpis: string[], more: object = {}) => ({ type: 'anomalies', select: { kpis }, ...more });

describe('anomalies as a table', () => {
  it('say what stood out, worst first, instead of what, and whether that is good', async () => {
    const [frame] = await ask(example.engine, query(['visits', 'complaints']), HALF_A_YEAR);
    const rows = rowsOf<AnomalyRow>(frame!);
    expect(rows.map(({ severity }) => severity)).toEqual(
      rows.map(({ severity }) => severity).toSorted((a, b) => b - a)
    );
    const odd = rows.filter(({ kind }) => kind === 'point');
    expect(odd.map(({ kpi, time }) => [kpi, time])).toEqual([
      ['complaints', ODD],
      ['visits', ODD],
    ]);
    expect(odd[1]).toMatchObject({
      ...{ periodText: '10 Feb 2026', valueText: '40', direction: 'below', sense: 'bad', grain: 'day' },
      expectedText: expect.stringMatching(/^usual 1\d\d–1\d\d$/),
      text: expect.stringMatching(/^(68|69|70) % below the usual for a Tuesday in February$/),
    });
    expect(odd[0]!.sense).toBe('good');
  });

  it('tell a new level from values that stand out', async () => {
    const [frame] = await ask(example.engine, query(['visits']), HALF_A_YEAR);
    const [level, ...others] = rowsOf<AnomalyRow>(frame!).filter(({ kind }) => kind === 'level');
    expect(others).toEqual([]);
    expect(Math.abs(level!.time - STEP) / 86_400_000).toBeLessThanOrEqual(3);
    expect(level).toMatchObject({ direction: 'above', sense: 'good', lower: null });
    expect(level!.value - level!.expected).toBeCloseTo(30, -1);
    expect(level!.expectedText).toMatch(/^before (9\d|10\d)$/);
    expect(level!.text).toMatch(/^\d\d % higher from here on$/);
  });

  it('learn from before the range, and tell only what is in it', async () => {
    const range = { from: String(Date.UTC(2026, 1, 9)), to: String(Date.UTC(2026, 1, 13)) };
    const [frame] = await ask(example.engine, query(['visits']), range);
    expect(rowsOf<AnomalyRow>(frame!).map(({ time }) => time)).toEqual([ODD]);
    const later = { from: String(Date.UTC(2026, 1, 12)), to: HALF_A_YEAR.to };
    expect(rowsOf(await ask(example.engine, query(['visits']), later).then(([one]) => one!))).toEqual([]);
  });

  it('say of whom too little is known', async () => {
    const [frame] = await ask(example.engine, query(['newcomer']), HALF_A_YEAR);
    expect(rowsOf(frame!)).toEqual([]);
    expect(frame!.schema.meta!.notices![0]!.text).toMatch(/Newcomer: fewer than 12 final values/);
  });
});

describe('anomalies over time', () => {
  it('show each value with what was usual, and mark those that stand out', async () => {
    const [frame] = await ask(example.engine, query(['visits'], { format: 'timeseries' }), HALF_A_YEAR);
    const values = (name: string) => fieldOf(frame!, name).values as Array<number | null>;
    expect(values('time')[0]).toBe(civil(2025, 9, 15));
    const odd = (values('time') as number[]).indexOf(ODD);
    values('anomaly').forEach((value, i) => expect(value).toBe(i === odd ? 40 : null));
    values('value').forEach((value, i) => {
      const isInside = value! >= values('lower')[i]! && value! <= values('upper')[i]!;
      expect(isInside || i === odd || Math.abs((values('time')[i]! - STEP) / 86_400_000) < 14).toBe(true);
    });
    // The band is filled between its edges: core panels find the lower one by its name.
    expect(fieldOf(frame!, 'upper').config!.custom!.fillBelowTo).toBe(fieldOf(frame!, 'lower').config!.displayName);
  });

  it('show values of which nobody knows whether they are usual', async () => {
    const [frame] = await ask(example.engine, query(['newcomer'], { format: 'timeseries' }), HALF_A_YEAR);
    expect(fieldOf(frame!, 'value').values).toEqual([5, 5, 5]);
    expect(fieldOf(frame!, 'expected').values).toEqual([null, null, null]);
  });
});

describe('anomalies for alert rules', () => {
  const numeric = (kpis: string[], to: number) =>
    ask(example.engine, query(kpis, { format: 'numeric' }), { from: String(to - 86_400_000), to: String(to) });

  it('are the severity of the newest value: none while it is as usual', async () => {
    const dayAfter = Date.UTC(2026, 1, 11, 12);
    const [odd] = await numeric(['visits'], dayAfter);
    expect(fieldOf(odd!, 'severity').values[0]).toBeGreaterThan(4.5);
    expect(fieldOf(odd!, 'severity').labels).toMatchObject({ kpi: 'visits', grain: 'day', tier: 'supporting' });
    const [usual] = await numeric(['visits'], dayAfter + 86_400_000);
    expect(fieldOf(usual!, 'severity').values).toEqual([0]);
  });

  it('hold every KPI, null where nobody knows', async () => {
    const frames = await numeric(['visits', 'newcomer', 'awareness'], Date.UTC(2026, 2, 18, 9, 30));
    expect(frames.map((frame) => [frame.schema.name, fieldOf(frame, 'severity').values[0]])).toEqual([
      ['Visits', 0],
      ['Newcomer', null],
      ['Awareness', null],
    ]);
  });
});

it('are marked in forecasts, with new levels', async () => {
  const forecast = { type: 'forecast', select: { kpis: ['visits'] }, grain: 'day' };
  const [frame] = await ask(example.engine, forecast, HALF_A_YEAR);
  const { marks } = frame!.schema.meta!.custom!.forecast!;
  expect(marks.map(({ kind }) => kind)).toEqual(['changepoint', 'anomaly']);
  expect(marks[0]!.text).toMatch(/^level rose by \d\d %$/);
  expect(marks[1]).toMatchObject({ time: ODD, text: expect.stringMatching(/^far below the usual 1\d\d–1\d\d$/) });
  const later = { from: String(Date.UTC(2026, 1, 1)), to: HALF_A_YEAR.to };
  const [narrow] = await ask(example.engine, forecast, later);
  expect(narrow!.schema.meta!.custom!.forecast!.marks.map(({ kind }) => kind)).toEqual(['anomaly']);
});

it('a KPI that there is not is named', async () => {
  const { A } = await askAll(example.engine, [{ v: 1, refId: 'A', ...query(['visit']) }]);
  expect(A).toMatchObject({ code: 'KPI_UNKNOWN', error: expect.stringContaining('visit') });
});

it('whoever leaves stops the work', async () => {
  const runs: AbortSignal[] = [];
  const catalogue = exampleCatalogue(FILES);
  const waiting = await openExample({
    catalogue: () => catalogue,
    work: {
      run: (_name, _input, { signal } = {}) =>
        new Promise((_, reject) => {
          runs.push(signal!);
          signal!.addEventListener('abort', () => reject(signal!.reason as Error));
          setImmediate(() => leaves.abort());
        }),
      close: () => Promise.resolve(),
    },
  });
  const leaves = new AbortController();
  const request = queryRequest.parse({ queries: [{ refId: 'A', ...query(['revenue']) }] });
  await expect(waiting.engine.answer(request, { signal: leaves.signal })).rejects.toThrow(/abort/i);
  expect(runs.map(({ aborted }) => aborted)).toEqual([true]);
  await waiting.close();
});
