/** Opens the store that the configuration names. */
import { createDuckdbStore, type DuckdbStoreOptions } from './duckdb/duckdb-store';
import { createInfluxStore, type InfluxStoreOptions } from './influx/influx-store';
import type { Store } from './store';

export type StoreConfig = ({ kind: 'duckdb' } & DuckdbStoreOptions) | ({ kind: 'influxdb' } & InfluxStoreOptions);

/**
 * A store that is open and belongs to this zone; whoever opens it closes it.
 * @throws KpiError STORE_UNREACHABLE, STORE_REFUSED, STORE_SCHEMA_NEWER, STORE_ZONE, STORE_LOCKED, CONFIG_FILE
 */
export async function openStore(config: StoreConfig, meta: { zone: string; createdBy: string }): Promise<Store> {
  const store = config.kind === 'duckdb' ? createDuckdbStore(config) : createInfluxStore(config);
  try {
    await store.open(meta);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}
