/** What was done about alerts goes into the audit trail. */
import type { Caller } from '../http/access';

export interface AuditedChange {
  /** `alert.acknowledge` */
  action: string;
  kpi: string;
  what: string;
  reason: string;
}

export type Audit = (change: AuditedChange, caller: Caller) => Promise<void>;
