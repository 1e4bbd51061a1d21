import { statusRow } from '../fixtures/rows';

import { matrixOf } from './matrix';

describe('the matrix of KPIs and members', () => {
  const rows = [
    statusRow({ kpi: 'quality', name: 'Quality', slice: 'West', status: 'critical' }),
    statusRow({ kpi: 'revenue', slice: '' }),
    statusRow({ kpi: 'revenue', slice: 'West', status: 'emergency' }),
    statusRow({ kpi: 'revenue', slice: 'East' }),
  ];

  it('has the total first, then members by name, and holes where a KPI has no such slice', () => {
    const { members, lines } = matrixOf(rows);
    expect(members).toEqual(['', 'East', 'West']);
    expect(lines.map((line) => line.cells.map((cell) => cell?.status ?? null))).toEqual([
      [null, null, 'critical'],
      ['normal', 'normal', 'emergency'],
    ]);
  });

  it('lets a line stand by its own total, and by its worst member only without one', () => {
    expect(matrixOf(rows).lines.map((line) => [line.key, line.lead.status])).toEqual([
      ['quality', 'critical'],
      ['revenue', 'normal'],
    ]);
  });

  it('has the same members whatever the order of rows', () => {
    expect(matrixOf([...rows].reverse()).members).toEqual(['', 'East', 'West']);
  });
});
