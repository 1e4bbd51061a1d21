/** Keeps the recorded scores of how good values are in step with them: after new values, and as values become due. */
import type { Log } from '@kpi-monitor/collector/log';
import type { Engine } from '@kpi-monitor/engine/engine';
import { asKpiError } from '@kpi-monitor/model/errors';

import { createUpkeep, type Upkeep, type UpkeepOptions } from './upkeep';

export type Scoring = Omit<Upkeep, 'renew'>;

interface ScoringOptions extends Pick<UpkeepOptions, 'collector' | 'onStored'> {
  engine: Pick<Engine, 'recordScores'>;
  log: Log;
}

const AGAIN_AFTER_MS = 60_000;
/** What does not come is missed without anything being stored. */
const AT_LEAST_EVERY_MS = 15 * 60_000;

export function createScoring({ engine, collector, onStored, log }: ScoringOptions): Scoring {
  return createUpkeep({
    ...{ collector, onStored, againAfter: AGAIN_AFTER_MS, atLeastEvery: AT_LEAST_EVERY_MS },
    async work(signal) {
      const started = performance.now();
      const scores = await engine.recordScores(signal);
      log.debug({ scores, ms: Math.round(performance.now() - started) }, 'scores of quality are recorded');
    },
    onFailure(error) {
      log.debug({ code: asKpiError(error).code }, 'scores of quality could not be recorded; they are tried again');
    },
  });
}
