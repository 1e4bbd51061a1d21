/** The words of judgement, their order and their marks' names; free of libraries, so that panels can use it. */

/** 0 normal, 1 warning, 2 critical, 3 emergency; null when a value is not judged. */
export type Level = 0 | 1 | 2 | 3;
export const LEVELS = ['normal', 'warning', 'critical', 'emergency'] as const;

/** fresh: what was expected is there; late: it is overdue; none: there never was a value. */
export type Freshness = 'fresh' | 'late' | 'none';

/** open: running; provisional: over but not final; settled: final. */
export type Life = 'open' | 'provisional' | 'settled';

export type Outlook = 'on_pace' | 'at_risk' | 'likely_miss';

/** The one word that a card, a cell or a mark shows for a KPI, worst first. */
export const STATUSES = [
  'emergency',
  'critical',
  'late',
  'no_data',
  'warning',
  'provisional',
  'not_judged',
  'normal',
] as const;
export type Status = (typeof STATUSES)[number];

export const STATUS_TEXT: Record<Status, string> = {
  emergency: 'Emergency',
  critical: 'Critical',
  late: 'Late',
  no_data: 'No data',
  warning: 'Warning',
  provisional: 'Provisional',
  not_judged: 'Not judged',
  normal: 'Normal',
};

/** `signal`: the value is news; `usual`: it lies in what its own past varies by; `unknown`: there is too little past. */
export type ChangeSignal = 'signal' | 'usual' | 'unknown';

export const OUTLOOK_TEXT: Record<Outlook, string> = {
  on_pace: 'on pace',
  at_risk: 'at risk',
  likely_miss: 'likely miss',
};

/**
 * The word for a judgement. A late critical KPI stays critical; a late warning is shown as late, since what is
 * not known outweighs what was mildly bad; provisional and not judged are never shown as normal.
 */
export function statusOf(judgement: { level: Level | null; freshness: Freshness; life?: Life }): Status {
  const { level, freshness, life } = judgement;
  if (level === 3) {
    return 'emergency';
  }
  if (level === 2) {
    return 'critical';
  }
  if (freshness === 'none') {
    return 'no_data';
  }
  if (freshness === 'late') {
    return 'late';
  }
  if (level === 1) {
    return 'warning';
  }
  if (level === 0) {
    return 'normal';
  }
  return life === 'provisional' ? 'provisional' : 'not_judged';
}

/** Orders statuses worst first: `rows.sort((a, b) => rank(a.status) - rank(b.status))`. */
export function rank(status: Status): number {
  return STATUSES.indexOf(status);
}
