/** Values as they were known: January was 3,100 when it settled, and was restated on 9 and on 12 March. */
import { civil } from '@kpi-monitor/model/time/civil';
import type { SeriesRow, StatusRow } from '@kpi-monitor/model/query/frames';
import type { RestatedRow } from '@kpi-monitor/model/query/quality-frames';
import type { StepFunction } from '@kpi-monitor/store/store';

import { ask, fieldOf, rowsOf } from '../../test/ask';
import { type Example, openExample } from '../../test/company';
import { observed } from '../observer';

import { createRevisions, knownStore } from './known-store';

const ON = { march9: Date.UTC(2026, 2, 9, 8), march12: Date.UTC(2026, 2, 12, 8) };
const day = (n: number, month = 2) => civil(2026, month, n);
const at = (date: string) => Date.parse(`${date}T12:00:00Z`);

let example: Example;
beforeEach(async () => {
  example = await openExample();
  // As a re-read does: first what there was, then what there is.
  const restate = async (time: number, changes: Array<[number, string, number | null, number | null]>) => {
    const data = {
      kpi: 'revenue',
      v: 1,
      count: changes.length,
      changes: changes.map(([date, region, old, now]) => ({ time: date, dims: { region }, old, new: now })),
    };
    await example.store.append('revision', { time, kpi: 'revenue', data });
    await example.store.write(
      changes.map(([date, region, , now]) => ({
        ...{ kpi: 'revenue', v: 1, dims: { region }, time: date, value: now ?? 0 },
        ...(now === null && { void: true }),
      }))
    );
  };
  // February of West: 40 a day. An order moves to the North, then one is cancelled.
  await restate(ON.march9, [
    [day(3), 'West', 40, 10],
    [day(3), 'North', null, 40],
    [day(4), 'West', 40, null],
  ]);
  await restate(ON.march12, [[day(3), 'West', 10, 5]]);
});
afterEach(() => example.close());

const view = (time: number) => {
  const store = observed(example.store, {});
  return knownStore(store, time, createRevisions(store));
};
const ALL = { series: [{ kpi: 'revenue', v: 1 }], from: day(1), to: day(6) };

it.each([
  ['before both', at('2026-03-08'), { West: [40, 40, 40, 40, 40], North: undefined }],
  ['between them', at('2026-03-10'), { West: [40, 40, 10, 40], North: [40] }],
  ['after both', at('2026-03-13'), { West: [40, 40, 5, 40], North: [40] }],
])('gives what stood there %s', async (_, time, expected) => {
  const read = await view(time).read(ALL);
  const values = Object.fromEntries(read.map(({ dims, values: its }) => [dims.region, its]));
  expect({ West: values.West, North: values.North }).toEqual(expected);
  expect(values.East).toEqual([40, 40, 40, 40, 40]);
});

it.each(['sum', 'count', 'last', 'min', 'max'] as StepFunction[])(
  'aggregates to steps by %s as the store does, of slices and of all',
  async (fn) => {
    // Of a moment before anything changed, beside a store in which nothing ever did.
    const untouched = await openExample();
    const step = { ms: 7 * 86_400_000, fn };
    for (const more of [{}, { where: { region: ['West'] } }, { where: { region: ['East', 'West'] } }]) {
      const request = { ...ALL, from: day(2), to: day(20), step, ...more };
      expect(await view(at('2026-03-08')).read(request)).toEqual(await untouched.store.read(request));
    }
    await untouched.close();
  }
);

it('leaves other versions and KPIs as they are', async () => {
  const request = { series: [{ kpi: 'profit', v: 1 }], from: day(1), to: day(6) };
  expect(await view(0).read(request)).toEqual(await example.store.read(request));
});

describe('asked by a query', () => {
  const february = { from: '2026-02-01', to: '2026-03-15' };
  const valueOf = async (more: object) => {
    const [frame] = await ask(
      example.engine,
      { type: 'status', select: { kpis: ['revenue'] }, format: 'table', ...more },
      february
    );
    return rowsOf<StatusRow>(frame!)[0]!;
  };

  it('status says what was known, and now by how much it was restated', async () => {
    expect(await valueOf({ asKnownAt: '2026-03-08' })).toMatchObject({ value: 2240, restatedText: '' });
    expect(await valueOf({ asKnownAt: '2026-03-10' })).toMatchObject({ value: 2210 });
    expect(await valueOf({})).toMatchObject({ value: 2205, restatedText: 'February restated -1.6 % on 12 Mar' });
  });

  it('what was restated after the range is not told yet', async () => {
    const [frame] = await ask(
      example.engine,
      { type: 'status', select: { kpis: ['revenue'] }, format: 'table' },
      { from: '2026-02-01', to: '2026-03-08' }
    );
    expect(rowsOf<StatusRow>(frame!)[0]).toMatchObject({ restatedText: '' });
  });

  it('series, too', async () => {
    const query = { type: 'series', select: { kpis: ['revenue'] }, grain: 'month', asKnownAt: '2026-03-08' };
    const [frame] = await ask(example.engine, query, february);
    const index = fieldOf(frame!, 'time').values.indexOf(day(1));
    expect(frame!.data.values[1]![index]).toBe(2240);
  });

  it('says on which day, and only when that is in the past', async () => {
    const noticesOf = async (asKnownAt: string) => {
      const query = { type: 'series', select: { kpis: ['revenue'] }, grain: 'month', asKnownAt };
      const [frame] = await ask(example.engine, query, february);
      return (frame!.schema.meta?.notices ?? []).map(({ text }) => text);
    };
    const since = 'As it was known on 10 Mar 2026: what was restated since is turned back';
    expect(await noticesOf('2026-03-10')).toContain(since);
    expect((await noticesOf('now')).filter((text) => text.startsWith('As it was known'))).toEqual([]);
  });

  it('series show beside what holds what was first reported, where that differs', async () => {
    const query = { type: 'series', select: { kpis: ['revenue'] }, grain: 'month', reported: true };
    const frames = await ask(example.engine, query, { from: '2025-12-01', to: '2026-03-15' });
    expect(frames.map(({ schema }) => schema.name)).toEqual(['Revenue', 'Revenue, first reported']);
    expect(fieldOf(frames[1]!, 'reported').values).toEqual([null, null, 2240, null]);
    const asKnown = await ask(example.engine, { ...query, asKnownAt: '2026-03-08' }, february);
    expect(asKnown.map(({ schema }) => schema.name)).toEqual(['Revenue']);
  });

  it('series tables, too, a member alone where one alone was changed', async () => {
    const query = { type: 'series', select: { kpis: ['revenue'] }, grain: 'month', split: 'region', reported: true };
    const [frame] = await ask(example.engine, { ...query, format: 'table' }, february);
    const told = rowsOf<SeriesRow>(frame!).filter(({ reported }) => reported !== null);
    expect(told.map(({ slice, periodText, value, reported }) => [slice, periodText, value, reported])).toEqual([
      ['West', 'February 2026', 1045, 1120],
    ]);
  });

  it('quality lists what was restated, also of KPIs that are computed from it', async () => {
    const query = { type: 'quality', part: 'restated', select: {} };
    const [frame] = await ask(example.engine, query, february);
    const rows = rowsOf<RestatedRow>(frame!);
    expect(rows.find(({ kpi }) => kpi === 'revenue')).toMatchObject({
      ...{ seenText: '12 Mar 2026', periodText: 'February 2026', reported: 2240, value: 2205, changeText: '-1.6 %' },
      what: '2 values changed, 1 withdrawn, 1 added',
    });
    const margin = rows.find(({ kpi }) => kpi === 'margin');
    expect(margin?.what).toBe('Revenue: 2 values changed, 1 withdrawn, 1 added');
    const [earlier] = await ask(example.engine, query, { from: '2026-02-01', to: '2026-03-08' });
    expect(rowsOf(earlier!)).toEqual([]);
  });

  it.each(['last week', '99999-01-01'])('%s is refused', async (asKnownAt) => {
    await expect(valueOf({ asKnownAt })).rejects.toThrow('asKnownAt');
  });
});
