/** Where points go, wired to log, dead letters and metrics: onto the disk and from there to the store, or straight there. */
import { join } from 'node:path';

import type { DeadLetters } from '@kpi-monitor/collector/dead-letters';
import { milliseconds } from '@kpi-monitor/collector/duration';
import { createDelivery, type Delivery, type DeliveryState } from '@kpi-monitor/collector/journal/delivery';
import { type Journal, type JournalState, openJournal } from '@kpi-monitor/collector/journal/journal';
import { listRefused } from '@kpi-monitor/collector/journal/refused';
import {
  directSink,
  type IsRestatement,
  journalSink,
  type OnStored,
  type Sink,
} from '@kpi-monitor/collector/journal/sink';
import type { Log } from '@kpi-monitor/collector/log';
import type { Counter } from '@kpi-monitor/collector/status';
import { asKpiError, type ErrorCode } from '@kpi-monitor/model/errors';
import type { Store } from '@kpi-monitor/store/store';

import type { LoadedConfig } from '../config/read';

/** How far what was collected has come. */
export interface IntakeState {
  /** of the journal */
  journal: JournalState;
  /** to the store */
  delivery: DeliveryState;
}

export interface Intake {
  sink: Sink;
  /** null where nothing waits on the way */
  state(): IntakeState | null;
  /** Whether a value that comes now is kept, as far as the last one told. */
  takes(): boolean;
  counters(): Counter[];
  close(): Promise<void>;
}

export interface DirectOptions {
  store: Store;
  deadLetters: DeadLetters;
  log: Log;
  clock: () => number;
  isRestatement: IsRestatement;
  onStored: OnStored;
}

export interface IntakeOptions extends DirectOptions {
  config: LoadedConfig;
}

/** Straight into the store: for whoever does it again when it fails. */
export async function openDirect({ deadLetters, log, clock, ...options }: DirectOptions): Promise<Intake> {
  const sink = directSink({ ...options, onRefused: listRefused(deadLetters, log, clock) });
  return { sink, state: () => null, takes: () => true, counters: () => [], close: async () => {} };
}

/** @throws KpiError JOURNAL_LOCKED */
export async function openIntake(options: IntakeOptions): Promise<Intake> {
  const { config, store, deadLetters, log, clock, isRestatement, onStored } = options;
  const { max_bytes: maxBytes, max_age: maxAge, when_full: whenFull } = config.journal;
  const journal = await openJournal({
    folder: join(config.dataFolder, 'journal'),
    ...{ maxBytes, maxAge: milliseconds(maxAge), whenFull, clock },
    onDamage: ({ kind, ...where }) =>
      kind === 'torn'
        ? log.info(where, 'the journal ends in the middle of a value that nobody was told is safe; it is left out')
        : log.error(where, 'the journal is damaged; values that stood there are lost'),
    onDropped: (dropped) => log.error(dropped, 'the journal is full; its oldest values were given up'),
  });
  const onRefused = listRefused(deadLetters, log, clock);
  const delivery = createDelivery({ journal, store, log, clock, isRestatement, onStored, onRefused });
  delivery.start();
  const { sink, refusal } = watched(journalSink(journal, delivery));
  return {
    sink,
    // What was refused for lack of room is taken again once there is some, whoever notices first.
    takes: () => !refusal() || (refusal() === 'JOURNAL_FULL' && journal.state().bytes < maxBytes),
    state: () => ({ journal: journal.state(), delivery: delivery.state() }),
    counters: () => countersOf(journal, delivery, clock()),
    async close() {
      await delivery.stop();
      await journal.close();
    },
  };
}

/** A sink that remembers why it did not keep the last entry. */
function watched(sink: Sink): { sink: Sink; refusal: () => ErrorCode | null } {
  let refusal: ErrorCode | null = null;
  const watching = async <T>(work: Promise<T>): Promise<T> => {
    try {
      const result = await work;
      refusal = null;
      return result;
    } catch (error) {
      const { code } = asKpiError(error);
      refusal = code.startsWith('JOURNAL_') ? code : refusal;
      throw error;
    }
  };
  return {
    sink: { put: (entry) => watching(sink.put(entry)), keep: (entry) => watching(sink.keep(entry)) },
    refusal: () => refusal,
  };
}

function countersOf(journal: Journal, delivery: Delivery, now: number): Counter[] {
  const { entries, bytes, oldest, lost } = journal.state();
  const { delivered, refused, attempts, lastDelivered } = delivery.state();
  const one = (type: Counter['type'], name: string, help: string, value: number, labels = {}): Counter => ({
    ...{ name: `kpi_journal_${name}`, help, type, labels, value },
  });
  return [
    one('gauge', 'entries', 'Entries that wait for the store', entries),
    one('gauge', 'bytes', 'Bytes on disk', bytes),
    one('gauge', 'oldest_timestamp_seconds', 'When the oldest entry that waits was received', (oldest ?? 0) / 1000),
    one(
      'gauge',
      'lag_seconds',
      'Age of the oldest entry that waits; 0 when none does',
      oldest === null ? 0 : (now - oldest) / 1000
    ),
    one('counter', 'lost_total', 'Entries that were lost', lost.damaged, { reason: 'damage' }),
    one('counter', 'lost_total', 'Entries that were lost', lost.dropped, { reason: 'bound' }),
    one('counter', 'delivered_total', 'Points that the store took', delivered),
    one('counter', 'refused_total', 'Points that the store refused', refused),
    one('counter', 'attempts_total', 'Batches that were offered to the store', attempts),
    one('gauge', 'last_delivery_timestamp_seconds', 'When the store last took a batch', (lastDelivered ?? 0) / 1000),
  ];
}
