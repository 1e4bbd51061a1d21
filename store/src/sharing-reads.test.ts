import { sharingReads } from './sharing-reads';
import type { ReadRequest, Store, StoredSeries } from './store';

const DAY = 86_400_000;

/** A store of two KPIs with a value a day, which counts what it is asked. */
function counting() {
  const asked: ReadRequest[] = [];
  let value = 1;
  const store = {
    name: 'counting',
    read: async (request: ReadRequest): Promise<StoredSeries[]> => {
      asked.push(request);
      const times = Array.from({ length: (request.to - request.from) / DAY }, (_, n) => request.from + n * DAY);
      const values = times.map(() => value);
      await Promise.resolve();
      return request.series.map(({ kpi }) => ({ kpi, dims: {}, times, values }));
    },
    write: async () => {
      value += 1;
      return { written: 1, rejected: [] };
    },
  } as unknown as Store;
  return { store, asked };
}

const series = (...kpis: string[]) => kpis.map((kpi) => ({ kpi, v: 1 }));

describe('readers that ask together', () => {
  it('share one read, each with its own window', async () => {
    const { store, asked } = counting();
    const shared = sharingReads(store);
    const [wide, narrow] = await Promise.all([
      shared.read({ series: series('a', 'b'), from: 0, to: 10 * DAY }),
      shared.read({ series: series('b'), from: 4 * DAY, to: 6 * DAY }),
    ]);
    expect(asked).toHaveLength(1);
    expect(wide.map(({ kpi, times }) => [kpi, times.length])).toEqual([
      ['a', 10],
      ['b', 10],
    ]);
    expect(narrow).toEqual([{ kpi: 'b', dims: {}, times: [4 * DAY, 5 * DAY], values: [1, 1] }]);
  });

  it('fetch only what nobody has fetched', async () => {
    const { store, asked } = counting();
    const shared = sharingReads(store);
    await shared.read({ series: series('b'), from: 0, to: 10 * DAY });
    const both = await shared.read({ series: series('a', 'b'), from: 0, to: 10 * DAY });
    expect(asked.map((request) => request.series)).toEqual([series('b'), series('a')]);
    expect(both.map(({ kpi }) => kpi)).toEqual(['a', 'b']);
    await shared.read({ series: series('b'), from: -DAY, to: 10 * DAY });
    expect(asked).toHaveLength(3);
  });

  it('see what was written, and after a while what another process wrote', async () => {
    let now = 0;
    const { store, asked } = counting();
    const shared = sharingReads(store, { keepMs: 1000, clock: () => now });
    const request = { series: series('a'), from: 0, to: DAY };
    expect((await shared.read(request))[0]!.values).toEqual([1]);
    await shared.write([{ kpi: 'a', v: 1, dims: {}, time: 0, value: 2 }]);
    expect((await shared.read(request))[0]!.values).toEqual([2]);
    expect(asked).toHaveLength(2);
    now = 999;
    await shared.read(request);
    expect(asked).toHaveLength(2);
    now = 2000;
    await shared.read(request);
    expect(asked).toHaveLength(3);
  });

  it('ask again after a failure', async () => {
    const { store, asked } = counting();
    let fails = true;
    const failing = {
      ...store,
      read: (request: ReadRequest) => (fails ? Promise.reject(new Error('away')) : store.read(request)),
    };
    const shared = sharingReads(failing);
    const request = { series: series('a'), from: 0, to: DAY };
    await expect(Promise.all([shared.read(request), shared.read(request)])).rejects.toThrow('away');
    fails = false;
    expect(await shared.read(request)).toHaveLength(1);
    expect(asked).toHaveLength(1);
  });

  it('keep no more than there is room for', async () => {
    const { store, asked } = counting();
    const shared = sharingReads(store, { points: 15 });
    await shared.read({ series: series('a'), from: 0, to: 10 * DAY });
    await shared.read({ series: series('b'), from: 0, to: 10 * DAY });
    await shared.read({ series: series('b'), from: 0, to: 10 * DAY });
    expect(asked).toHaveLength(2);
    await shared.read({ series: series('a'), from: 0, to: 10 * DAY });
    expect(asked).toHaveLength(3);
  });
});
