/** Points that the store refused, listed among the dead letters. */
import type { DeadLetters } from '../dead-letters';
import type { Log } from '../log';

import type { Refused } from './delivery';

export type OnRefused = (refused: readonly Refused[]) => Promise<void>;

export function listRefused(deadLetters: DeadLetters, log: Log, clock: () => number): OnRefused {
  return async (refused) => {
    const at = new Date(clock()).toISOString();
    const letters = refused.map(({ point: { kpi, time, value, weight, dims }, reason }) => ({
      at,
      kpi,
      code: 'RECORD_REFUSED' as const,
      message: `the store refused it: ${reason}`,
      record: { period: new Date(time).toISOString(), value, weight, dims },
    }));
    // A disk that is full must not keep the good points away.
    await deadLetters.add(letters).catch((error: Error) => {
      log.error({ file: deadLetters.path, error: error.message }, 'refused records cannot be listed');
    });
  };
}
