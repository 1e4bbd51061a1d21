/** Writing and reading of points. */
import { NO_MEMBER, type Point } from '../store';

import { DAY, EVER, type Opened, point, REVENUE } from './fixture';

export function pointContract(opened: Opened): void {
  it('gives back what was written, series in order of kpi and dims, times ascending', async () => {
    const store = await opened();
    const t = point().time;
    const outcome = await store.write([
      point({ kpi: 'sales', dims: {}, value: 7 }),
      point({ dims: { region: 'south', channel: 'web' }, time: t + DAY, value: 4 }),
      point({ dims: { channel: 'web', region: 'south' }, time: t, value: 3 }),
      point({ dims: { region: 'north', channel: 'web' }, value: 2.5 }),
      point({ dims: { region: 'north', channel: 'shop' }, value: -1e-9 }),
    ]);
    expect(outcome).toEqual({ written: 5, rejected: [] });
    expect(await store.read({ series: [{ kpi: 'sales', v: 1 }, REVENUE], ...EVER })).toEqual([
      { kpi: 'revenue', dims: { channel: 'shop', region: 'north' }, times: [t], values: [-1e-9] },
      { kpi: 'revenue', dims: { channel: 'web', region: 'north' }, times: [t], values: [2.5] },
      { kpi: 'revenue', dims: { channel: 'web', region: 'south' }, times: [t, t + DAY], values: [3, 4] },
      { kpi: 'sales', dims: {}, times: [t], values: [7] },
    ]);
  });

  it('overwrites equal keys, also within a batch, where the last wins', async () => {
    const store = await opened();
    await store.write([point({ value: 1 })]);
    await store.write([point({ value: 2 }), point({ value: 3 })]);
    await store.write([point({ value: 3 })]);
    expect(await store.read({ series: [REVENUE], ...EVER })).toEqual([
      { kpi: 'revenue', dims: { region: 'north' }, times: [point().time], values: [3] },
    ]);
  });

  it('lands quick writes of one key in the order they were made', async () => {
    const store = await opened();
    await Promise.all(Array.from({ length: 20 }, (_, value) => store.write([point({ value })])));
    expect((await store.read({ series: [REVENUE], ...EVER }))[0]?.values).toEqual([19]);
  });

  it('leaves voided keys out of everything, and revives them', async () => {
    const store = await opened();
    const later = point().time + DAY;
    const south = { region: 'south' };
    await store.write([point(), point({ time: later, value: 5 }), point({ dims: south, time: later })]);
    await store.write([point({ time: later, value: 5, void: true }), point({ dims: south, time: later, void: true })]);
    expect(await store.read({ series: [REVENUE], ...EVER })).toMatchObject([{ times: [point().time], values: [1] }]);
    expect(await store.read({ series: [REVENUE], ...EVER, step: { ms: 7 * DAY, fn: 'sum' } })).toMatchObject([
      { values: [1] },
    ]);
    expect(await store.latest([REVENUE])).toEqual(new Map([['revenue', point().time]]));
    expect(await store.members([REVENUE], 'region')).toEqual(['north']);

    await store.write([point({ time: later, value: 6 })]);
    expect(await store.read({ series: [REVENUE], ...EVER })).toMatchObject([{ values: [1, 6] }]);
    expect(await store.latest([REVENUE])).toEqual(new Map([['revenue', later]]));
  });

  it('keeps weights beside their values, and drops one that is overwritten without', async () => {
    const store = await opened();
    const t = point().time;
    await store.write([point({ weight: 120 }), point({ time: t + DAY, weight: 0.5 }), point({ time: t + 2 * DAY })]);
    expect(await store.read({ series: [REVENUE], ...EVER })).toMatchObject([{ weights: [120, 0.5, null] }]);
    await store.write([point(), point({ time: t + DAY })]);
    const [series] = await store.read({ series: [REVENUE], ...EVER });
    expect(series).toEqual({
      kpi: 'revenue',
      dims: { region: 'north' },
      times: [t, t + DAY, t + 2 * DAY],
      values: [1, 1, 1],
    });
  });

  it('filters by members, of which (none) is one; a series without the dimension is left out', async () => {
    const store = await opened();
    await store.write(
      ['north', 'south', 'west', NO_MEMBER]
        .map((region, value) => point({ dims: { region, channel: 'web' }, value }))
        .concat(point({ kpi: 'churn', dims: {}, value: 9 }))
    );
    const values = async (where: Record<string, string[]>) =>
      (await store.read({ series: [REVENUE, { kpi: 'churn', v: 1 }], ...EVER, where })).flatMap((s) => s.values);
    expect(await values({})).toEqual([9, 3, 0, 1, 2]);
    expect(await values({ region: ['south', 'north', 'nowhere'] })).toEqual([0, 1]);
    expect(await values({ region: [NO_MEMBER] })).toEqual([3]);
    expect(await values({ region: ['south'], channel: ['shop'] })).toEqual([]);
    expect(await values({ region: ['south'], channel: ['shop', 'web'] })).toEqual([1]);
    expect(await values({ region: [] })).toEqual([]);
    expect(await values({ country: ['at'] })).toEqual([]);
    expect(await store.members([REVENUE], 'region')).toEqual([NO_MEMBER, 'north', 'south', 'west']);
    expect(await store.members([REVENUE], 'country')).toEqual([]);
  });

  it('keeps versions and KPIs apart', async () => {
    const store = await opened();
    await store.write([
      point({ v: 1, value: 1 }),
      point({ v: 2, value: 2, dims: { branch: 'north' } }),
      point({ kpi: 'revenue_net', v: 1, value: 3 }),
      point({ kpi: 'churn', v: 2, value: 4 }),
    ]);
    const read = (...series: Array<{ kpi: string; v: number }>) => store.read({ series, ...EVER });
    expect((await read(REVENUE)).map((s) => s.values)).toEqual([[1]]);
    expect((await read({ kpi: 'revenue', v: 2 })).map((s) => s.dims)).toEqual([{ branch: 'north' }]);
    expect((await read({ kpi: 'churn', v: 2 }, REVENUE)).map((s) => s.values)).toEqual([[4], [1]]);
    expect(await read({ kpi: 'churn', v: 1 })).toEqual([]);
    expect(await read()).toEqual([]);
  });

  it('reads half-open ranges', async () => {
    const store = await opened();
    const t = point().time;
    await store.write([0, 1, 2].map((day) => point({ time: t + day * DAY, value: day })));
    const values = async (from: number, to: number) =>
      (await store.read({ series: [REVENUE], from, to })).flatMap((s) => s.values);
    expect(await values(t, t + 2 * DAY)).toEqual([0, 1]);
    expect(await values(t + 1, t + 2 * DAY + 1)).toEqual([1, 2]);
    expect(await values(t + DAY, t + DAY)).toEqual([]);
    expect(await values(t + DAY, t)).toEqual([]);
  });

  it('finds the newest time, and the newest before another', async () => {
    const store = await opened();
    const t = point().time;
    await store.write([
      point(),
      point({ time: t + DAY, dims: { region: 'south' } }),
      point({ kpi: 'churn', time: t - 400 * DAY }),
    ]);
    const both = [REVENUE, { kpi: 'churn', v: 1 }, { kpi: 'nothing', v: 1 }];
    expect(await store.latest(both)).toEqual(
      new Map([
        ['churn', t - 400 * DAY],
        ['revenue', t + DAY],
      ])
    );
    expect((await store.latest(both, t + DAY)).get('revenue')).toBe(t);
    expect((await store.latest(both, t)).has('revenue')).toBe(false);
    expect(await store.latest([])).toEqual(new Map());
  });

  it('keeps 60,000 points of one write, and 200 small writes', async () => {
    const store = await opened();
    const many = Array.from({ length: 60_000 }, (_, i): Point => point({ time: (i - 30_000) * 3_600_000, value: i }));
    expect((await store.write(many)).written).toBe(many.length);
    for (let i = 0; i < 200; i++) {
      await store.write([point({ kpi: 'small', time: i * DAY, value: i }), point({ kpi: 'small', time: 0, value: i })]);
    }
    const [large] = await store.read({ series: [REVENUE], ...EVER });
    expect(large?.values).toEqual(many.map(({ value }) => value));
    expect(large?.times).toEqual(many.map(({ time }) => time));
    const [small] = await store.read({ series: [{ kpi: 'small', v: 1 }], ...EVER });
    expect(small?.values).toEqual([199, ...Array.from({ length: 199 }, (_, i) => i + 1)]);
  }, 60_000);

  it('reports a point that it cannot store, and stores the rest', async () => {
    const store = await opened();
    const t = point().time;
    const bad = [
      point({ value: NaN }),
      point({ value: Infinity }),
      point({ weight: 0 }),
      point({ time: t + 0.5 }),
      point({ time: Date.UTC(1600, 0, 1) }),
      point({ dims: { region: '' } }),
      point({ dims: { region: 'half a pair \ud83d' } }),
      point({ dims: { region: 'x'.repeat(1001) } }),
      point({ dims: { value: 'x' } }),
      point({ dims: { 'Région,a=b': 'x' } }),
      point({ kpi: 'no id' }),
      point({ v: 1.5 }),
    ];
    const good = [point({ time: t + DAY, value: 2 }), point({ time: t + 2 * DAY, value: 3 })];
    const outcome = await store.write([good[0]!, ...bad, good[1]!]);
    expect(outcome.written).toBe(2);
    expect(outcome.rejected.map(({ point: rejected }) => rejected)).toEqual(bad);
    expect(outcome.rejected.every(({ reason }) => reason.length > 10)).toBe(true);
    expect((await store.read({ series: [REVENUE], ...EVER })).map((s) => s.values)).toEqual([[2, 3]]);
  });
}
