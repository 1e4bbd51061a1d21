/** The real Grafana that these tests run against: with our plugins and provisioning, on the demo company. */
export const GRAFANA_URL = (process.env.GRAFANA_URL ?? '').replace(/\/$/, '');

/** `user:password` of somebody who may make dashboards. */
const CREDENTIALS = process.env.GRAFANA_AUTH ?? 'admin:admin';
export const AUTHORIZATION = `Basic ${Buffer.from(CREDENTIALS).toString('base64')}`;

export async function grafana<T>(path: string, body?: unknown, method = body ? 'POST' : 'GET'): Promise<T> {
  const response = await fetch(`${GRAFANA_URL}${path}`, {
    method,
    headers: { authorization: AUTHORIZATION, 'content-type': 'application/json' },
    body: body === undefined ? undefined : JSON.stringify(body),
  });
  if (!response.ok && response.status !== 400) {
    throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  }
  return (await response.json()) as T;
}
