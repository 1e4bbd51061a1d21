import type { EpisodeRow } from '@kpi-monitor/model/query/frames';
import { isoDate } from '@kpi-monitor/model/time/civil';

import { ask, askAll, fieldOf, rowsOf } from '../../test/ask';
import { type Example, openExample } from '../../test/company';
import { expectGolden } from '../../test/golden';

let example: Example;
beforeAll(async () => {
  example = await openExample();
});
afterAll(() => example.close());

const history = { type: 'statusHistory', select: { kpis: ['revenue'] } };

describe('statusHistory', () => {
  it('is the level of each judged period, with words and colours, and null for the running one', async () => {
    const frames = await ask(example.engine, history, { from: '2025-12-10T00:00:00Z' });
    expectGolden('status-history', frames);
    expect((fieldOf(frames[0]!, 'time').values as number[]).map(isoDate)).toEqual([
      '2025-12-01',
      '2026-01-01',
      '2026-02-01',
      '2026-03-01',
    ]);
    expect(fieldOf(frames[0]!, 'level').values).toEqual([0, 0, 2, null]);
  });

  it('is the episodes as a table', async () => {
    const [frame] = await ask(example.engine, { ...history, format: 'table' }, { from: 'now-1y' });
    expect(rowsOf<EpisodeRow>(frame!)).toEqual([
      {
        kpi: 'revenue',
        name: 'Revenue',
        category: 'financial',
        slice: '',
        from: Date.UTC(2026, 1, 1),
        to: null,
        worst: 2,
        worstText: 'Critical',
        periods: 1,
        durationText: '1 month',
        worstValue: 2240,
        worstValueText: '$2,240',
      },
    ]);
  });

  it('holds episodes that began before the range and reach into it, or still go on', async () => {
    const began = async (from: string, to = 'now') => {
      const [frame] = await ask(example.engine, { ...history, format: 'table' }, { from, to });
      return rowsOf<EpisodeRow>(frame!).map((row) => isoDate(row.from));
    };
    expect(await began('2026-02-20T00:00:00Z')).toEqual(['2026-02-01']);
    expect(await began('2026-03-05T00:00:00Z')).toEqual(['2026-02-01']);
    expect(await began('2025-12-01T00:00:00Z', '2026-01-31T23:59:59Z')).toEqual([]);
  });

  it('has no single number', async () => {
    const { A } = await askAll(example.engine, [{ ...history, format: 'numeric' }]);
    expect(A).toMatchObject({ status: 400, code: 'QUERY_INVALID' });
  });
});
