/** The books beside the series: how good values are, and how collecting goes. */
import { BOOKS } from '../store';

import { DAY, EVER, type Opened, point, REVENUE } from './fixture';

export function bookContract(opened: Opened): void {
  const of = (what: string, value: number, day = 0) =>
    point({ dims: { what }, value, time: Date.UTC(2026, 2, 1) + day * DAY });

  it.each(BOOKS)('%s keeps points apart from the values, and overwrites equal keys', async (book) => {
    const store = await opened();
    const other = BOOKS.find((one) => one !== book)!;
    await store.write([point({ value: 7 })]);
    await store.record(book, [of('score', 90), of('score', 80, 1), of('late', 3)]);
    await store.record(book, [of('score', 95)]);
    const time = Date.UTC(2026, 2, 1);
    expect(await store.recorded(book, { series: [REVENUE], ...EVER })).toEqual([
      { kpi: 'revenue', dims: { what: 'late' }, times: [time], values: [3] },
      { kpi: 'revenue', dims: { what: 'score' }, times: [time, time + DAY], values: [95, 80] },
    ]);
    const scores = { series: [REVENUE], from: time + 1, to: time + 2 * DAY, where: { what: ['score'] } };
    expect(await store.recorded(book, scores)).toMatchObject([{ values: [80] }]);
    expect(await store.recorded(other, { series: [REVENUE], ...EVER })).toEqual([]);
    expect(await store.read({ series: [REVENUE], ...EVER })).toMatchObject([{ values: [7] }]);
    expect(await store.latest([REVENUE])).toEqual(new Map([['revenue', time]]));
  });

  it('leaves what is withdrawn out of a book, and refuses what no store would take', async () => {
    const store = await opened();
    await store.record('quality', [of('score', 90)]);
    await store.record('quality', [{ ...of('score', 0), void: true }]);
    expect(await store.recorded('quality', { series: [REVENUE], ...EVER })).toEqual([]);
    await expect(store.record('quality', [of('score', NaN)])).rejects.toMatchObject({ code: 'STORE_REFUSED' });
  });
}
