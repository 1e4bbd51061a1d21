/** Which changes of state are told. */
import { type Instance, isFiring, type Transition } from '@kpi-monitor/model/alerting/instance';

export type NewsKind = 'firing' | 'resolved' | 'no data' | 'error';

export interface News {
  kind: NewsKind;
  instance: Instance;
}

/**
 * What a transition tells, or null: that something fires, has ended, or that nothing is known any more where the rule
 * makes an alert of that. What is pending is not told yet, and what recovers still fires.
 */
export function newsOf({ instance, previous }: Transition): News | null {
  const before = toldAs(previous);
  const now = toldAs(instance);
  return before === now ? null : { kind: now ?? 'resolved', instance };
}

function toldAs(state: Pick<Instance, 'state'>): Exclude<NewsKind, 'resolved'> | null {
  return isFiring(state) ? 'firing' : state.state === 'NoData' ? 'no data' : state.state === 'Error' ? 'error' : null;
}
