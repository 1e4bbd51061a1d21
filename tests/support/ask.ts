/** Asks an engine, or a Grafana in front of one, what a panel asks it. */
import type { Frame, QueryResponse, StatusRow } from '@kpi-monitor/model/query/frames';
import type { KpiQuery } from '@kpi-monitor/model/query/query';

export async function ask(
  url: string,
  query: Omit<KpiQuery, 'v'>,
  from = 'now-1y',
  to = 'now',
  headers: Record<string, string> = {}
): Promise<Frame[]> {
  const datasource = { uid: 'kpi', type: 'kpimonitor-kpi-datasource' };
  const response = await fetch(`${url}/api/ds/query`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: JSON.stringify({ queries: [{ refId: 'A', v: 1, datasource, ...query }], from, to }),
  });
  const { results } = (await response.json()) as QueryResponse;
  const { error, frames } = results.A!;
  if (error) {
    throw new Error(error);
  }
  return frames!;
}

/** Rows of a `status` answer. */
export async function askStatus(
  url: string,
  select: KpiQuery['select'] = {},
  headers: Record<string, string> = {}
): Promise<StatusRow[]> {
  const query = { type: 'status', select, compare: 'previous', format: 'table' } as const;
  const [frame] = await ask(url, query, 'now-1y', 'now', headers);
  const { schema, data } = frame!;
  return (data.values[0] ?? []).map((_, row) =>
    Object.fromEntries(schema.fields.map((field, column) => [field.name, data.values[column]![row]]))
  ) as unknown as StatusRow[];
}
