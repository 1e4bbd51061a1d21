/** States of alerts in words, and what is worst first. */
import type { IconName } from '@grafana/data';

import type { AlertAnswer, RuleAnswer } from '../../services/alerting';

export interface StateWords {
  word: string;
  icon: IconName;
  tone: 'error' | 'warning' | 'info' | 'success';
  /** the worst is first */
  rank: number;
}

const STATES: Record<string, StateWords> = {
  Alerting: { word: 'Firing', icon: 'exclamation-circle', tone: 'error', rank: 0 },
  Error: { word: 'Error', icon: 'exclamation-triangle', tone: 'error', rank: 1 },
  NoData: { word: 'No data', icon: 'question-circle', tone: 'warning', rank: 2 },
  Recovering: { word: 'Recovering', icon: 'exclamation-circle', tone: 'warning', rank: 3 },
  Pending: { word: 'Pending', icon: 'hourglass', tone: 'warning', rank: 4 },
  Normal: { word: 'Normal', icon: 'check', tone: 'success', rank: 5 },
};

const REASONS: Record<string, string> = {
  NoData: 'no data',
  Error: 'cannot be evaluated',
  KeepLast: 'state kept',
  MissingSeries: 'no longer answered',
  RuleDeleted: 'rule removed',
  Paused: 'rule paused',
};

/** Takes `Alerting (NoData, KeepLast)` apart. */
export function stateOf(text: string): { state: string; reason: string } {
  const [, state = text, reason = ''] = /^(\w+)(?: \((.*)\))?$/.exec(text) ?? [];
  return { state, reason };
}

export function wordsOf(state: string): StateWords {
  return STATES[state] ?? { word: state, icon: 'question-circle', tone: 'info', rank: 6 };
}

export function reasonText(reason: string): string {
  return reason
    .split(', ')
    .map((part) => REASONS[part] ?? part)
    .join(', ');
}

/** What an alert is about, in a sentence where the rule has one. */
export function headline({ labels, annotations }: Pick<AlertAnswer, 'labels' | 'annotations'>): string {
  const { alertname = 'Alert', kpi } = labels;
  return annotations.summary || (kpi ? `${alertname}: ${kpi}` : alertname);
}

/** Labels that tell instances of one rule apart: its own are said beside the rule. */
export function labelText(
  labels: Record<string, string>,
  { labels: own }: Pick<RuleAnswer, 'labels'> = { labels: {} }
) {
  return Object.entries(labels)
    .filter(([name]) => !['alertname', 'grafana_folder'].includes(name) && !(name in own))
    .map(([name, value]) => `${name}: ${value}`)
    .join(', ');
}

/** The KPI's own page; null for an alert that is not about one. */
export function detailOf({ labels }: Pick<AlertAnswer, 'labels'>): string | null {
  return labels.kpi ? `/d/kpi-detail?var-kpi=${encodeURIComponent(labels.kpi)}` : null;
}

export function byWorst(a: AlertAnswer, b: AlertAnswer): number {
  return (
    wordsOf(stateOf(a.state).state).rank - wordsOf(stateOf(b.state).state).rank ||
    headline(a).localeCompare(headline(b))
  );
}

/** `3 min`, `2 h 5 min`, `4 d 3 h` */
export function spanText(milliseconds: number): string {
  const seconds = Math.max(0, Math.round(milliseconds / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  const minutes = Math.round(seconds / 60);
  const [days, hours, rest] = [Math.floor(minutes / 1440), Math.floor((minutes % 1440) / 60), minutes % 60];
  return [days && `${days} d`, hours && `${hours} h`, !days && rest && `${rest} min`].filter(Boolean).join(' ');
}
