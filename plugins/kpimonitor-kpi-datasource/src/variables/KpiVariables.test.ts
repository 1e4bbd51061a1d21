import { CustomVariable, sceneGraph, SceneVariableSet, EmbeddedScene } from '@grafana/scenes';
import type { TemplateSrv } from '@grafana/runtime';
import { lastValueFrom } from 'rxjs';

import { datasource, engine, refusal, serve } from '../../test/grafana';

import { KpiVariables } from './KpiVariables';
import { optionsOf, type VariableQuery } from './variable-query';

const scene = new EmbeddedScene({
  $variables: new SceneVariableSet({
    variables: [
      new CustomVariable({ name: 'kpi', query: 'revenue', value: 'revenue', text: 'Revenue' }),
      new CustomVariable({ name: 'dimension', query: 'region', value: 'region', text: 'Region' }),
    ],
  }),
  body: undefined as never,
});
const templates = {
  replace: (text = '', scoped = {}, format: never = undefined as never) =>
    sceneGraph.interpolate(scene, text, scoped, format),
} as unknown as TemplateSrv;

const list = (query: Partial<VariableQuery>) =>
  optionsOf({ refId: 'variable', v: 1, list: 'kpis', ...query }, datasource(), templates, {});

describe('what a variable lists', () => {
  beforeEach(() => void serve());

  it.each<[string, Partial<VariableQuery>, Array<[string, string]>]>([
    [
      'KPIs',
      { list: 'kpis' },
      [
        ['Revenue', 'revenue'],
        ['Profit margin', 'profit_margin'],
        ['Retention', 'retention'],
      ],
    ],
    ['KPIs of a category', { list: 'kpis', select: { categories: ['customer'] } }, [['Retention', 'retention']]],
    [
      'categories that have KPIs',
      { list: 'categories' },
      [
        ['Financial', 'financial'],
        ['Customer', 'customer'],
      ],
    ],
    [
      'dimensions of the KPI that another variable names',
      { list: 'dimensions', select: { kpis: ['$kpi'] } },
      [
        ['Nothing', 'none'],
        ['Region', 'region'],
        ['Channel', 'channel'],
      ],
    ],
    [
      'grains',
      { list: 'grains', select: { categories: ['customer'] } },
      [
        ['As judged', 'judged'],
        ['Automatic', 'auto'],
        ['Month', 'month'],
        ['Quarter', 'quarter'],
        ['Year', 'year'],
      ],
    ],
    [
      'members',
      { list: 'members', dimension: '$dimension' },
      [
        ['East', 'East'],
        ['North', 'North'],
      ],
    ],
    ['no members of no dimension', { list: 'members', dimension: 'none' }, []],
  ])('%s', async (_, query, expected) => {
    expect(await list(query)).toEqual(expected.map(([text, value]) => ({ text, value })));
  });

  it('asks for members of the chosen KPIs alone', async () => {
    const requests = serve();
    await list({ list: 'members', dimension: 'region', select: { kpis: ['$kpi'] } });
    expect(requests.at(-1)).toMatchObject({ params: { kpis: 'revenue' } });
  });
});

describe('KpiVariables', () => {
  const ask = (query: Partial<VariableQuery>) =>
    lastValueFrom(new KpiVariables(datasource()).query({ targets: [query], scopedVars: {} } as never));

  it('takes a bare object of a provisioned dashboard', async () => {
    serve();
    const { data } = await ask({ list: 'categories' });
    expect(data).toHaveLength(2);
  });

  it('says why it has no options', async () => {
    serve((request) => {
      if (request.url.endsWith('catalogue')) {
        throw refusal(401, 'ACCESS_TOKEN', 'the token is missing or wrong');
      }
      return engine(request);
    });
    await expect(ask({ list: 'kpis' })).rejects.toThrow('ACCESS_TOKEN: the token is missing or wrong');
  });
});
