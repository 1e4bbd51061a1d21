/**
 * Keeps forecasts fitted: once the first reading of all sources is over, and again after new values came. Whoever opens a
 * dashboard then finds them ready.
 */
import type { Collector } from '@kpi-monitor/collector/collector';
import type { Log } from '@kpi-monitor/collector/log';
import type { Engine } from '@kpi-monitor/engine/engine';

export interface Foresight {
  start(): void;
  /** What KPIs mean has changed: their forecasts are looked at again. */
  renew(): void;
  /** Resolves when all is still. */
  stop(): Promise<void>;
}

interface ForesightOptions {
  engine: Pick<Engine, 'foresee'>;
  collector: Pick<Collector, 'status'>;
  /** told after each change of the store; returns what ends that */
  onStored: (listener: () => void) => () => void;
  log?: Log;
}

const LOOK_EVERY_MS = 2000;
/** Values that trickle in are looked at together. */
const AGAIN_AFTER_MS = 5 * 60_000;

export function createForesight({ engine, collector, onStored, log }: ForesightOptions): Foresight {
  const stopped = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStale = true;
  let lastEnd = -Infinity;
  let forget: (() => void) | undefined;

  const isRead = () => collector.status().every(({ lastRead, lastError }) => lastRead !== null || lastError);

  const look = async () => {
    if (isStale && performance.now() - lastEnd >= AGAIN_AFTER_MS && isRead()) {
      isStale = false;
      try {
        const started = performance.now();
        const count = await engine.foresee(stopped.signal);
        log?.info({ kpis: count, ms: Math.round(performance.now() - started) }, 'forecasts are fitted');
      } catch (error) {
        isStale = true;
        if (!stopped.signal.aborted) {
          log?.warn({ err: error }, 'forecasts could not be fitted; they are tried again');
        }
      }
      lastEnd = performance.now();
    }
    if (!stopped.signal.aborted) {
      timer = setTimeout(() => (running = look()), LOOK_EVERY_MS);
    }
  };

  return {
    start() {
      forget = onStored(() => (isStale = true));
      running = look();
    },
    renew() {
      isStale = true;
    },
    async stop() {
      stopped.abort();
      clearTimeout(timer);
      forget?.();
      await running;
    },
  };
}
