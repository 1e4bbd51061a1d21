/** The one built-in text: what has changed with a rule, for mail and webhook. Templates are Grafana's. */
import { createHash } from 'node:crypto';

import { labelsText } from '@kpi-monitor/model/alerting/labels';
import type { AlertRule } from '@kpi-monitor/model/alerting/rule';
import { MISSING } from '@kpi-monitor/model/alerting/template';

import type { News, NewsKind } from './news';

export type ChannelName = 'mail' | 'webhook';

export interface LetterAlert {
  kind: NewsKind;
  labels: Readonly<Record<string, string>>;
  annotations: Record<string, string>;
  values: Readonly<Record<string, number | null>>;
  /** epoch milliseconds */
  startsAt: number;
  /** null while it goes on */
  endsAt: number | null;
  fingerprint: string;
}

export interface Letter {
  /** the same for the same transitions, so that none is told twice */
  id: string;
  channel: ChannelName;
  title: string;
  text: string;
  alerts: LetterAlert[];
  /** epoch milliseconds */
  writtenAt: number;
  attempts: number;
  /** epoch milliseconds of the next attempt */
  nextAt: number;
  /** why the last attempt failed */
  reason: string;
  givenUp: boolean;
}

/** One letter a rule and evaluation for a channel. */
export function writeLetter(channel: ChannelName, rule: AlertRule, news: readonly News[], at: number): Letter {
  const alerts = news.map((one) => alertOf(one, at));
  const identity = JSON.stringify([channel, rule.uid, at, alerts.map(({ kind, fingerprint }) => [kind, fingerprint])]);
  return {
    id: createHash('sha256').update(identity).digest('hex').slice(0, 32),
    channel,
    title: titleOf(rule, alerts),
    text: alerts.map(paragraph).join('\n\n'),
    alerts,
    writtenAt: at,
    attempts: 0,
    nextAt: at,
    reason: '',
    givenUp: false,
  };
}

export function fingerprintOf(rule: string, key: string): string {
  return createHash('sha256').update(`${rule}\n${key}`).digest('hex').slice(0, 16);
}

function alertOf({ kind, instance }: News, at: number): LetterAlert {
  const { labels, values } = instance;
  return {
    kind,
    labels,
    annotations: said(instance.annotations),
    values,
    startsAt: kind === 'resolved' ? (instance.firedAt ?? instance.startsAt) : instance.startsAt,
    endsAt: kind === 'resolved' ? at : null,
    fingerprint: fingerprintOf(labels.alertname ?? '', instance.key),
  };
}

/** Annotations that say something: a text with a hole in it is no text. */
export function said(annotations: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(annotations)
      .map(([name, text]) => [name, text.trim()] as const)
      .filter(([, text]) => text !== '' && !text.includes(MISSING) && !text.includes('{{'))
  );
}

const PREFIX: Record<NewsKind, string> = {
  firing: '',
  resolved: 'Recovered: ',
  'no data': 'No data: ',
  error: 'Cannot be evaluated: ',
};

function titleOf(rule: AlertRule, alerts: readonly LetterAlert[]): string {
  if (alerts.length === 1) {
    return newsText(alerts[0]!);
  }
  const count = (kind: NewsKind) => alerts.filter((alert) => alert.kind === kind).length;
  const parts = [
    [count('firing'), 'to look at'],
    [count('resolved'), 'recovered'],
    [count('no data'), 'without data'],
    [count('error'), 'that cannot be evaluated'],
  ] as const;
  return `${rule.title}: ${parts.flatMap(([n, words]) => (n > 0 ? [`${n} ${words}`] : [])).join(', ')}`;
}

/** What a rule says about its end goes before our word for it. */
function newsText(alert: LetterAlert): string {
  const { ended } = alert.annotations;
  return alert.kind === 'resolved' && ended ? ended : PREFIX[alert.kind] + headline(alert);
}

const UNSAID = ['alertname', 'grafana_folder', 'ref_id', 'datasource_uid'];

export function headline({ annotations, labels }: Pick<LetterAlert, 'annotations' | 'labels'>): string {
  const own = Object.entries(labels).filter(([name]) => !UNSAID.includes(name));
  const of = labelsText(Object.fromEntries(own));
  return annotations.summary ?? `${labels.alertname ?? 'Alert'}${of && `, ${of}`}`;
}

/** They have a place of their own in the text. */
const PLACED = ['summary', 'ended', 'link', 'Error', 'ref_id', 'datasource_uid'];

function paragraph(alert: LetterAlert): string {
  const { link, Error: failure } = alert.annotations;
  const lines = Object.entries(alert.annotations)
    .filter(([name]) => !PLACED.includes(name))
    .map(([name, text]) => `${name.charAt(0).toUpperCase()}${name.slice(1)}: ${text}`);
  return [newsText(alert), ...(failure ? [`What failed: ${failure}`] : []), ...lines, ...(link ? [link] : [])].join(
    '\n'
  );
}
