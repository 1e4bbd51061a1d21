/**
 * What a back-test of an alert rule answers. It takes a while, so it runs on its own: `POST /api/alerts/backtest` with a
 * `BacktestRequest` starts one and answers a `BacktestRun`, finished when it was quick; `GET /api/alerts/backtest/:id`
 * tells how far it is; `DELETE` stops it. One that nobody has asked after for a minute stops by itself.
 */
import type { ErrorBody } from '../errors';

export interface BacktestRequest {
  /** YAML text of a Grafana alert rule file that holds one rule, or of one rule */
  rule?: string;
  /** of a provisioned rule; either this or `rule` */
  uid?: string;
  /** epoch milliseconds, an ISO 8601 instant or date, or now-1y */
  from: string;
  to: string;
  /** ids; all that the rule asks about when absent */
  kpis?: string[];
}

/** `GET /api/alerts/rules`: what can be run by its uid. */
export interface RulesToTest {
  rules: Array<{ uid: string; title: string; severity: string; isPaused: boolean }>;
}

export interface BacktestRun {
  id: string;
  state: 'running' | 'done' | 'failed' | 'stopped';
  /** evaluations that are done, and that there will be */
  done: number;
  of: number;
  answer: BacktestAnswer | null;
  error: ErrorBody | null;
}

/** A stretch in which an instance fired. */
export interface Firing {
  /** first evaluation that found it firing, epoch milliseconds */
  from: number;
  /** first evaluation that found it recovered; null while it goes on at the end of the range */
  to: number | null;
  durationText: string;
  /** recovered within an hour (of a KPI judged by the hour or finer), or within one judged period */
  isBrief: boolean;
}

export interface BacktestInstance {
  labels: Record<string, string>;
  /** id and name of its KPI; empty where the rule's labels name none */
  kpi: string;
  name: string;
  firings: Firing[];
  /** of the evaluations */
  firingShare: number;
  firingMs: number;
  firingText: string;
  brief: number;
  /** notifications: one as it fires, one as it recovers */
  messages: number;
}

/** A status that was critical, and when the forecast rule had said so. */
export interface Lead {
  kpi: string;
  name: string;
  /** start of the judged period */
  period: number;
  periodText: string;
  /** the status rule fired */
  statusAt: number;
  /** the forecast would have warned; null when it did not */
  forecastAt: number | null;
  leadMs: number | null;
  /** "12 days earlier", "not foreseen" */
  leadText: string;
}

export interface BacktestAnswer {
  rule: { uid: string; title: string; severity: string; type: string };
  from: number;
  to: number;
  /** moments at which the rule was evaluated: those at which its answer can have changed */
  evaluations: number;
  /** in how many states instances were in at all: KPIs (and slices) that were looked at */
  looked: number;
  /** those that fired, most often first */
  instances: BacktestInstance[];
  total: { firings: number; brief: number; firingMs: number; firingText: string; messages: number; perWeek: number };
  /** where the rule is about status: how much earlier a forecast would have warned; else null */
  leads: { rows: Lead[]; foreseen: number; of: number; medianMs: number | null; text: string } | null;
  /** in one sentence */
  text: string;
  /** what to bear in mind: it was run on final data, and not each minute */
  notes: string[];
}
