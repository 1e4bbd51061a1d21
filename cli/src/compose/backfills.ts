/** Backfills of a house, one at a time: begun, looked at while they run, and broken off. */
import { randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

import { openBackfilled } from '@kpi-monitor/collector/backfilled';
import type { BackfillProgress, BackfillReport } from '@kpi-monitor/collector/collector';
import { asKpiError, type ErrorBody, KpiError } from '@kpi-monitor/model/errors';

import type { House } from './house';

export interface BackfillOrder {
  /** ids; all when absent */
  kpis?: readonly string[];
  /** civil dates, half-open */
  from?: number;
  to?: number;
  /** read all of it, also what an earlier one has finished */
  restart?: boolean;
}

export interface BackfillRun {
  id: string;
  isRunning: boolean;
  /** null before the first window is read */
  progress: BackfillProgress | null;
  /** one a KPI that is collected, once it has ended */
  reports: Array<Omit<BackfillReport, 'error'> & { error: ErrorBody | null }>;
  /** whether all is read; what is not is read by the next one with the same order */
  isWhole: boolean;
  /** why nothing could be read */
  error: ErrorBody | null;
}

export interface Backfills {
  /** Whoever asks for what is running already is given that. @throws KpiError REQUEST_INVALID when another one runs */
  start(order: BackfillOrder): BackfillRun;
  /** Resolves when there is news, or after a moment. @throws KpiError NOT_FOUND */
  look(id: string): Promise<BackfillRun>;
  /** Breaks it off; what was read stays. */
  stop(id: string): void;
  /** Breaks off whatever runs, and resolves when it is over. */
  close(): Promise<void>;
}

/** Milliseconds. */
const MOMENT = 1000;
const BETWEEN_NEWS = 100;

export function createBackfills({ collector, config }: Pick<House, 'collector' | 'config'>): Backfills {
  let run: BackfillRun | null = null;
  let asked = '';
  let ending = Promise.resolve();
  let stopping = new AbortController();
  let tell: () => void = () => {};
  let news = new Promise<void>((resolve) => (tell = resolve));

  const changed = () => {
    tell();
    news = new Promise((resolve) => (tell = resolve));
  };

  const work = async (order: BackfillOrder, current: BackfillRun) => {
    const finished = await openBackfilled(join(config.dataFolder, 'backfill.jsonl'));
    try {
      if (order.restart) {
        await finished.forget();
      }
      const { kpis, from, to } = order;
      const { signal } = stopping;
      const onProgress = (progress: BackfillProgress) => {
        current.progress = progress;
        changed();
      };
      const reports = await collector.backfill({ kpis, from, to, signal, finished, onProgress });
      current.reports = reports.map(({ error, ...report }) => ({ ...report, error: error?.body ?? null }));
      current.isWhole = !signal.aborted && reports.every(({ error }) => !error);
      if (current.isWhole) {
        await finished.forget();
      }
    } catch (error) {
      current.error = asKpiError(error).body;
    } finally {
      await finished.close();
      current.isRunning = false;
      changed();
    }
  };

  const one = (id: string): BackfillRun => {
    if (run?.id !== id) {
      throw new KpiError('NOT_FOUND', 'there is no such backfill any more');
    }
    return run;
  };

  return {
    start(order) {
      const text = JSON.stringify(order);
      if (run?.isRunning && text !== asked) {
        const message =
          'another backfill runs already; wait until it has ended, or stop it with Ctrl+C where it was begun';
        throw new KpiError('REQUEST_INVALID', message);
      }
      if (!run?.isRunning) {
        asked = text;
        stopping = new AbortController();
        run = { id: randomUUID(), isRunning: true, progress: null, reports: [], isWhole: false, error: null };
        ending = work(order, run);
      }
      return { ...run };
    },
    async look(id) {
      if (one(id).isRunning) {
        await Promise.race([news, sleep(MOMENT)]);
        await sleep(BETWEEN_NEWS);
      }
      return { ...one(id) };
    },
    stop(id) {
      one(id);
      stopping.abort(new KpiError('INTERNAL', 'interrupted; the same command goes on from here'));
    },
    async close() {
      stopping.abort(new KpiError('INTERNAL', 'the collector is being stopped'));
      await ending;
    },
  };
}
