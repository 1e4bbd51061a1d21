/**
 * What people did about alerts: acknowledgements and notes. They are records that are only ever added to; one that was
 * a mistake is withdrawn by another.
 */
import type { Level } from '../status';

import type { Alert } from './alerts';

/** Who wrote a record. */
export interface Author {
  by: string;
  role: string;
}

/**
 * A record as it is kept; its time and number are beside it. Periods are store times of their start. A `watch` says from
 * when alerts of the KPI could be told: nobody is waited for about what was known before.
 */
export type HandlingRecord = Author &
  (
    | { kind: 'acknowledgement'; since: number; period: number; level: Level; text: string }
    | { kind: 'note'; text: string; period: number | null }
    | { kind: 'withdrawal'; of: number }
    | { kind: 'watch' }
  );

export interface Recorded {
  /** instant */
  time: number;
  /** counts up from 1 within a KPI */
  revision: number;
  data: Record<string, unknown>;
}

/** An acknowledgement or a note as it stands. */
export interface Remark extends Author {
  revision: number;
  at: number;
  text: string;
  /** null for a note that is about no period */
  period: number | null;
  /** the level that was acknowledged; null for a note */
  level: Level | null;
  withdrawn: { by: string; at: number } | null;
}

/** The remarks that a KPI's records add up to, oldest first; kinds that this version does not know are left out. */
export function remarksOf(records: readonly Recorded[]): Remark[] {
  const remarks = new Map<number, Remark>();
  for (const { time: at, revision, data } of [...records].sort((a, b) => a.revision - b.revision)) {
    const record = data as unknown as HandlingRecord;
    const { by, role } = record;
    switch (record.kind) {
      case 'withdrawal': {
        const remark = remarks.get(record.of);
        if (remark && !remark.withdrawn) {
          remark.withdrawn = { by, at };
        }
        break;
      }
      case 'note':
      case 'acknowledgement': {
        const { text, period } = record;
        const level = record.kind === 'note' ? null : record.level;
        remarks.set(revision, { revision, at, by, role, text, period, level, withdrawn: null });
      }
    }
  }
  return [...remarks.values()];
}

/** The remarks on an alert that hold: those about one of its periods, and notes about none that were made in its time. */
export function remarksOn(alert: Alert, remarks: readonly Remark[]): Remark[] {
  const { from, to, raisedAt, recoveredAt } = alert;
  return remarks.filter(({ withdrawn, period, at }) => {
    if (withdrawn) {
      return false;
    }
    return period === null ? at >= raisedAt && at < (recoveredAt ?? Infinity) : period >= from && period < to;
  });
}

export interface Answered {
  /** that came first; null when nobody has acknowledged */
  first: Remark | null;
  /** that holds now: the newest of the worst acknowledged level */
  acknowledgement: Remark | null;
  /** the instant since which the alert has waited for somebody; null when nobody is waited for */
  waitingSince: number | null;
  /** the same of what is critical or worse now: warnings go into a digest, and nobody is called for them */
  escalatingSince: number | null;
}

/** When a KPI began to be watched, an instant; minus infinity when that is not recorded. */
export function watchedSince(records: readonly Recorded[]): number {
  const watches = records.filter(({ data }) => data.kind === 'watch');
  return watches.length > 0 ? Math.min(...watches.map(({ time }) => time)) : -Infinity;
}

/** The mildest level that somebody else is called for. */
export const ESCALATED_FROM: Level = 2;

/**
 * Whether somebody has taken an alert on. An acknowledgement is of a level: a worse one needs another, and is waited for
 * from when it was known.
 * @param remarks on this alert
 * @param watched the instant from which it could be told
 */
export function answered(alert: Alert, remarks: readonly Remark[], watched = -Infinity): Answered {
  const acknowledgements = remarks.filter(({ level }) => level !== null);
  const level = Math.max(0, ...acknowledgements.map((one) => one.level!));
  const acknowledgement = acknowledgements.findLast((one) => one.level === level) ?? null;
  const first = acknowledgements[0] ?? null;
  if (alert.recoveredAt !== null) {
    return { first, acknowledgement, waitingSince: null, escalatingSince: null };
  }
  const { course } = alert;
  const since = (mildest: number) => {
    const period = course[course.findLastIndex((one) => one.level <= mildest) + 1];
    return period ? Math.max(period.knownAt, watched) : null;
  };
  return {
    first,
    acknowledgement,
    waitingSince: since(level),
    escalatingSince: since(Math.max(level, ESCALATED_FROM - 1)),
  };
}
