/** What was pushed, for metrics. */
import type { Counter } from '../status';

import type { PushCount } from './receive';

export function pushCounters(counts: readonly PushCount[]): Counter[] {
  return counts.flatMap(({ client, requests, accepted, rejectedByCode }) => {
    const counter = (name: string, help: string, value: number, more: Record<string, string> = {}): Counter => ({
      ...{ name: `kpi_push_${name}`, help, type: 'counter', labels: { client, ...more }, value },
    });
    return [
      counter('requests_total', 'Requests that brought values', requests),
      counter('accepted_total', 'Records that were taken: they are on the disk', accepted),
      ...Object.entries(rejectedByCode).map(([code, count]) =>
        counter('rejected_total', 'Records that were refused', count, { code })
      ),
    ];
  });
}
