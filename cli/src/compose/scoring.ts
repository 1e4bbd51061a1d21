/** Keeps the recorded scores of how good values are in step with them: after new values, and as values become due. */
import type { Collector } from '@kpi-monitor/collector/collector';
import type { Log } from '@kpi-monitor/collector/log';
import type { Engine } from '@kpi-monitor/engine/engine';
import { asKpiError } from '@kpi-monitor/model/errors';

export interface Scoring {
  start(): void;
  /** Resolves when all is still. */
  stop(): Promise<void>;
}

interface ScoringOptions {
  engine: Pick<Engine, 'recordScores'>;
  collector: Pick<Collector, 'status'>;
  /** told after each change of the store; returns what ends that */
  onStored: (listener: () => void) => () => void;
  log: Log;
}

const LOOK_EVERY_MS = 2000;
/** Values that trickle in are looked at together. */
const AGAIN_AFTER_MS = 60_000;
/** What does not come is missed without anything being stored. */
const AT_LEAST_EVERY_MS = 15 * 60_000;

export function createScoring({ engine, collector, onStored, log }: ScoringOptions): Scoring {
  const stopped = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();
  let isStale = true;
  let lastEnd = -Infinity;
  let forget: (() => void) | undefined;

  // While years of history are being read, every day of them lacks something.
  const isRead = () => collector.status().every(({ lastRead, lastError }) => lastRead !== null || lastError);

  const look = async () => {
    const age = performance.now() - lastEnd;
    if (((isStale && age >= AGAIN_AFTER_MS) || age >= AT_LEAST_EVERY_MS) && isRead()) {
      isStale = false;
      try {
        const scores = await engine.recordScores(stopped.signal);
        log.debug({ scores, ms: Math.round(performance.now() - lastEnd - age) }, 'scores of quality are recorded');
      } catch (error) {
        isStale = true;
        if (!stopped.signal.aborted) {
          log.debug({ code: asKpiError(error).code }, 'scores of quality could not be recorded; they are tried again');
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
    async stop() {
      stopped.abort();
      clearTimeout(timer);
      forget?.();
      await running;
    },
  };
}
