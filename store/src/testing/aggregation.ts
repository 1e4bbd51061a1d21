/** Aggregation to steps within each series. */
import fc from 'fast-check';

import type { StepFunction } from '../store';

import { DAY, EVER, type Opened, point, REVENUE } from './fixture';

const HOUR = 3_600_000;

export function aggregationContract(opened: Opened): void {
  it.each<[StepFunction, number[]]>([
    ['sum', [6, 40, -7]],
    ['count', [3, 1, 2]],
    ['last', [3, 40, -9]],
    ['min', [1, 40, -9]],
    ['max', [3, 40, 2]],
  ])('%s within each series and step; empty steps are absent', async (fn, expected) => {
    const store = await opened();
    const t = point().time;
    const hours = (list: Array<[number, number]>, region: string) =>
      list.map(([hour, value]) => point({ time: t + hour * HOUR, value, dims: { region } }));
    await store.write([
      ...hours([[23, 3], [0, 1], [12, 2], [24, 40], [72, 2], [73, -9]], 'north'), // prettier-ignore
      ...hours([[1, 100]], 'south'),
    ]);
    const found = await store.read({ series: [REVENUE], from: t, to: t + 4 * DAY, step: { ms: DAY, fn } });
    expect(found).toEqual([
      { kpi: 'revenue', dims: { region: 'north' }, times: [t, t + DAY, t + 3 * DAY], values: expected },
      { kpi: 'revenue', dims: { region: 'south' }, times: [t], values: [fn === 'count' ? 1 : 100] },
    ]);
  });

  it('counts steps from the epoch, and takes only what lies in the range', async () => {
    const store = await opened();
    const t = 10 * 7 * DAY;
    await store.write([-1, 0, 1, 6, 7].map((day) => point({ time: t + day * DAY, value: 2 ** (day + 1) })));
    const week = { ms: 7 * DAY, fn: 'sum' as const };
    expect(await store.read({ series: [REVENUE], from: t + DAY, to: t + 7 * DAY, step: week })).toMatchObject([
      { times: [t], values: [4 + 128] },
    ]);
    expect(await store.read({ series: [REVENUE], from: t - DAY, to: t + 8 * DAY, step: week })).toMatchObject([
      { times: [t - 7 * DAY, t, t + 7 * DAY], values: [1, 2 + 4 + 128, 256] },
    ]);
  });

  it('hands on the weight of the last point alone', async () => {
    const store = await opened();
    const t = point().time;
    await store.write([
      point({ weight: 2 }),
      point({ time: t + HOUR, value: 5, weight: 3 }),
      point({ time: t + DAY, value: 6, weight: 4 }),
      point({ time: t + DAY + HOUR, value: 7 }),
    ]);
    const read = (fn: StepFunction) => store.read({ series: [REVENUE], ...EVER, step: { ms: DAY, fn } });
    expect(await read('last')).toMatchObject([{ values: [5, 7], weights: [3, null] }]);
    expect((await read('sum'))[0]).not.toHaveProperty('weights');
  });

  it('agrees with plain arithmetic, before 1970 too', async () => {
    const store = await opened();
    const times = fc.uniqueArray(fc.integer({ min: -5000, max: 5000 }), { minLength: 1, maxLength: 60 });
    const values = fc.integer({ min: -1000, max: 1000 });
    let v = 1;
    await fc.assert(
      fc.asyncProperty(
        times,
        fc.infiniteStream(values),
        fc.integer({ min: 1, max: 500 }),
        async (hours, numbers, n) => {
          v += 1;
          const points = hours.map((hour) => point({ v, time: hour * HOUR, value: numbers.next().value as number }));
          await store.write(points);
          const sums = new Map<number, number>();
          for (const { time, value } of [...points].sort((a, b) => a.time - b.time)) {
            const start = Math.floor(time / (n * HOUR)) * n * HOUR;
            sums.set(start, (sums.get(start) ?? 0) + value);
          }
          const [found] = await store.read({
            series: [{ kpi: 'revenue', v }],
            from: -6000 * HOUR,
            to: 6000 * HOUR,
            step: { ms: n * HOUR, fn: 'sum' },
          });
          expect(found?.times).toEqual([...sums.keys()]);
          expect(found?.values).toEqual([...sums.values()]);
        }
      ),
      { numRuns: 30 }
    );
  }, 60_000);
}
