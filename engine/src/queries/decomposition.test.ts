import { addDays, civil } from '@kpi-monitor/model/time/civil';

import { ask, fieldOf } from '../../test/ask';
import { type Example, exampleCatalogue, openExample } from '../../test/company';

const FILES = {
  'visits.yaml': `
id: visits
name: Visits
category: customer
kind: flow
judge: { at: month }
source: { kind: demo }
`,
};

let example: Example;
beforeAll(async () => {
  const catalogue = exampleCatalogue(FILES);
  example = await openExample({ catalogue: () => catalogue });
  await example.store.write(
    Array.from({ length: 120 }, (_, t) => ({
      ...{ kpi: 'visits', v: 1, dims: {}, time: addDays(civil(2025, 11, 18), t) },
      value: 100 + t + (t % 7 === 0 ? 30 : 0) + (t === 60 ? 90 : 0),
    }))
  );
});
afterAll(() => example.close());

describe('decomposition', () => {
  it('takes a line apart into parts that add up', async () => {
    const range = { from: String(Date.UTC(2025, 10, 18)), to: String(Date.UTC(2026, 2, 18, 9, 30)) };
    const query = { type: 'decomposition', select: { kpis: ['visits'] }, grain: 'day' };
    const [frame] = await ask(example.engine, query, range);
    const values = (name: string) => fieldOf(frame!, name).values as number[];
    values('value').forEach((value, t) => {
      expect(values('trend')[t]! + values('season7')[t]! + values('remainder')[t]!).toBeCloseTo(value, 6);
    });
    expect(Math.abs(values('trend')[80]! - 184)).toBeLessThan(3);
    expect(values('season7')[84]!).toBeGreaterThan(20);
    // What stands out is left over, and bends neither trend nor season.
    expect(values('remainder')[60]).toBeGreaterThan(60);
    expect(fieldOf(frame!, 'season7').config!.displayName).toBe('Within the week');
  });

  it('says what is too short', async () => {
    const range = { from: String(Date.UTC(2026, 2, 12)), to: String(Date.UTC(2026, 2, 18, 9, 30)) };
    const [frame] = await ask(
      example.engine,
      { type: 'decomposition', select: { kpis: ['visits'] }, grain: 'day' },
      range
    );
    expect(frame!.schema.meta!.notices![0]!.text).toMatch(/Visits has fewer than 8 days/);
  });
});
