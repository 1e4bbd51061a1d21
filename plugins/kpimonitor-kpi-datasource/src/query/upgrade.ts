/** The door that saved queries come in by. */
import { CoreApp } from '@grafana/data';
import { type Format, QUERY_VERSION, type QueryType, type RequestQuery } from '@kpi-monitor/model/query/query';

/** What a new panel or rule asks: where all KPIs stand. */
export function newQuery(app?: CoreApp): Partial<RequestQuery> {
  return { v: QUERY_VERSION, type: 'status', select: {}, ...formatIn(app, 'status') };
}

/** A saved query, however old or bare, in the form of this version; one of a newer version stays as it is. */
export function upgrade(saved: Partial<RequestQuery> & { refId: string }): RequestQuery {
  return { ...saved, v: saved.v ?? QUERY_VERSION, type: saved.type ?? 'status', select: saved.select ?? {} };
}

/**
 * The format that has to be written into the query, as `{format}` or nothing: Grafana evaluates rules without this
 * code, and needs one number a KPI; panels take what the engine gives for the type.
 */
export function formatIn(app: CoreApp | undefined, type: QueryType): { format?: Format } {
  const rule = app === CoreApp.UnifiedAlerting || app === CoreApp.CloudAlerting;
  return rule && type === 'status' ? { format: 'numeric' } : {};
}
