/** How collecting goes, put together for the engine, which does not know the collector. */
import type { Collector } from '@kpi-monitor/collector/collector';
import type { DeadLetters } from '@kpi-monitor/collector/dead-letters';
import type { Receiver } from '@kpi-monitor/collector/push/receive';
import type { CollectorState } from '@kpi-monitor/model/query/collector-frames';

import type { Intake } from './intake';

export interface Collecting {
  collector: Pick<Collector, 'status'>;
  intake: Pick<Intake, 'state'>;
  receiver: Pick<Receiver, 'counts'>;
  deadLetters: Pick<DeadLetters, 'path'>;
  startedAt: number;
  clock: () => number;
}

export function collectorState({ collector, intake, receiver, ...about }: Collecting): CollectorState {
  const sources = collector.status();
  const state = intake.state();
  const pushes = receiver.counts();
  const sum = (of: (count: (typeof pushes)[number]) => number) => pushes.reduce((total, one) => total + of(one), 0);
  return {
    sources,
    journal: state
      ? {
          ...{ state: state.delivery.state, lastError: state.delivery.lastError },
          ...{ entries: state.journal.entries, bytes: state.journal.bytes, oldest: state.journal.oldest },
          ...{ lastDelivered: state.delivery.lastDelivered, delivered: state.delivery.delivered },
          refused: state.delivery.refused,
          lost: state.journal.lost.damaged + state.journal.lost.dropped,
        }
      : {
          ...{ state: 'direct', lastError: null, entries: 0, bytes: 0, oldest: null, lastDelivered: null },
          delivered: sources.reduce((total, { points, zeros }) => total + points + zeros, 0),
          ...{ refused: 0, lost: 0 },
        },
    pushes: {
      requests: sum(({ requests }) => requests),
      accepted: sum(({ accepted }) => accepted),
      rejected: sum(({ rejected }) => rejected),
    },
    ...{ deadLetters: about.deadLetters.path, since: about.startedAt, at: about.clock() },
  };
}
