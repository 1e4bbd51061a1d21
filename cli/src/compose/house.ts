/** Everything that runs in one process, wired together: catalogue, calendar, store, collector and engine. */
import { join } from 'node:path';

import { type Collector, createCollector } from '@kpi-monitor/collector/collector';
import { createDeadLetters, type DeadLetterFile } from '@kpi-monitor/collector/dead-letters';
import { exposition } from '@kpi-monitor/collector/exposition';
import { pushCounters } from '@kpi-monitor/collector/push/counters';
import { createHooks, type Hooks } from '@kpi-monitor/collector/push/hooks';
import { createReceiver, type Receiver } from '@kpi-monitor/collector/push/receive';
import { type OnStored, restatements } from '@kpi-monitor/collector/journal/sink';
import { type Log, SILENT } from '@kpi-monitor/collector/log';
import { createLedger } from '@kpi-monitor/collector/quality/ledger';
import { shardOf } from '@kpi-monitor/collector/shard';
import { createEngine, type Engine } from '@kpi-monitor/engine/engine';
import { createPool } from '@kpi-monitor/engine/work/pool';
import { inThisThread } from '@kpi-monitor/engine/work/work';
import { createMetrics, type Metrics } from '@kpi-monitor/engine/metrics';
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { sharingReads } from '@kpi-monitor/store/sharing-reads';
import type { Store } from '@kpi-monitor/store/store';

import type { LoadedConfig } from '../config/read';
import { redact } from '../config/secrets';
import { commonFolder } from '../config/shard';

import { calendarOf } from './calendar';
import { catalogueOf } from './catalogue';
import { type CollectorNotes, createCollectorNotes } from './collector-notes';
import { collectorState } from './collector-state';
import { type CatalogueWatch, createCatalogueWatch } from './catalogue-watch';
import { createForecastShelf } from './forecast-shelf';
import { createForesight, type Foresight } from './foresight';
import { openConfigured } from './open-store';
import { provisionedRules } from './provisioned-rules';
import { createScoring, type Scoring } from './scoring';
import { sourceContext } from './sources';
import { type Intake, openDirect, openIntake } from './intake';

export interface House {
  config: LoadedConfig;
  /** as it is now: it may be exchanged */
  readonly catalogue: Catalogue;
  calendar: Calendar;
  store: Store;
  /** not started */
  collector: Collector;
  deadLetters: DeadLetterFile;
  engine: Engine;
  /** takes what programs send */
  receiver: Receiver;
  /** takes the events that other systems post */
  hooks: Hooks;
  intake: Intake;
  /** not started */
  foresight: Foresight;
  /** not started */
  scoring: Scoring;
  /** not started */
  notes: CollectorNotes;
  /** of the catalogue's files; not started */
  watch: CatalogueWatch;
  metrics: Metrics;
  /** epoch milliseconds */
  startedAt: number;
  clock: () => number;
  /** Stops the collector, then closes the store. */
  close(): Promise<void>;
}

export interface HouseOptions {
  version: string;
  log?: Log;
  clock?: () => number;
  /** the bundled worker, in which what takes long is computed; without it, in this thread */
  worker?: URL;
  /** the configuration as it is at each moment, where connections are taken up while it runs; default as it was given */
  current?: () => LoadedConfig;
  /**
   * Whether what is collected goes onto the disk first, as it must where somebody relies on it. Default true; only one
   * process may have the journal of a data folder.
   */
  journal?: boolean;
}

/** @throws KpiError for a catalogue or a store that cannot be used; see `catalogueOf` and `Store.open` */
export async function openHouse(
  config: LoadedConfig,
  { version, log = SILENT, clock = Date.now, worker, current = () => config, journal = true }: HouseOptions
): Promise<House> {
  const calendar = calendarOf(config);
  let catalogue = catalogueOf(config);
  const metrics = createMetrics();
  const opened = await openConfigured(config, version);
  const store = sharingReads(opened);
  const deadLetters = createDeadLetters(join(config.dataFolder, 'dead-letters.jsonl'));
  const listeners = new Set<OnStored>();
  const into = {
    ...{ store, deadLetters, log, clock },
    isRestatement: restatements(() => catalogue, calendar),
    onStored: (written: Parameters<OnStored>[0]) => listeners.forEach((listener) => listener(written)),
  };
  const intake = await (journal ? openIntake({ ...into, config }) : openDirect(into)).catch(async (error: unknown) => {
    await store.close();
    throw error;
  });
  const { sink } = intake;
  const { shard } = config;
  const isOurs = ({ id }: { id: string }) => !shard || shardOf(id, shard.of) === shard.index;
  const ledger = createLedger({ store, calendar, log, clock });
  const receiver = createReceiver({ catalogue: () => catalogue, calendar, sink, ledger, deadLetters, log, clock });
  const hooks = createHooks({
    catalogue: () => catalogue,
    receiver,
    resolve: config.resolve,
    clock,
    folder: join(config.dataFolder, 'hooks'),
  });
  const collector = createCollector({
    catalogue,
    sink,
    ledger,
    calendar,
    store,
    connections: () => current().connections,
    collects: isOurs,
    catalogueFolder: config.catalogueFolder,
    cursorFolder: join(config.dataFolder, 'cursors'),
    deadLetters,
    log,
    clock,
    resolve: config.resolve,
    redact,
  });
  const work = worker ? await createPool(worker) : inThisThread;
  const engine = createEngine({
    catalogue: () => catalogue,
    calendar,
    store,
    clock,
    version,
    observer: metrics.observer,
    work,
    shelf: createForecastShelf(join(commonFolder(config), 'forecasts')),
    keeps: isOurs,
    rules: () => provisionedRules(),
    catalogueProblems: () => watch.state().problems,
    collector: () => ({ now: collecting, history: notes.history }),
  });
  const onStored = (listener: OnStored) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
  const startedAt = clock();
  const collecting = () => collectorState({ collector, intake, receiver, deadLetters, startedAt, clock });
  const name = shard ? `collector_${shard.index}` : 'collector';
  const notes = createCollectorNotes({ store, state: collecting, name, clock, log });
  const scoring = createScoring({ engine, collector, onStored, log });
  const foresight = createForesight({ engine, collector, onStored, isAlone: !shard, log });
  const watch = createCatalogueWatch({
    ...{ folder: config.catalogueFolder, fiscalYearStart: calendar.fiscalYearStart, log, clock },
    sources: () => sourceContext(current(), calendar, clock),
    current: () => catalogue,
    exchange(next) {
      const changes = collector.exchange(next);
      catalogue = next;
      foresight.renew();
      return changes;
    },
  });
  return {
    config,
    get catalogue() {
      return catalogue;
    },
    calendar,
    store,
    collector,
    receiver,
    hooks,
    intake,
    deadLetters,
    engine,
    foresight,
    watch,
    notes,
    scoring,
    startedAt,
    clock,
    metrics: {
      ...metrics,
      text: async () =>
        `${await metrics.text()}${exposition([...collector.counters(), ...intake.counters(), ...pushCounters(receiver.counts())])}`,
    },
    async close() {
      await watch.stop();
      await foresight.stop();
      await scoring.stop();
      await notes.stop();
      await collector.stop();
      await intake.close();
      await work.close();
      await store.close();
    },
  };
}
