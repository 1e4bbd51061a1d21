/** The store that a configuration names, and what it holds as far as somebody may look. */
import { existsSync } from 'node:fs';
import { resolve } from 'node:path';

import { NOTHING_STORED, type StoredReads } from '@kpi-monitor/collector/trial/dry-store';
import { asKpiError } from '@kpi-monitor/model/errors';
import { openStore, type StoreConfig } from '@kpi-monitor/store/open-store';
import type { Store, StoredSeries } from '@kpi-monitor/store/store';

import type { LoadedConfig } from '../config/read';

import { ask } from './ask';
import { reachInstance } from './instance';

/** Whoever opens it closes it. @throws KpiError CONFIG_SECRET, STORE_* */
export function openConfigured(config: LoadedConfig, version: string): Promise<Store> {
  return openStore(storeConfig(config), { zone: config.zone, createdBy: `kpi-monitor ${version}` });
}

export interface Stored {
  reads: StoredReads;
  /** where that is from, or why there is none, in words */
  from: string;
  close(): Promise<void>;
}

/** What is stored: from the running instance, else from the store itself; nothing, with the reason, when it is away. */
export async function lookIntoStore(config: LoadedConfig, version: string): Promise<Stored> {
  const nothing = (from: string): Stored => ({ reads: NOTHING_STORED, from, close: async () => {} });
  const instance = await reachInstance(config.dataFolder);
  if (instance) {
    const read: StoredReads['read'] = (request) =>
      ask<StoredSeries[]>(instance, 'POST', '/api/collector/stored', request);
    return { reads: { read }, from: `what the instance at ${instance.url} holds`, close: async () => {} };
  }
  if (isStillEmpty(config)) {
    return nothing('nothing, since nothing is stored yet');
  }
  try {
    const store = await openConfigured(config, version);
    return { reads: store, from: `what ${store.name} holds`, close: () => store.close() };
  } catch (error) {
    const { code, message } = asKpiError(error);
    return nothing(`nothing, since the store could not be opened (${code}: ${message})`);
  }
}

/** To open it would make it. */
export function isStillEmpty({ store, folder }: Pick<LoadedConfig, 'store' | 'folder'>): boolean {
  return store.kind === 'duckdb' && !existsSync(resolve(folder, store.path));
}

/** @throws KpiError CONFIG_SECRET */
function storeConfig({ store, folder, resolve: secret }: LoadedConfig): StoreConfig {
  return store.kind === 'duckdb'
    ? { kind: 'duckdb', path: resolve(folder, store.path), memoryLimit: store.memory_limit }
    : {
        kind: 'influxdb',
        url: secret(store.url),
        token: secret(store.token),
        org: store.org,
        bucket: store.bucket,
        metaBucket: store.meta_bucket,
      };
}
