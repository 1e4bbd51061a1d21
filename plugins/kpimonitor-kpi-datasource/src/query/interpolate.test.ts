import {
  CustomVariable,
  EmbeddedScene,
  sceneGraph,
  SceneTimeRange,
  SceneVariableSet,
  type VariableValue,
} from '@grafana/scenes';
import type { RequestQuery } from '@kpi-monitor/model/query/query';

import { interpolate } from './interpolate';

/** Grafana's own replacement, over variables of a dashboard. */
function templates(values: Record<string, VariableValue>) {
  const variables = Object.entries(values).map(
    ([name, value]) =>
      new CustomVariable({
        name,
        query: 'revenue,profit_margin',
        isMulti: Array.isArray(value),
        includeAll: true,
        value,
        text: value,
        options: [
          { label: 'Revenue', value: 'revenue' },
          { label: 'Profit margin', value: 'profit_margin' },
        ],
      })
  );
  const scene = new EmbeddedScene({
    $timeRange: new SceneTimeRange(),
    $variables: new SceneVariableSet({ variables }),
    body: new EmbeddedScene({ body: undefined as never }),
  });
  return {
    replace: (text = '', scoped = {}, format?: string | ((value: never) => string)) =>
      sceneGraph.interpolate(scene, text, scoped, format as never),
  };
}

const query = (more: Partial<RequestQuery>): RequestQuery => ({
  refId: 'A',
  v: 1,
  type: 'series',
  select: {},
  ...more,
});

describe('interpolate', () => {
  it('makes several values several entries', () => {
    const { select } = interpolate(
      query({ select: { kpis: ['$kpi', 'quality'], categories: ['${category}'] } }),
      templates({ kpi: ['revenue', 'profit_margin'], category: 'financial' }),
      {}
    );
    expect(select).toEqual({ kpis: ['revenue', 'profit_margin', 'quality'], categories: ['financial'] });
  });

  it.each([['$region'], ['${region}'], ['${region:csv}'], ['[[region]]']])(
    'makes All of the members in %s no condition',
    (region) => {
      const { select } = interpolate(
        query({ select: { where: { region: [region] } } }),
        templates({ region: ['$__all'] }),
        {}
      );
      expect(select.where).toEqual({ region: [] });
    }
  );

  it('takes All of the KPIs for those that the variable lists, which may be those of one category', () => {
    const { select } = interpolate(query({ select: { kpis: ['$kpi'] } }), templates({ kpi: ['$__all'] }), {});
    expect(select.kpis).toEqual(['revenue', 'profit_margin']);
  });

  it.each(['$__all', 'All', '*'])('takes %s, given as the value of All, for everything', (value) => {
    const { select } = interpolate(query({ select: { kpis: ['$kpi'] } }), templates({ kpi: value }), {});
    expect(select.kpis).toEqual(value === '$__all' ? ['revenue', 'profit_margin'] : []);
  });

  it('keeps members with commas and braces whole', () => {
    const { select } = interpolate(
      query({ select: { where: { $dimension: ['$member'] } } }),
      templates({ dimension: 'manager', member: ['Smith, John', 'a{b}'] }),
      {}
    );
    expect(select.where).toEqual({ manager: ['Smith, John', 'a{b}'] });
  });

  it('drops a condition on a dimension that is not chosen', () => {
    const { select } = interpolate(
      query({ select: { where: { $dimension: ['x'], region: ['North'] } } }),
      templates({ dimension: 'none' }),
      {}
    );
    expect(select.where).toEqual({ region: ['North'] });
  });

  it('replaces grain, split and comparison, and leaves out what says nothing', () => {
    const asked = query({ grain: '$grain' as never, split: '$split', compare: '$compare' as never });
    expect(interpolate(asked, templates({ grain: 'month', split: 'region', compare: 'lastYear' }), {})).toMatchObject({
      grain: 'month',
      split: 'region',
      compare: 'lastYear',
    });
    const none = interpolate(asked, templates({ grain: '', split: 'none', compare: 'none' }), {});
    expect([none.grain, none.split, none.compare]).toEqual([undefined, undefined, undefined]);
  });

  it.each([
    ['now-1M', 'now-1M'],
    ['2026-03-01', '2026-03-01'],
    ['now', undefined],
    ['', undefined],
  ])('asks for what was known on %p, and not at all for today', (known, expected) => {
    expect(interpolate(query({ asKnownAt: '$known' }), templates({ known }), {}).asKnownAt).toBe(expected);
  });

  it('replaces what a correlation compares, and its greatest lag', () => {
    const asked = query({ type: 'correlation', on: '$on' as never, maxLag: '$lag' as never });
    expect(interpolate(asked, templates({ on: 'changes', lag: '14' }), {})).toMatchObject({
      on: 'changes',
      maxLag: 14,
    });
    expect(interpolate(asked, templates({ on: 'levels', lag: '' }), {}).maxLag).toBeUndefined();
  });

  it('takes the value of a repeated panel', () => {
    const { select } = interpolate(query({ select: { kpis: ['$kpi'] } }), templates({ kpi: ['$__all'] }), {
      kpi: { text: 'Revenue', value: 'revenue' },
    });
    expect(select.kpis).toEqual(['revenue']);
  });

  it('leaves an unknown variable for the engine to name', () => {
    const { select } = interpolate(query({ select: { kpis: ['$nobody'] } }), templates({}), {});
    expect(select.kpis).toEqual(['$nobody']);
  });

  it('leaves the saved query as it was', () => {
    const saved = query({ select: { kpis: ['$kpi'] } });
    interpolate(saved, templates({ kpi: ['revenue'] }), {});
    expect(saved.select.kpis).toEqual(['$kpi']);
  });
});
