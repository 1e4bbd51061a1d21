/**
 * What an evaluation makes of an instance. Facts: Grafana 12.3, "Alert rule state and health", and how it was seen to
 * behave: `for` and `keepFiringFor` count from the evaluation that began the state and are met when equal; a rule
 * without `for` skips Pending, one without `keepFiringFor` skips Recovering, and what fires again while it recovers
 * skips Pending.
 */
import type { Result } from './evaluate';
import type { Instance, State, Transition } from './instance';
import type { AlertRule } from './rule';

export type Timing = Pick<AlertRule, 'interval' | 'for' | 'keepFiringFor' | 'noDataState' | 'execErrState'>;

/** Grafana tells its Alertmanager of firing alerts at least this often; they outlive four silent rounds. */
const RESEND = 30_000;

type Step = Pick<Instance, 'state' | 'startsAt' | 'endsAt' | 'firedAt'>;

export function transition(
  before: Instance,
  result: Pick<Result, 'state' | 'values' | 'error'>,
  rule: Timing,
  at: number
): Transition {
  const error = result.error?.message ?? null;
  const step = next(before, result.state, rule, at);
  const instance: Instance = {
    ...before,
    ...step,
    error,
    reason: reasonOf(step.state, result.state, rule),
    evaluatedAt: at,
    values: valuesOf(before, result),
    resolvedAt: resolvedAt(before, step.state, at),
    annotations: error ? { ...before.annotations, Error: error } : before.annotations,
  };
  return { instance, previous: { state: before.state, reason: before.reason } };
}

/** Until when a state holds without another evaluation. */
export function endOf(at: number, { interval }: Pick<AlertRule, 'interval'>): number {
  return at + 4 * Math.max(interval, RESEND);
}

function next(before: Instance, state: Result['state'], rule: Timing, at: number): Step {
  switch (state) {
    case 'Normal':
      return normal(before, rule, at);
    case 'Alerting':
      return alerting(before, rule, at);
    case 'NoData':
      return unknown(before, rule.noDataState, rule, at);
    case 'Error':
      return unknown(before, rule.execErrState, rule, at);
  }
}

function normal(before: Instance, rule: Timing, at: number): Step {
  switch (before.state) {
    case 'Normal':
      return before;
    case 'Recovering':
      return at - before.startsAt >= rule.keepFiringFor
        ? enter(before, 'Normal', at, at)
        : { ...before, endsAt: endOf(at, rule) };
    case 'Alerting':
      return rule.keepFiringFor > 0
        ? enter(before, 'Recovering', at, endOf(at, rule))
        : enter(before, 'Normal', at, at);
    default:
      return enter(before, 'Normal', at, at);
  }
}

function alerting(before: Instance, rule: Timing, at: number): Step {
  const end = endOf(at, rule);
  switch (before.state) {
    case 'Alerting':
      return { ...before, endsAt: end };
    case 'Pending':
      return at - before.startsAt >= rule.for ? enter(before, 'Alerting', at, end) : before;
    case 'Recovering':
      return enter(before, 'Alerting', at, end);
    default:
      return enter(before, rule.for > 0 ? 'Pending' : 'Alerting', at, end);
  }
}

/** No data or an error, which the rule maps to a state. */
function unknown(
  before: Instance,
  wanted: AlertRule['noDataState'] | AlertRule['execErrState'],
  rule: Timing,
  at: number
): Step {
  switch (wanted) {
    case 'Alerting':
      return alerting(before, rule, at);
    case 'OK':
      return normal(before, rule, at);
    case 'KeepLast':
      return before.state === 'Alerting' || before.state === 'Pending'
        ? alerting(before, rule, at)
        : normal(before, rule, at);
    default: {
      const end = endOf(at, rule);
      return before.state === wanted ? { ...before, endsAt: end } : enter(before, wanted, at, end);
    }
  }
}

function enter(before: Instance, state: State, startsAt: number, endsAt: number): Step {
  return { state, startsAt, endsAt, firedAt: state === 'Alerting' ? startsAt : before.firedAt };
}

function reasonOf(state: State, result: Result['state'], rule: Timing): string {
  if (state === result || result === 'Normal' || result === 'Alerting') {
    return '';
  }
  const mapped = result === 'NoData' ? rule.noDataState : rule.execErrState;
  return mapped === 'KeepLast' ? `${result}, KeepLast` : result;
}

/** After no data or an error the refIds stay known, without a number. */
function valuesOf(before: Instance, { state, values }: Pick<Result, 'state' | 'values'>): Instance['values'] {
  const unknowns = state === 'NoData' || state === 'Error';
  return unknowns
    ? Object.fromEntries(Object.keys(before.values).map((refId) => [refId, null]))
    : Object.fromEntries(
        Object.entries(values).map(([refId, { value }]) => [
          refId,
          value !== null && Number.isFinite(value) ? value : null,
        ])
      );
}

function resolvedAt(before: Instance, state: State, at: number): number | null {
  if (state === 'Normal' && (before.state === 'Alerting' || before.state === 'Recovering')) {
    return at;
  }
  return state === 'Normal' || state === 'Pending' ? before.resolvedAt : null;
}
