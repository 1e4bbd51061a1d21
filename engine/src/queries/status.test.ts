import type { StatusRow } from '@kpi-monitor/model/query/frames';
import { isoDate } from '@kpi-monitor/model/time/civil';

import { ask, askAll, fieldOf, rowsOf } from '../../test/ask';
import { type Example, exampleCatalogue, openExample } from '../../test/company';
import { expectGolden } from '../../test/golden';

let example: Example;
beforeAll(async () => {
  example = await openExample();
});
afterAll(() => example.close());

const status = async (more: object = {}, range: object = {}) => {
  const [frame] = await ask(example.engine, { type: 'status', select: {}, format: 'table', ...more }, range);
  return rowsOf<StatusRow>(frame!);
};

describe('status', () => {
  it('is one row a KPI in the order of the catalogue, every column of a StatusRow', async () => {
    const frames = await ask(example.engine, { type: 'status', select: {}, format: 'table' });
    expect(frames).toHaveLength(1);
    expect(frames[0]!.schema).toMatchObject({ name: 'status', meta: { type: 'table', custom: { answer: 'status' } } });
    expectGolden('status-table', frames);
  });

  it('judges the last settled period and looks ahead to the end of the open one', async () => {
    const rows = await status();
    expect(rows.map((row) => [row.kpi, row.status, row.periodText])).toEqual([
      ['revenue', 'critical', 'February 2026'],
      ['margin', 'critical', 'February 2026'],
      ['satisfaction', 'not_judged', 'February 2026'],
      ['awareness', 'not_judged', 'Q4 2025'],
    ]);
    const [revenue, margin, satisfaction] = rows;
    expect(revenue).toMatchObject({ value: 2240, target: 3000, level: 2, outlook: 'on_pace', soFar: 1700 });
    expect(isoDate(revenue!.openPeriod!)).toBe('2026-03-01');
    expect(margin!.value).toBeCloseTo(12.5, 9);
    expect(satisfaction!.reason).toMatch(/40 observations are too few/);
  });

  it('shows a range that ended as it stood then', async () => {
    const rows = await status(
      { select: { kpis: ['revenue'] } },
      { from: '2025-06-01T00:00:00Z', to: '2025-06-30T23:59:59Z' }
    );
    expect(rows).toMatchObject([{ periodText: 'June 2025', value: 3000, level: 0, freshness: 'fresh' }]);
  });

  it('ignores the start of the range', async () => {
    expect(await status({}, { from: 'now-1h' })).toEqual(await status({}, { from: 'now-2y' }));
  });

  it('is one row a member when split, and names what cannot be split', async () => {
    const query = { type: 'status', select: {}, format: 'table', split: 'region' };
    const [frame] = await ask(example.engine, query);
    expect(rowsOf<StatusRow>(frame!).map((row) => [row.kpi, row.slice, row.level])).toEqual([
      ['revenue', 'East', null],
      ['revenue', 'West', 3],
      ['margin', 'East', null],
      ['margin', 'West', null],
    ]);
    expect(frame!.schema.meta!.notices!.map((notice) => notice.text)).toEqual([
      expect.stringMatching(/^Satisfaction is left out: .*no dimensions/),
      expect.stringMatching(/^Awareness is left out/),
    ]);
  });

  it('is an error when nothing that was asked for can be split', async () => {
    const { A } = await askAll(example.engine, [{ type: 'status', select: { kpis: ['awareness'] }, split: 'region' }]);
    expect(A).toMatchObject({ status: 400, code: 'KPI_DIMENSION_UNKNOWN' });
  });

  it('gives alert rules a level for every KPI, null when it is not judged', async () => {
    const frames = await ask(example.engine, { type: 'status', select: {}, format: 'numeric' });
    expectGolden('status-numeric', frames);
    expect(frames.map((frame) => [fieldOf(frame, 'level').labels!.kpi, frame.data.values[0]![0]])).toEqual([
      ['revenue', 2],
      ['margin', 2],
      ['satisfaction', null],
      ['awareness', null],
    ]);
    expect(frames.every((frame) => frame.schema.meta!.type === 'numeric-multi')).toBe(true);
  });

  it('keeps the identity of alert instances while values change', async () => {
    const identity = async (to: string) => {
      const query = { type: 'status', select: {}, format: 'numeric', split: 'region' };
      return (await ask(example.engine, query, { from: '2025-01-01T00:00:00Z', to })).map(
        (frame) => fieldOf(frame, 'level').labels
      );
    };
    expect(await identity('2025-08-01T00:00:00Z')).toEqual(await identity('now'));
  });

  it('falls to a table for a time series panel', async () => {
    const [frame] = await ask(example.engine, { type: 'status', select: { kpis: ['revenue'] }, format: 'timeseries' });
    expect(frame!.schema.meta!.type).toBe('table');
  });

  it('reads KPIs of one grain in one round trip', async () => {
    const reads: string[][] = [];
    const store = Object.create(example.store) as typeof example.store;
    store.read = (request) => {
      reads.push(request.series.map((one) => one.kpi));
      return example.store.read(request);
    };
    const watched = await openExample({ store, catalogue: () => exampleCatalogue() });
    await ask(watched.engine, { type: 'status', select: { kpis: ['revenue', 'margin'] } });
    expect(reads).toEqual([['revenue', 'profit']]);
  });

  it('knows a value that is older than what it reads from one that never was', async () => {
    const late = await openExample({ clock: () => Date.UTC(2039, 0, 1) });
    const [frame] = await ask(late.engine, { type: 'status', select: { kpis: ['revenue'] } });
    expect(rowsOf<StatusRow>(frame!)[0]).toMatchObject({ freshness: 'late', value: null });
    await late.close();
  });
});
