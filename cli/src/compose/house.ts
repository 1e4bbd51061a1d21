/** Everything that runs in one process, wired together: catalogue, calendar, store, collector and engine. */
import { join, resolve } from 'node:path';

import { type Collector, createCollector } from '@kpi-monitor/collector/collector';
import { createDeadLetters } from '@kpi-monitor/collector/dead-letters';
import type { Log } from '@kpi-monitor/collector/log';
import { createEngine, type Engine } from '@kpi-monitor/engine/engine';
import { createMetrics, type Metrics } from '@kpi-monitor/engine/metrics';
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { openStore, type StoreConfig } from '@kpi-monitor/store/open-store';
import type { Store } from '@kpi-monitor/store/store';

import type { LoadedConfig } from '../config/read';
import { resolveSecrets } from '../config/secrets';

import { calendarOf } from './calendar';
import { catalogueOf } from './catalogue';

export interface House {
  config: LoadedConfig;
  catalogue: Catalogue;
  calendar: Calendar;
  store: Store;
  /** not started */
  collector: Collector;
  engine: Engine;
  metrics: Metrics;
  /** Stops the collector, then closes the store. */
  close(): Promise<void>;
}

export interface HouseOptions {
  version: string;
  log?: Log;
  clock?: () => number;
}

/** @throws KpiError for a catalogue or a store that cannot be used; see `catalogueOf` and `Store.open` */
export async function openHouse(config: LoadedConfig, { version, log, clock }: HouseOptions): Promise<House> {
  const calendar = calendarOf(config);
  const catalogue = catalogueOf(config);
  const metrics = createMetrics();
  const store = await openStore(storeConfig(config), { zone: config.zone, createdBy: `kpi-monitor ${version}` });
  const collector = createCollector({
    catalogue,
    calendar,
    store,
    connections: config.connections,
    catalogueFolder: config.catalogueFolder,
    deadLetters: createDeadLetters(join(config.dataFolder, 'dead-letters.jsonl')),
    log,
    clock,
    resolve: (text) => resolveSecrets(text, { env: process.env, folder: config.folder }),
  });
  const engine = createEngine({
    catalogue: () => catalogue,
    calendar,
    store,
    clock,
    version,
    observer: metrics.observer,
  });
  return {
    config,
    catalogue,
    calendar,
    store,
    collector,
    engine,
    metrics,
    async close() {
      await collector.stop();
      await store.close();
    },
  };
}

function storeConfig({ store, folder }: LoadedConfig): StoreConfig {
  return store.kind === 'duckdb'
    ? { kind: 'duckdb', path: resolve(folder, store.path), memoryLimit: store.memory_limit }
    : {
        kind: 'influxdb',
        url: store.url,
        token: store.token,
        org: store.org,
        bucket: store.bucket,
        metaBucket: store.meta_bucket,
      };
}
