/** Where the app's pages and the dashboards about a KPI are, below the address that Grafana is served under. */
import { locationUtil, urlUtil } from '@grafana/data';

import { id } from './plugin.json';

export const ROOT = `/a/${id}`;

export function kpisAddress(): string {
  return address('kpis');
}

export function kpiAddress(kpi: string): string {
  return address(`kpis/${encodeURIComponent(kpi)}`);
}

export function auditAddress(filter: { kpi?: string; user?: string } = {}): string {
  return address('audit', filter);
}

/** The dashboard that shows one KPI. */
export function dashboardAddress(kpi: string): string {
  return locationUtil.assureBaseUrl(urlUtil.renderUrl('/d/kpi-detail', { 'var-kpi': kpi }));
}

function address(path: string, query: Record<string, string | undefined> = {}): string {
  const given = Object.fromEntries(Object.entries(query).filter(([, value]) => value));
  return locationUtil.assureBaseUrl(urlUtil.renderUrl(`${ROOT}/${path}`, given));
}
