import { KpiError } from '@kpi-monitor/model/errors';
import type { StatusRow } from '@kpi-monitor/model/query/frames';
import { createCalendar } from '@kpi-monitor/model/time/calendar';
import { civil, isoDate } from '@kpi-monitor/model/time/civil';

import { ask, askAll, fieldOf, rowsOf } from '../test/ask';
import { exampleCatalogue, NOW, openExample } from '../test/company';

import { createEngine } from './engine';

describe('an archive', () => {
  it('takes the end of its newest period for now, and says so', async () => {
    const catalogue = exampleCatalogue({ '_catalogue.yaml': 'name: Archive\nas_of: latest\n' });
    const archive = await openExample({ catalogue: () => catalogue, clock: () => Date.UTC(2031, 0, 1) });
    const newest = archive.calendar.toInstant(civil(2026, 3, 18));
    const [frame] = await ask(archive.engine, { type: 'status', select: { kpis: ['revenue'] } });
    expect(frame!.schema.meta!.custom).toMatchObject({ asOf: newest, archive: true });
    expect(rowsOf<StatusRow>(frame!)[0]).toMatchObject({ periodText: 'February 2026', freshness: 'fresh' });
    expect(await archive.engine.catalogue()).toMatchObject({ asOf: 'latest', now: newest });
    await archive.close();
  });

  it('lists its catalogue though its store is away, and names the store in answers', async () => {
    const catalogue = exampleCatalogue({ '_catalogue.yaml': 'name: Archive\nas_of: latest\n' });
    const archive = await openExample({ catalogue: () => catalogue });
    jest.spyOn(archive.store, 'latest').mockRejectedValue(new KpiError('STORE_UNREACHABLE', 'no connection'));
    expect(await archive.engine.catalogue()).toMatchObject({ name: 'Archive', now: null });
    const { A } = await askAll(archive.engine, [{ refId: 'A', type: 'status' }]);
    expect(A).toMatchObject({ status: 503, error: `STORE_UNREACHABLE: ${archive.store.name}: no connection` });
    await archive.close();
  });
});

describe('windows and formulas that look back', () => {
  it('read as far as they look, whatever the range', async () => {
    const trailing = `
id: year_revenue
name: Revenue of twelve months
category: financial
kind: ratio
unit: currency:financial:$
formula: trailing(revenue, 12, month)
judge: { at: month }
`;
    const before = `
id: growth
name: Growth
category: financial
kind: ratio
unit: percent
formula: (revenue / prev(revenue, year) - 1) * 100
judge: { at: month }
`;
    const example = await openExample({
      catalogue: () => exampleCatalogue({ 'year_revenue.yaml': trailing, 'growth.yaml': before }),
    });
    const value = async (kpi: string) => {
      const range = { from: '2026-02-01T00:00:00Z', to: '2026-02-28T23:59:59Z' };
      const [frame] = await ask(example.engine, { type: 'series', select: { kpis: [kpi] }, grain: 'month' }, range);
      return fieldOf(frame!, 'value').values;
    };
    expect(await value('year_revenue')).toEqual([100 * 337 + 2240]);
    expect((await value('growth'))[0]).toBeCloseTo(-20, 9);
    await example.close();
  });
});

describe('hours', () => {
  it('are instants, rolled up into the days of the business zone', async () => {
    const calls = `
id: calls
name: Calls
category: customer
kind: flow
grain: hour
judge: { at: day }
source: { kind: demo }
`;
    const calendar = createCalendar({ zone: 'Europe/Berlin' });
    const example = await openExample({ catalogue: () => exampleCatalogue({ 'calls.yaml': calls }), calendar });
    // One call an hour over the day on which the clocks go forward: it has 23.
    const clock = Date.UTC(2026, 2, 30, 12);
    const points = [];
    for (let time = Date.UTC(2026, 2, 28, 0); time < Date.UTC(2026, 2, 30, 6); time += 3_600_000) {
      points.push({ kpi: 'calls', v: 1, dims: {}, time, value: 1 });
    }
    await example.store.write(points);
    const { catalogue, store } = example;
    const engine = createEngine({ catalogue: () => catalogue, calendar, store, clock: () => clock, version: 'test' });
    const range = { from: '2026-03-29T00:00:00Z', to: 'now' };
    const [days] = await ask(engine, { type: 'series', select: { kpis: ['calls'] }, grain: 'day' }, range);
    expect((fieldOf(days!, 'time').values as number[]).map(isoDate)).toEqual(['2026-03-29', '2026-03-30']);
    expect(fieldOf(days!, 'value').values).toEqual([23, 8]);
    const [hours] = await ask(engine, { type: 'series', select: { kpis: ['calls'] }, grain: 'hour' }, range);
    expect(fieldOf(hours!, 'time').values[0]).toBe(calendar.toInstant(civil(2026, 3, 29)));
    await example.close();
  });
});

describe('cancelling', () => {
  it('stops when the reader goes away, without calling it an error of the engine', async () => {
    const example = await openExample();
    const controller = new AbortController();
    const { read } = example.store;
    jest.spyOn(example.store, 'read').mockImplementation((request) => {
      controller.abort();
      return read.call(example.store, request);
    });
    const onError = jest.fn();
    const request = { from: 'now-1y', to: String(NOW), queries: [{ refId: 'A', type: 'status' }] };
    await expect(example.engine.answer(request, { signal: controller.signal, onError })).rejects.toThrow(/abort/i);
    expect(onError).not.toHaveBeenCalled();
    await example.close();
  });
});
