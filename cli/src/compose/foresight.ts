/**
 * Keeps forecasts fitted: once the first reading of all sources is over, and again after new values came. Whoever opens a
 * dashboard then finds them ready.
 */
import type { Log } from '@kpi-monitor/collector/log';
import type { Engine } from '@kpi-monitor/engine/engine';

import { createUpkeep, type Upkeep, type UpkeepOptions } from './upkeep';

/** `renew` when what KPIs mean has changed: their forecasts are looked at again. */
export type Foresight = Upkeep;

interface ForesightOptions extends Pick<UpkeepOptions, 'collector' | 'onStored'> {
  engine: Pick<Engine, 'foresee'>;
  /** whether nobody else stores values of the KPIs whose forecasts are kept here */
  isAlone: boolean;
  log?: Log;
}

const AGAIN_AFTER_MS = 5 * 60_000;
/** Of what others have stored nothing is told. */
const AT_LEAST_EVERY_MS = 15 * 60_000;

export function createForesight({ engine, collector, onStored, isAlone, log }: ForesightOptions): Foresight {
  return createUpkeep({
    ...{ collector, onStored, againAfter: AGAIN_AFTER_MS },
    atLeastEvery: isAlone ? undefined : AT_LEAST_EVERY_MS,
    async work(signal) {
      const started = performance.now();
      const count = await engine.foresee(signal);
      log?.info({ kpis: count, ms: Math.round(performance.now() - started) }, 'forecasts are fitted');
    },
    onFailure(error) {
      log?.warn({ err: error }, 'forecasts could not be fitted; they are tried again');
    },
  });
}
