/** What standalone answers about alert rules. `/api/prometheus/…` and `/api/alertmanager/…` are of Grafana's form. */
import type { State } from '@kpi-monitor/model/alerting/instance';

/** `GET /api/prometheus/grafana/api/v1/rules` */
export interface RulesAnswer {
  status: 'success';
  data: { groups: GroupAnswer[] };
}

export interface GroupAnswer {
  name: string;
  /** the folder */
  file: string;
  /** seconds */
  interval: number;
  lastEvaluation: string;
  /** seconds */
  evaluationTime: number;
  rules: RuleAnswer[];
}

export interface RuleAnswer {
  uid: string;
  name: string;
  type: 'alerting';
  state: 'inactive' | 'pending' | 'recovering' | 'firing';
  health: 'ok' | 'nodata' | 'error' | 'unknown';
  lastError: string;
  /** ISO 8601; year 1 before the first */
  lastEvaluation: string;
  evaluationTime: number;
  /** seconds */
  duration: number;
  /** seconds */
  keepFiringFor: number;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  isPaused: boolean;
  alerts: AlertAnswer[];
}

export interface AlertAnswer {
  labels: Record<string, string>;
  annotations: Record<string, string>;
  /** `Alerting (NoData, KeepLast)` */
  state: string;
  /** ISO 8601 */
  activeAt: string;
  /** of the first query; empty when it is not known */
  value: string;
}

/** `GET /api/alertmanager/grafana/api/v2/alerts`, an element: what has been told and is not resolved */
export interface ActiveAlert {
  fingerprint: string;
  labels: Record<string, string>;
  annotations: Record<string, string>;
  startsAt: string;
  endsAt: string;
  updatedAt: string;
  status: { state: 'active'; silencedBy: []; inhibitedBy: []; mutedBy: [] };
  receivers: Array<{ name: string }>;
  generatorURL: string;
}

/** `GET /api/alerting` */
export interface AlertingAnswer {
  firing: number;
  pending: number;
  /** why no rule is evaluated yet; empty once they are */
  waiting: string;
  /** `CODE file:line message`: what is wrong with rule files and with the evaluator itself */
  problems: string[];
  /** where messages go: `mail to desk@example.com`, `webhook at hooks.example.com` */
  channels: string[];
  /** messages that could not be delivered yet, or were given up */
  undelivered: Array<{ channel: string; title: string; reason: string; givenUp: boolean }>;
}

/** `GET /api/alerting/history`, newest first */
export interface HistoryAnswer {
  /** when this was answered, epoch milliseconds */
  now: number;
  episodes: Episode[];
  changes: Change[];
}

/** From firing to resolved. */
export interface Episode {
  rule: string;
  title: string;
  labels: Record<string, string>;
  summary: string;
  /** epoch milliseconds */
  from: number;
  /** null while it goes on */
  to: number | null;
  /** why it ended, when it was not the data: `MissingSeries`, `RuleDeleted` */
  reason: string;
}

/** An instance that went from one state to another. */
export interface Change {
  /** epoch milliseconds */
  at: number;
  rule: string;
  title: string;
  /** of the instance within its rule */
  key: string;
  labels: Record<string, string>;
  from: State;
  to: State;
  fromReason: string;
  toReason: string;
  summary: string;
}
