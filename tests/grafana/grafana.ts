/** The real Grafana that these tests run against: with our plugins and provisioning, on the demo company. */
export const GRAFANA_URL = (process.env.GRAFANA_URL ?? '').replace(/\/$/, '');

/** `user:password` of somebody who may make dashboards. */
const CREDENTIALS = process.env.GRAFANA_AUTH ?? 'admin:admin';
export const AUTHORIZATION = `Basic ${Buffer.from(CREDENTIALS).toString('base64')}`;

/** What is made can be edited in Grafana, and taken away again. */
export async function grafana<T>(path: string, body?: unknown, method = body ? 'POST' : 'GET'): Promise<T> {
  const response = await fetch(`${GRAFANA_URL}${path}`, {
    method,
    headers: { authorization: AUTHORIZATION, 'content-type': 'application/json', 'x-disable-provenance': 'true' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  const text = await response.text();
  // A query that fails is answered with 400, and the answer says which.
  if (!response.ok && !(response.status === 400 && path === '/api/ds/query')) {
    throw new Error(`${method} ${path}: ${response.status} ${text}`);
  }
  return (text === '' ? null : JSON.parse(text)) as T;
}
