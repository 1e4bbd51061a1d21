/** The generations of InfluxDB that the suite runs against. */
import { identifier } from '../src/influx/influxql';
import type { InfluxStoreOptions } from '../src/influx/influx-store';

import { type RunningInfluxd, startInfluxd } from './influxd';

export const TOKEN = 'a-secret-token';

/** A server to test against: how to reach it, and what its own interface is needed for. */
export interface Server {
  start(): Promise<void>;
  stop(): Promise<void>;
  /** options of a store in buckets that do not hold anything */
  options(): Promise<InfluxStoreOptions>;
  /** lets a bucket forget what is older than a week */
  forgetAfterAWeek(bucket: string): Promise<void>;
}

/** Debian's InfluxDB 1.6, started and stopped by the test. */
export function debian(program: string): Server {
  let running: RunningInfluxd | undefined;
  let count = 0;
  const optionsFor = (id: number) => ({
    url: running!.url,
    token: TOKEN,
    bucket: `kpi "${id}"`,
    metaBucket: `meta-${id}`,
  });
  return {
    async start() {
      running = await startInfluxd(program);
    },
    stop: async () => running?.stop(),
    options: async () => optionsFor((count += 1)),
    async forgetAfterAWeek(bucket) {
      const statement = `ALTER RETENTION POLICY "autogen" ON ${identifier(bucket)} DURATION 7d SHARD DURATION 1d`;
      await query({ ...optionsFor(0), bucket }, statement);
    },
  };
}

/** A server of the 2.x line that runs already; buckets are made and deleted through its interface. */
export function secondGeneration(url: string, token: string): Server {
  const made = new Map<string, string>();
  const run = `${process.pid}-${Date.now()}`;
  let count = 0;
  const api = async (method: string, path: string, body?: unknown) => {
    const headers = { authorization: `Token ${token}`, 'content-type': 'application/json' };
    const answer = await fetch(`${url}/api/v2/${path}`, {
      method,
      headers,
      body: body && JSON.stringify(body),
    } as RequestInit);
    if (!answer.ok) {
      throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    }
    return answer.status === 204 ? {} : answer.json();
  };
  return {
    start: async () => undefined,
    async stop() {
      await Promise.all([...made.values()].map((id) => api('DELETE', `buckets/${id}`)));
      made.clear();
    },
    async options() {
      count += 1;
      const { orgs } = await api('GET', 'orgs');
      const names = [`kpi ${count} ${run}`, `meta ${count} ${run}`];
      for (const name of names) {
        const retentionRules = [{ type: 'expire', everySeconds: 0, shardGroupDurationSeconds: 364 * 86_400 }];
        made.set(name, (await api('POST', 'buckets', { orgID: orgs[0].id, name, retentionRules })).id);
      }
      return { url, token, bucket: names[0]!, metaBucket: names[1]! };
    },
    async forgetAfterAWeek(bucket) {
      await api('PATCH', `buckets/${made.get(bucket)}`, {
        retentionRules: [{ type: 'expire', everySeconds: 7 * 86_400, shardGroupDurationSeconds: 86_400 }],
      });
    },
  };
}

/** Runs InfluxQL past the store. */
export async function query({ url, token, bucket }: InfluxStoreOptions, q: string): Promise<unknown> {
  const answer = await fetch(`${url}/query?db=${encodeURIComponent(bucket)}`, {
    method: 'POST',
    headers: { authorization: `Token ${token}` },
    body: new URLSearchParams({ q }),
  });
  return answer.json();
}

/** Writes line protocol past the store. */
export async function lines({ url, token }: InfluxStoreOptions, database: string, body: string): Promise<void> {
  const answer = await fetch(`${url}/write?db=${encodeURIComponent(database)}`, {
    method: 'POST',
    headers: { authorization: `Token ${token}` },
    body,
  });
  expect(answer.status).toBe(204);
}
