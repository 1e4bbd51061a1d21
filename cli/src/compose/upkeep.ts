/** Work that follows what is stored: done once all sources have been read, and again after new values came. */
import type { Collector } from '@kpi-monitor/collector/collector';

export interface Upkeep {
  start(): void;
  /** It is to be done again, whatever is stored. */
  renew(): void;
  /** Resolves when all is still. */
  stop(): Promise<void>;
}

export interface UpkeepOptions {
  collector: Pick<Collector, 'status'>;
  /** told after each change of the store; returns what ends that */
  onStored: (listener: () => void) => () => void;
  /** milliseconds from one run to the next at the least: values that trickle in are looked at together */
  againAfter: number;
  /** and at the most, though nothing has come; default never without a cause */
  atLeastEvery?: number;
  /** @param signal aborted when it is to stop */
  work: (signal: AbortSignal) => Promise<void>;
  /** told why a run failed, unless it was stopped; it is tried again */
  onFailure: (error: unknown) => void;
}

const LOOK_EVERY_MS = 2000;

export function createUpkeep(options: UpkeepOptions): Upkeep {
  const { collector, onStored, againAfter, atLeastEvery = Infinity, work, onFailure } = options;
  const stopped = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStale = true;
  let lastEnd = -Infinity;
  let forget: (() => void) | undefined;

  // While years of history are being read, what is made of them would be made again at once.
  const isRead = () => collector.status().every(({ lastRead, lastError }) => lastRead !== null || lastError);
  const isDue = () => {
    const age = performance.now() - lastEnd;
    return (isStale && age >= againAfter) || age >= atLeastEvery;
  };

  const look = async () => {
    if (isDue() && isRead()) {
      isStale = false;
      try {
        await work(stopped.signal);
      } catch (error) {
        isStale = true;
        if (!stopped.signal.aborted) {
          onFailure(error);
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
