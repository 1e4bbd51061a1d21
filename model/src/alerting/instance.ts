/** The state of one alert instance: a label set of a rule. JSON through and through, so that it survives a restart. */
import type { Labels } from './labels';

/** The words of Grafana's API. */
export const STATES = ['Normal', 'Pending', 'Alerting', 'Recovering', 'NoData', 'Error'] as const;
export type State = (typeof STATES)[number];

export interface Instance {
  /** `labelsKey` of its labels: its identity within the rule */
  key: string;
  /** the data's labels with those of the rule, which win */
  labels: Labels;
  /** `labelsKey` of the data's labels alone */
  resultKey: string;
  state: State;
  /** why the state is not what the evaluation gave: `NoData`, `Error`, `NoData, KeepLast`, `MissingSeries` …; else empty */
  reason: string;
  /** when it entered the state, epoch milliseconds: `activeAt` of Grafana's API */
  startsAt: number;
  /** until when it holds without another evaluation */
  endsAt: number;
  /** when it last began to fire */
  firedAt: number | null;
  /** when it last was resolved; null once it fires again */
  resolvedAt: number | null;
  evaluatedAt: number;
  /** by refId; null for what is no number */
  values: Readonly<Record<string, number | null>>;
  annotations: Readonly<Record<string, string>>;
  /** of the last evaluation */
  error: string | null;
}

export interface Transition {
  instance: Instance;
  previous: { state: State; reason: string };
}

export function hasChanged({ instance, previous }: Transition): boolean {
  return instance.state !== previous.state || instance.reason !== previous.reason;
}

/** `Alerting (NoData, KeepLast)`: as Grafana's API writes it. */
export function stateText({ state, reason }: { state: State; reason: string }): string {
  return reason ? `${state} (${reason})` : state;
}

/** Whether it is told as an alert that goes on: a recovering one has not been resolved. */
export function isFiring({ state }: { state: State }): boolean {
  return state === 'Alerting' || state === 'Recovering';
}
