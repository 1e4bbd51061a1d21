/** Grafana around the data source: its settings, and a server that answers resource calls. */
import type { DataSourceInstanceSettings, DataSourcePluginMeta } from '@grafana/data';
import { type BackendSrvRequest, type FetchResponse, setBackendSrv, type TemplateSrv } from '@grafana/runtime';
import type { CatalogueAnswer, CatalogueKpi } from '@kpi-monitor/model/query/catalogue-answer';
import { of, throwError } from 'rxjs';

import { KpiDataSource, type KpiOptions } from '../src/datasource';

const kpi = (id: string, name: string, more: Partial<CatalogueKpi>): CatalogueKpi => ({
  id,
  name,
  category: 'financial',
  tier: 'supporting',
  kind: 'ratio',
  unit: 'percent',
  decimals: 1,
  direction: 'up',
  definition: '',
  owner: '',
  grain: 'month',
  judgedAt: 'month',
  grains: ['month', 'quarter', 'year'],
  dimensions: [],
  formula: null,
  hasTarget: false,
  source: 'demo',
  ...more,
});

export const CATALOGUE: CatalogueAnswer = {
  name: 'Demo company',
  demo: true,
  asOf: 'clock',
  now: null,
  zone: 'Europe/Berlin',
  categories: [
    { id: 'financial', name: 'Financial' },
    { id: 'customer', name: 'Customer', description: 'What customers think and do' },
    { id: 'empty', name: 'Empty' },
  ],
  kpis: [
    kpi('revenue', 'Revenue', {
      tier: 'headline',
      unit: 'currency:financial:$',
      definition: 'Invoiced, net of credit notes and tax',
      grain: 'day',
      grains: ['day', 'week', 'month', 'quarter', 'year'],
      dimensions: ['region', 'channel'],
      hasTarget: true,
    }),
    kpi('profit_margin', 'Profit margin', { dimensions: ['region'] }),
    kpi('retention', 'Retention', { category: 'customer' }),
  ],
};

export const MEMBERS: Record<string, string[]> = { region: ['East', 'North'], channel: ['Direct', 'Partner'] };

type Answer = (request: BackendSrvRequest) => unknown;

/** What resource calls answer, by the end of their address; a thrown thing is what Grafana's fetch throws. */
export function serve(answer: Answer = engine): BackendSrvRequest[] {
  const requests: BackendSrvRequest[] = [];
  const fetch = (request: BackendSrvRequest) => {
    requests.push(request);
    try {
      return of({ data: answer(request), ok: true, status: 200 } as FetchResponse);
    } catch (thrown) {
      return throwError(() => thrown);
    }
  };
  setBackendSrv({ fetch } as unknown as Parameters<typeof setBackendSrv>[0]);
  return requests;
}

export function engine({ url }: BackendSrvRequest): unknown {
  const [, dimension] = /\/resources\/dimensions\/(\w+)\/members$/.exec(url) ?? [];
  if (dimension) {
    return { dimension, members: MEMBERS[dimension] ?? [] };
  }
  if (url.endsWith('/resources/catalogue')) {
    return CATALOGUE;
  }
  throw refusal(404, 'NOT_FOUND', `there is nothing at ${url}`);
}

export function refusal(status: number, code: string, message: string) {
  return { status, statusText: 'Bad Gateway', data: { code, message }, config: { url: '' } };
}

/** A data source whose dashboard has these variables. */
export function datasource(variables: Record<string, string> = {}): KpiDataSource {
  const templates = {
    getVariables: () => Object.keys(variables).map((name) => ({ name })),
    replace: (text = '') => text.replace(/\$(\w+)/g, (whole, name: string) => variables[name] ?? whole),
  } as unknown as TemplateSrv;
  const settings = {
    id: 1,
    uid: 'kpi',
    type: 'kpimonitor-kpi-datasource',
    name: 'KPI Monitor',
    meta: { id: 'kpimonitor-kpi-datasource' } as DataSourcePluginMeta,
    access: 'proxy',
    readOnly: false,
    jsonData: {},
  } satisfies DataSourceInstanceSettings<KpiOptions>;
  return new KpiDataSource(settings, templates);
}
