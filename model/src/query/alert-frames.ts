/** Questions about alerts, and the rows that answer them. */
import type { Level } from '../status';
import type { Grain } from '../time/grain';

import type { Tier } from './query';

/** Which alerts: those that go on now, or all that touch the range. */
export const ALERT_SCOPES = ['all', 'active'] as const;
export type AlertScope = (typeof ALERT_SCOPES)[number];

export const ALERT_SCOPE_TEXT: Record<AlertScope, string> = { all: 'All', active: 'Active now' };

/** What alerts are counted by; without one each is a row of its own. */
export const ALERT_GROUPS = ['total', 'kpi', 'owner', 'category'] as const;
export type AlertGroup = (typeof ALERT_GROUPS)[number];

export const ALERT_GROUP_TEXT: Record<AlertGroup, string> = {
  total: 'Altogether',
  kpi: 'KPI',
  owner: 'Owner',
  category: 'Category',
};

/** The number that `alerts` answers as `numeric`, for alert rules; 0 when nobody is waited for. */
export const ALERT_MEASURES = ['escalation', 'unacknowledgedHours'] as const;
export type AlertMeasure = (typeof ALERT_MEASURES)[number];

export const ALERT_MEASURE_TEXT: Record<AlertMeasure, string> = {
  escalation: 'Part of the time to acknowledge what is critical that is over, 1 is all',
  unacknowledgedHours: 'Working hours without an acknowledgement',
};

/** A run of settled periods at warning or worse: a row of an `alerts` table. Times with "at" are instants. */
export interface AlertRow {
  /** `waiting` for somebody, `acknowledged`, or `over` */
  state: 'waiting' | 'acknowledged' | 'over';
  stateText: string;
  kpi: string;
  name: string;
  category: string;
  categoryName: string;
  tier: Tier;
  owner: string;
  grain: Grain;
  /** of its newest settled period; of one that is over, its worst */
  level: Level;
  worst: Level;
  /** start of its first period (civil date at 00:00Z, or an instant) */
  since: number;
  sinceText: string;
  /** end of its last period; null while it goes on */
  until: number | null;
  periods: number;
  durationText: string;
  /** of the period that has the level */
  value: number | null;
  valueText: string;
  target: number | null;
  targetText: string;
  raisedAt: number;
  acknowledgedBy: string;
  acknowledgedAt: number | null;
  /** "ada, 3 Mar, 10:12", "nobody yet, 3 working hours" */
  acknowledgedText: string;
  /** working hours from when it was raised to the first acknowledgement; null without one */
  hoursToAcknowledge: number | null;
  /** working hours that somebody is waited for by now; 0 when nobody is */
  unacknowledgedHours: number;
  /** days from when it was raised to when it was known to be over; null while it goes on */
  daysToRecover: number | null;
  recoveredText: string;
  /** newest first, with who wrote them */
  notesText: string;
  notes: number;
}

/** Alerts counted: a row of a summary. */
export interface AlertSummaryRow {
  /** id of the KPI or category, the owner, or `''` altogether */
  group: string;
  name: string;
  alerts: number;
  active: number;
  /** active, and not acknowledged at its level */
  waiting: number;
  /** that were critical or worse */
  critical: number;
  acknowledged: number;
  /** mean working hours to the first acknowledgement; null without any */
  hoursToAcknowledge: number | null;
  /** mean days until they were over; null when none is */
  daysToRecover: number | null;
}
