import { COMPANY, statusRow } from '../fixtures/rows';

import { countStatuses, groupRows } from './groups';
import { sortRows } from './order';

const names = (rows: Array<{ name: string }>) => rows.map((row) => row.name);

describe('the order of rows', () => {
  it('is worst first, headline KPIs before the others of their status', () => {
    const rows = [
      statusRow({ name: 'calm' }),
      statusRow({ name: 'supporting critical', status: 'critical', tier: 'supporting' }),
      statusRow({ name: 'warning', status: 'warning' }),
      statusRow({ name: 'headline critical', status: 'critical' }),
      statusRow({ name: 'late', status: 'late' }),
    ];
    expect(names(sortRows(rows, 'worst'))).toEqual([
      'headline critical',
      'supporting critical',
      'late',
      'warning',
      'calm',
    ]);
  });

  it('does not depend on the order in which rows come', () => {
    for (const by of ['worst', 'name', 'category', 'change'] as const) {
      expect(names(sortRows([...COMPANY].reverse(), by))).toEqual(names(sortRows(COMPANY, by)));
    }
  });

  it('by change puts bad signals first, then good ones, then the largest for its size', () => {
    const rows = [
      statusRow({ name: 'none', change: null }),
      statusRow({ name: 'small', value: 1000, change: 10 }),
      statusRow({ name: 'from zero', value: 10, change: 10 }),
      statusRow({ name: 'large', value: 10, change: -30 }),
      statusRow({ name: 'bad', value: 1000, change: -1, changeSense: 'bad' }),
      statusRow({ name: 'good', value: 1000, change: 1, changeSense: 'good' }),
    ];
    expect(names(sortRows(rows, 'change'))).toEqual(['bad', 'good', 'from zero', 'large', 'small', 'none']);
  });

  it('by name counts numbers as numbers', () => {
    const rows = ['Plant 10', 'plant 9', 'Plant 1'].map((name) => statusRow({ name }));
    expect(names(sortRows(rows, 'name'))).toEqual(['Plant 1', 'plant 9', 'Plant 10']);
  });
});

describe('groups', () => {
  it('stand by their worst headline KPI, never by the worst of all', () => {
    const rows = [
      statusRow({ categoryName: 'A', name: 'headline', status: 'warning' }),
      statusRow({ categoryName: 'A', name: 'diagnostic', status: 'emergency', tier: 'diagnostic' }),
      statusRow({ categoryName: 'A', name: 'slice', status: 'emergency', slice: 'West' }),
      statusRow({ categoryName: 'B', name: 'other', status: 'critical' }),
    ];
    const groups = groupRows(rows, 'category', 'worst');
    expect(groups.map(({ title, headline }) => [title, headline?.name])).toEqual([
      ['B', 'other'],
      ['A', 'headline'],
    ]);
    expect(groups[1]!.counts).toEqual([
      ['emergency', 2],
      ['warning', 1],
    ]);
  });

  it('count stale and not judged apart from what is normal', () => {
    expect(countStatuses(COMPANY)).toEqual([
      ['emergency', 1],
      ['critical', 1],
      ['late', 1],
      ['no_data', 1],
      ['warning', 2],
      ['provisional', 1],
      ['not_judged', 1],
      ['normal', 8],
    ]);
  });

  it('keep the order of their rows, and are by name when rows are', () => {
    const groups = groupRows(sortRows(COMPANY, 'name'), 'category', 'name');
    expect(groups.map((group) => group.title)).toEqual(['Customer', 'Financial', 'Market', 'Operations']);
    expect(names(groups[0]!.rows)).toEqual([
      'Customer acquisition cost',
      'Customer lifetime value',
      'Customer retention',
      'Customer satisfaction',
    ]);
  });

  it('put rows without a category last', () => {
    const rows = [statusRow({ categoryName: '' }), statusRow({ categoryName: 'Z' })];
    expect(groupRows(rows, 'category', 'name').map((group) => group.title)).toEqual(['Z', '']);
  });
});
