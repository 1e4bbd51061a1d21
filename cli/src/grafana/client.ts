/** Grafana's HTTP API, as far as alert rules need it. */
import { readFileSync } from 'node:fs';

import { KpiError } from '@kpi-monitor/model/errors';

export interface GrafanaOptions {
  /** `--url`, else GRAFANA_URL */
  url?: string;
  /** `--token-file`; else GRAFANA_TOKEN, else GRAFANA_AUTH as user:password */
  tokenFile?: string;
}

export interface Grafana {
  url: string;
  /** @returns null when there is nothing. @throws KpiError GRAFANA_UNREACHABLE, GRAFANA_ACCESS, GRAFANA_REFUSED */
  get<T>(path: string): Promise<T | null>;
  /** What is sent can be edited in Grafana afterwards. */
  send<T>(method: 'POST' | 'PUT' | 'DELETE', path: string, body?: unknown): Promise<T>;
}

const TIMEOUT_MS = 30_000;

/** @throws KpiError CONFIG_SECRET when no address or no secret is given */
export function openGrafana(options: GrafanaOptions, env: NodeJS.ProcessEnv): Grafana {
  const url = (options.url ?? env.GRAFANA_URL ?? '').replace(/\/+$/, '');
  if (!/^https?:\/\//.test(url)) {
    throw new KpiError('CONFIG_SECRET', 'no address of Grafana is given; set GRAFANA_URL or --url http://host:port');
  }
  const authorization = authorizationOf(options, env);
  const request = async <T>(method: string, path: string, body?: unknown): Promise<T | null> => {
    const response = await fetch(`${url}${path}`, {
      method,
      headers: { authorization, 'content-type': 'application/json', 'x-disable-provenance': 'true' },
      body: body === undefined ? undefined : JSON.stringify(body),
      signal: AbortSignal.timeout(TIMEOUT_MS),
    }).catch((cause: Error) => {
      throw new KpiError('GRAFANA_UNREACHABLE', `${url} cannot be reached: ${reason(cause)}`, undefined, { cause });
    });
    const text = await response.text();
    if (response.status === 404 && method === 'GET') {
      return null;
    }
    if (response.status === 401 || response.status === 403) {
      const message = `${url} does not let this user ${method} ${path}: ${said(text)}`;
      throw new KpiError('GRAFANA_ACCESS', message, { status: response.status });
    }
    if (!response.ok) {
      const message = `${url} refused ${method} ${path}: ${said(text) || response.status}`;
      throw new KpiError('GRAFANA_REFUSED', message, { status: response.status });
    }
    return text === '' ? null : (JSON.parse(text) as T);
  };
  return {
    url,
    get: (path) => request('GET', path),
    send: async <T>(method: string, path: string, body?: unknown) => (await request<T>(method, path, body)) as T,
  };
}

function authorizationOf({ tokenFile }: GrafanaOptions, env: NodeJS.ProcessEnv): string {
  const token = tokenFile ? readFileSync(tokenFile, 'utf8').trim() : env.GRAFANA_TOKEN;
  if (token) {
    return `Bearer ${token}`;
  }
  if (env.GRAFANA_AUTH) {
    return `Basic ${Buffer.from(env.GRAFANA_AUTH).toString('base64')}`;
  }
  const message = "Grafana's token is not given; set GRAFANA_TOKEN to that of a service account with the role Admin";
  throw new KpiError('CONFIG_SECRET', message);
}

function said(text: string): string {
  try {
    return (JSON.parse(text) as { message?: string }).message ?? text;
  } catch {
    return text.slice(0, 300);
  }
}

function reason(error: Error): string {
  return (error.cause as Error | undefined)?.message || error.message;
}
