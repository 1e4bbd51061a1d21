/** What was changed by whom goes into the audit log. */
import type { Store } from '@kpi-monitor/store/store';

import type { Caller } from '../http/access';

export interface AuditedChange {
  /** `alert.acknowledge` */
  action: string;
  kpi: string;
  what: string;
  reason: string;
}

export type Audit = (change: AuditedChange, caller: Caller) => Promise<void>;

export function auditIn(store: Pick<Store, 'append'>, clock: () => number): Audit {
  return async ({ kpi, ...change }, { user, client, role }) => {
    await store.append('audit', { time: clock(), kpi: '', data: { user, client, role, kpi, ...change } });
  };
}
