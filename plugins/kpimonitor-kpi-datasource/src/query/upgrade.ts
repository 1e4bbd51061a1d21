/** The door that saved queries come in by. */
import { CoreApp } from '@grafana/data';
import { type Format, QUERY_VERSION, type RequestQuery } from '@kpi-monitor/model/query/query';

import { TRAITS } from './traits';

/**
 * What a new panel asks: where all KPIs stand. For rules there is nothing: Grafana shows the editor of a rule these
 * defaults without saving them, and the rule would be evaluated without; the editor writes them instead.
 */
export function newQuery(app?: CoreApp): Partial<RequestQuery> {
  return isRule(app) ? {} : { v: QUERY_VERSION, type: 'status', select: {} };
}

/** A saved query, however old or bare, in the form of this version; one of a newer version stays as it is. */
export function upgrade(saved: Partial<RequestQuery> & { refId: string }): RequestQuery {
  return { ...saved, v: saved.v ?? QUERY_VERSION, type: saved.type ?? 'status', select: saved.select ?? {} };
}

/**
 * What an alert rule's saved query lacks, or null. Rules are evaluated without this code, so that all has to be
 * written into them: one number a KPI above all, where panels take what the engine gives for the type.
 */
export function lackingInRule(saved: Partial<RequestQuery>, app: CoreApp | undefined): Partial<RequestQuery> | null {
  if (!isRule(app)) {
    return null;
  }
  const { v, type = 'status', select } = saved;
  const format: Format | undefined = saved.format ?? TRAITS[type]?.inRules;
  const isWhole = v !== undefined && saved.type !== undefined && select !== undefined && saved.format === format;
  return isWhole ? null : { v: v ?? QUERY_VERSION, type, select: select ?? {}, format };
}

/** Whether the editor is that of an alert rule. */
export function isRule(app: CoreApp | undefined): boolean {
  return app === CoreApp.UnifiedAlerting || app === CoreApp.CloudAlerting;
}
