/** The append-only logs. */
import { LOGS } from '../store';

import type { Opened } from './fixture';

export function logContract(opened: Opened): void {
  it.each(LOGS)('%s counts its revisions up by KPI and gives back the data', async (log) => {
    const store = await opened();
    const data = { text: 'über "alles"\\ \n€ 🛒', old: 1.5, deep: [{ a: null }, true] };
    expect(await store.entries(log)).toEqual([]);
    const first = await store.append(log, { time: 2000, kpi: 'revenue', data });
    expect(first).toEqual({ time: 2000, kpi: 'revenue', revision: 1, data });
    await store.append(log, { time: 1000, kpi: '', data: { about: 'all' } });
    await store.append(log, { time: 2000, kpi: 'revenue', data: { second: 'in the same millisecond' } });
    await store.append(log, { time: 1500, kpi: 'revenue', data: { third: 'recorded with an earlier clock' } });
    expect(await store.entries(log)).toEqual([
      { time: 1000, kpi: '', revision: 1, data: { about: 'all' } },
      { time: 1500, kpi: 'revenue', revision: 3, data: { third: 'recorded with an earlier clock' } },
      { time: 2000, kpi: 'revenue', revision: 1, data },
      { time: 2000, kpi: 'revenue', revision: 2, data: { second: 'in the same millisecond' } },
    ]);
    expect((await store.entries(log, '')).map(({ revision }) => revision)).toEqual([1]);
    expect(await store.entries(log === 'note' ? 'audit' : 'note')).toEqual([]);
  });

  it('refuses to append when somebody else was first, and says where the log stands', async () => {
    const store = await opened();
    const entry = { time: 1000, kpi: 'revenue', data: { target: 1 } };
    await store.append('reference', entry, 0);
    await expect(store.append('reference', entry, 0)).rejects.toMatchObject({
      code: 'STORE_REFUSED',
      details: { revision: 1, expected: 0 },
      message: expect.stringContaining('revision 1, not 0'),
    });
    await expect(store.append('reference', entry, 2)).rejects.toMatchObject({ details: { revision: 1 } });
    expect((await store.append('reference', entry, 1)).revision).toBe(2);
    expect((await store.append('reference', { ...entry, kpi: 'churn' }, 0)).revision).toBe(1);
    expect(await store.entries('reference', 'revenue')).toHaveLength(2);
  });

  it('lets one of several that append at once win', async () => {
    const store = await opened();
    const entry = { time: 1000, kpi: 'revenue', data: {} };
    const all = await Promise.allSettled([1, 2, 3, 4].map(() => store.append('note', entry, 0)));
    expect(all.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    await Promise.all([1, 2, 3, 4].map(() => store.append('note', entry)));
    expect((await store.entries('note')).map(({ revision }) => revision)).toEqual([1, 2, 3, 4, 5]);
  });

  it('keeps entries of a quarter of a megabyte', async () => {
    const store = await opened();
    const data = { text: 'report '.repeat(37_000) };
    await store.append('audit', { time: 1, kpi: '', data });
    expect((await store.entries('audit'))[0]?.data).toEqual(data);
  });
}
