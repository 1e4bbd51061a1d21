import {
  CustomVariableSupport,
  type DataQueryRequest,
  type DataQueryResponse,
  type DataSourceApi,
  type MetricFindValue,
} from '@grafana/data';
import { getTemplateSrv } from '@grafana/runtime';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { from, map, type Observable } from 'rxjs';

import type { KpiDataSource, KpiOptions } from '../datasource';
import { readResourceError } from '../resource-error';

import { type Lists, newVariable, optionsOf, type VariableQuery } from './variable-query';
import { VariableEditor } from './VariableEditor';

type Source = DataSourceApi<RequestQuery, KpiOptions> & Lists;

/** Lets dashboard variables list KPIs, categories, dimensions and their members. */
export class KpiVariables extends CustomVariableSupport<KpiDataSource, VariableQuery, RequestQuery, KpiOptions> {
  override editor = VariableEditor;

  constructor(private readonly source: Source) {
    super();
  }

  override getDefaultQuery(): Partial<RequestQuery> {
    // Grafana's type asks for the panels' query here, and hands what it gets to the variable's editor.
    return newVariable() as unknown as Partial<RequestQuery>;
  }

  override query(request: DataQueryRequest<VariableQuery>): Observable<DataQueryResponse> {
    const [query] = request.targets;
    const options = optionsOf({ ...newVariable(), ...query }, this.source, getTemplateSrv(), request.scopedVars ?? {});
    return from(options.catch(inWords)).pipe(map((data: MetricFindValue[]) => ({ data })));
  }
}

/** Grafana shows the message of what a variable's query throws. */
function inWords(thrown: unknown): never {
  const { code, message } = readResourceError(thrown);
  throw new Error(code ? `${code}: ${message}` : message);
}
