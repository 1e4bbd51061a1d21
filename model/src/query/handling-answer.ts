/** What `GET /api/kpis/:id/notes` and the changes below it answer: what people did about a KPI's alerts. */
import type { Level } from '../status';

/** The alert that goes on. Times with "at" are instants. */
export interface OpenAlert {
  /** start of its first period: sent along with an acknowledgement, so that nobody acknowledges what they did not see */
  since: number;
  sinceText: string;
  level: Level;
  levelText: string;
  valueText: string;
  targetText: string;
  raisedAt: number;
  /** null while nobody has acknowledged its level */
  acknowledged: { by: string; at: number; text: string } | null;
  /** working hours that somebody is waited for */
  waitedHours: number;
  /** working hours that are allowed before it is escalated; null for a warning, which never is */
  allowedHours: number | null;
}

export interface RemarkAnswer {
  revision: number;
  kind: 'acknowledgement' | 'note';
  at: number;
  by: string;
  role: string;
  text: string;
  /** start of the period it is about; null without one */
  period: number | null;
  periodText: string;
  /** that was acknowledged; `''` of a note */
  levelText: string;
  withdrawn: { by: string; at: number } | null;
  /** whether who asks may withdraw it */
  mayWithdraw: boolean;
}

export interface NotesAnswer {
  kpi: string;
  name: string;
  you: { user: string; mayWrite: boolean };
  /** null when nothing is wrong */
  alert: OpenAlert | null;
  /** newest first */
  remarks: RemarkAnswer[];
}

export interface AcknowledgeRequest {
  /** start of the alert's first period, as it was seen */
  since?: number;
  note?: string;
}

export interface NoteRequest {
  text: string;
  /** start of the judged period it is about, store time; default: the newest of the open alert, else none */
  period?: number;
}
