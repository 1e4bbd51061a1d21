import type {
  CoreApp,
  DataQueryRequest,
  DataQueryResponse,
  DataSourceInstanceSettings,
  DataSourceJsonData,
  ScopedVars,
} from '@grafana/data';
import { DataSourceWithBackend, getTemplateSrv, type TemplateSrv } from '@grafana/runtime';
import type { CatalogueAnswer, MembersAnswer } from '@kpi-monitor/model/query/catalogue-answer';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { map, type Observable } from 'rxjs';

import { withoutEmptyTables } from './query/empty-tables';
import { interpolate } from './query/interpolate';
import { newQuery, upgrade } from './query/upgrade';
import { KpiVariables } from './variables/KpiVariables';

export interface KpiOptions extends DataSourceJsonData {
  /** seconds to wait for an answer; 30 when absent */
  timeout?: number;
}

/** What is kept secret: Grafana's server alone can read it. */
export interface KpiSecrets {
  token?: string;
}

/** How long a listed catalogue is believed, in milliseconds. */
const FRESH = 60_000;

/** KPIs from the engine. Queries go through Grafana's server, so that alerting and public dashboards work as well. */
export class KpiDataSource extends DataSourceWithBackend<RequestQuery, KpiOptions> {
  private listed?: { at: number; catalogue: Promise<CatalogueAnswer> };

  constructor(
    settings: DataSourceInstanceSettings<KpiOptions>,
    private readonly templates: TemplateSrv = getTemplateSrv()
  ) {
    super(settings);
    this.variables = new KpiVariables(this);
  }

  override getDefaultQuery(app: CoreApp): Partial<RequestQuery> {
    return newQuery(app);
  }

  override filterQuery(query: RequestQuery): boolean {
    return !query.hide;
  }

  override applyTemplateVariables(query: RequestQuery, scoped: ScopedVars): RequestQuery {
    return interpolate(upgrade(query), this.templates, scoped);
  }

  override query(request: DataQueryRequest<RequestQuery>): Observable<DataQueryResponse> {
    return super.query(request).pipe(map(withoutEmptyTables));
  }

  override getQueryDisplayText(query: RequestQuery): string {
    return [query.type, ...(query.select?.kpis ?? query.select?.categories ?? [])].join(' ');
  }

  /** Names of the dashboard's variables, as they are written in a query. */
  variableNames(): string[] {
    return this.templates.getVariables().map(({ name }) => `$${name}`);
  }

  /** The catalogue, asked once a minute. @throws what `readResourceError` reads */
  catalogue(): Promise<CatalogueAnswer> {
    if (!this.listed || Date.now() - this.listed.at > FRESH) {
      const catalogue = this.getResource<CatalogueAnswer>('catalogue', undefined, { showErrorAlert: false });
      this.listed = { at: Date.now(), catalogue };
      // A failure is not kept: the next question tries again.
      catalogue.catch(() => (this.listed = undefined));
    }
    return this.listed.catalogue;
  }

  /** Members of a dimension that have values in any of the KPIs (all when none is given). */
  async members(dimension: string, kpis: readonly string[] = []): Promise<string[]> {
    const path = `dimensions/${encodeURIComponent(dimension)}/members`;
    const params = kpis.length > 0 ? { kpis: kpis.join(',') } : undefined;
    const answer = await this.getResource<MembersAnswer>(path, params, { showErrorAlert: false });
    return answer.members;
  }
}
