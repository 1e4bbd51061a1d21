/** What an `audit` answer holds: frame `audit`, a row a record, newest first. */
import type { AuditEntry } from './judgement-answer';

export interface AuditRow extends AuditEntry {
  /** of the KPI; its id where the catalogue has it no more */
  name: string;
}
