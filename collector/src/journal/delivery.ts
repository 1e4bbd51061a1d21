/**
 * Carries what the journal keeps to the store, in its order: one batch after the other, again and again until the store
 * takes it, with longer and longer pauses. A point that the store refuses blocks nobody.
 */
import { setTimeout as sleep } from 'node:timers/promises';

import { asKpiError, type KpiError } from '@kpi-monitor/model/errors';
import type { Point, Store } from '@kpi-monitor/store/store';

import type { Log } from '../log';

import type { Journal, Kept } from './journal';
import type { OnRefused } from './refused';
import { replaceWindow } from './replace-window';
import { type IsRestatement, type OnStored, stretches } from './sink';

export interface Refused {
  point: Point;
  reason: string;
}

export interface DeliveryOptions {
  journal: Journal;
  store: Store;
  log: Log;
  clock: () => number;
  /** keeps what the store refused; entries are acknowledged only after it */
  onRefused: OnRefused;
  onStored?: OnStored;
  isRestatement: IsRestatement;
  /** milliseconds after the first failure, doubled for each further one; default `FIRST_PAUSE` */
  firstPause?: number;
}

export interface DeliveryState {
  /** `waiting`: the store did not take the newest batch */
  state: 'delivering' | 'waiting' | 'stopped';
  lastError: { code: KpiError['code']; message: string } | null;
  /** epoch milliseconds of the newest batch that the store took */
  lastDelivered: number | null;
  /** epoch milliseconds of the next attempt; null while none is planned */
  retryAt: number | null;
  /** points since the start */
  delivered: number;
  refused: number;
  attempts: number;
}

export interface Delivery {
  start(): void;
  /** Ends after the batch that is under way. */
  stop(): Promise<void>;
  state(): DeliveryState;
  /**
   * Resolves with what the store refused of the entry once it is delivered; null when the store is away, and the entry
   * waits in the journal.
   */
  outcome(sequence: number): Promise<Refused[] | null>;
}

/** Points of one batch. */
export const BATCH = 5000;
export const FIRST_PAUSE = 1000;
export const LONGEST_PAUSE = 60_000;
const REMEMBERED = 100;

export function createDelivery(options: DeliveryOptions): Delivery {
  const { journal, store, log, clock, firstPause = FIRST_PAUSE } = options;
  const status: DeliveryState = {
    ...{ state: 'stopped', lastError: null, lastDelivered: null, retryAt: null },
    ...{ delivered: 0, refused: 0, attempts: 0 },
  };
  const waiting = new Map<number, (refused: Refused[] | null) => void>();
  let stopping = new AbortController();
  let running: Promise<void> | null = null;
  let failures = 0;
  let reached = 0;
  /** Of entries that were delivered before anybody asked; the newest few. */
  const refusedOf = new Map<number, Refused[]>();

  const settle = (sequence: number, refused: Refused[] | null) => {
    waiting.get(sequence)?.(refused);
    waiting.delete(sequence);
  };

  const deliver = async (kept: readonly Kept[]) => {
    status.attempts++;
    const stored: Point[] = [];
    const refusedBy = new Map<number, Refused[]>();
    let group: Kept[] = [];
    const writeGroup = async () => {
      if (group.length > 0) {
        await writePoints(group, stored, refusedBy);
        group = [];
      }
    };
    for (const one of kept) {
      if (one.entry.kind === 'points') {
        group.push(one);
      } else {
        await writeGroup();
        const { written, refused } = await replaceWindow(store, one.entry, options.isRestatement);
        stored.push(...written);
        refusedBy.set(one.sequence, refused);
      }
    }
    await writeGroup();
    const refused = [...refusedBy.values()].flat();
    if (refused.length > 0) {
      await options.onRefused(refused);
    }
    const last = kept.at(-1)!.sequence;
    await journal.acknowledge(last);
    reached = last;
    status.delivered += stored.length;
    status.refused += refused.length;
    status.lastDelivered = clock();
    kept.forEach(({ sequence }) => settle(sequence, refusedBy.get(sequence) ?? []));
    for (const [sequence, its] of refusedBy) {
      refusedOf.set(sequence, its);
    }
    for (const old of [...refusedOf.keys()].slice(0, -REMEMBERED)) {
      refusedOf.delete(old);
    }
    stretches(stored).forEach((stretch) => options.onStored?.(stretch));
  };

  const writePoints = async (group: readonly Kept[], stored: Point[], refusedBy: Map<number, Refused[]>) => {
    const of = new Map<Point, number>();
    group.forEach(({ sequence, entry }) => entry.points.forEach((point) => of.set(point, sequence)));
    const { rejected } = await store.write([...of.keys()]);
    for (const one of rejected) {
      const sequence = of.get(one.point) ?? group[0]!.sequence;
      refusedBy.set(sequence, [...(refusedBy.get(sequence) ?? []), one]);
    }
    const not = new Set(rejected.map(({ point }) => point));
    stored.push(...[...of.keys()].filter((point) => !not.has(point)));
  };

  const run = async (stop: AbortSignal) => {
    let arrival: Promise<void> | null = null;
    while (!stop.aborted) {
      // Waited for from before the look, so that none is missed; one that came meanwhile means one more look.
      arrival ??= journal.arrival(stop);
      try {
        const kept = await journal.take(BATCH);
        if (kept.length === 0) {
          await arrival;
          arrival = null;
          continue;
        }
        await deliver(kept);
        if (failures > 0) {
          log.info({ failures, store: store.name }, 'the store takes values again');
        }
        failures = 0;
        Object.assign(status, { state: 'delivering', lastError: null, retryAt: null });
      } catch (thrown) {
        await journal.rewind();
        await pause(asKpiError(thrown), stop);
      }
    }
  };

  const pause = async (error: KpiError, stop: AbortSignal) => {
    failures++;
    const asked = Number(error.details?.retryAfter ?? 0) * 1000;
    const length = Math.max(asked, Math.min(LONGEST_PAUSE, firstPause * 2 ** Math.min(failures - 1, 10)));
    const jittered = length * (1 + Math.random() / 10);
    const isNews = status.lastError?.code !== error.code;
    status.lastError = { code: error.code, message: error.message };
    status.state = 'waiting';
    status.retryAt = clock() + jittered;
    const about = { code: error.code, failures, waiting: journal.state().entries, retryIn: Math.round(jittered) };
    log[isNews ? 'warn' : 'debug'](about, `values wait in the journal: ${error.message}`);
    [...waiting.keys()].forEach((sequence) => settle(sequence, null));
    await sleep(jittered, undefined, { signal: stop }).catch(() => {});
  };

  return {
    start() {
      if (!running) {
        stopping = new AbortController();
        status.state = 'delivering';
        running = run(stopping.signal);
      }
    },
    async stop() {
      stopping.abort();
      await running;
      running = null;
      await journal.rewind();
      status.state = 'stopped';
      [...waiting.keys()].forEach((sequence) => settle(sequence, null));
    },
    state: () => ({ ...status }),
    outcome(sequence) {
      if (sequence <= reached) {
        return Promise.resolve(refusedOf.get(sequence) ?? []);
      }
      if (status.state !== 'delivering') {
        return Promise.resolve(null);
      }
      return new Promise((resolve) => waiting.set(sequence, resolve));
    },
  };
}
