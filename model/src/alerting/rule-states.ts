/** What an evaluation makes of all instances of a rule. */
import { evaluate, type Result } from './evaluate';
import type { Instance, Transition } from './instance';
import { type Labels, labelsKey } from './labels';
import type { AlertRule } from './rule';
import { expandText } from './template';
import { endOf, transition } from './transition';
import type { Outcome } from './values';

/** By `key`. */
export type RuleStates = ReadonlyMap<string, Instance>;

export interface Evaluated {
  states: RuleStates;
  /** of every instance that was there or is new, changed or not; one that ended as missing is here for the last time */
  transitions: Transition[];
}

/**
 * Evaluates a rule once and moves its instances on.
 * @param answers what its queries gave, by refId
 * @param at the evaluation's scheduled time, epoch milliseconds
 * @param externalURL what `externalURL` in annotations stands for
 */
export function evaluateRule(
  rule: AlertRule,
  states: RuleStates,
  answers: ReadonlyMap<string, Outcome>,
  at: number,
  externalURL = ''
): Evaluated {
  return applyResults(rule, states, evaluate(rule, answers, loadedOf(states)), at, externalURL);
}

/** The label sets that a recovery threshold holds for: what fires or is about to, by the data's own doing. */
export function loadedOf(states: RuleStates): Set<string> {
  return new Set(
    [...states.values()]
      .filter(({ state, reason }) => reason === '' && (state === 'Alerting' || state === 'Pending'))
      .map(({ resultKey }) => resultKey)
  );
}

export function applyResults(
  rule: AlertRule,
  states: RuleStates,
  results: readonly Result[],
  at: number,
  externalURL = ''
): Evaluated {
  const seen =
    forAll(rule, states, results, at) ?? results.map((result) => forOne(rule, states, result, { at, externalURL }));
  const next = new Map(seen.map(({ instance }) => [instance.key, instance]));
  const transitions = [...seen];
  for (const instance of states.values()) {
    if (!next.has(instance.key)) {
      const missing = missed(instance, rule, at);
      transitions.push(missing);
      if (missing.instance.reason !== MISSING_SERIES) {
        next.set(instance.key, missing.instance);
      }
    }
  }
  return { states: next, transitions };
}

export const MISSING_SERIES = 'MissingSeries';

/**
 * When nothing at all is known, and the rule does not make an alert of that itself, it is said of every instance that
 * there is: no data has no labels by which to tell them apart. Null where that does not apply.
 */
function forAll(rule: AlertRule, states: RuleStates, results: readonly Result[], at: number): Transition[] | null {
  const [first] = results;
  const silent = rule.noDataState !== 'NoData' && results.every(({ state }) => state === 'NoData');
  const broken = rule.execErrState !== 'Error' && results.every(({ state }) => state === 'Error');
  if (!first || states.size === 0 || !(silent || broken)) {
    return null;
  }
  const origins: Record<string, string> = silent
    ? {
        datasource_uid: [...new Set(named(results, 'datasource_uid'))].join(','),
        ref_id: named(results, 'ref_id').join(','),
      }
    : {};
  return [...states.values()].map((instance) => {
    const moved = transition(instance, first, rule, at);
    return { ...moved, instance: { ...moved.instance, annotations: { ...moved.instance.annotations, ...origins } } };
  });
}

function named(results: readonly Result[], label: string): string[] {
  return results.flatMap(({ labels }) => labels[label] ?? []);
}

interface Moment {
  at: number;
  externalURL: string;
}

function forOne(rule: AlertRule, states: RuleStates, result: Result, moment: Moment): Transition {
  const fresh = newInstance(rule, result, moment);
  const known = states.get(fresh.key);
  const { key, labels, resultKey, annotations } = fresh;
  return transition(known ? { ...known, key, labels, resultKey, annotations } : fresh, result, rule, moment.at);
}

function newInstance(rule: AlertRule, result: Result, { at, externalURL }: Moment): Instance {
  const own = { alertname: rule.title, grafana_folder: rule.folder };
  const known = { ...result.labels, ...own };
  const expanded = (texts: Readonly<Record<string, string>>) =>
    Object.fromEntries(
      Object.entries(texts).map(([name, text]) => [
        name,
        expandText(text, { labels: known, values: result.values, externalURL }),
      ])
    );
  const labels = { ...result.labels, ...expanded(rule.labels), ...origin(rule, result), ...own };
  return {
    key: labelsKey(labels),
    labels,
    resultKey: labelsKey(result.labels),
    state: 'Normal',
    reason: '',
    startsAt: at,
    endsAt: at,
    firedAt: null,
    resolvedAt: null,
    evaluatedAt: at,
    values: {},
    annotations: expanded(rule.annotations),
    error: null,
  };
}

/** An error that is an alert of its own says which query failed. */
function origin(rule: AlertRule, { state, error }: Result): Labels {
  return state === 'Error' && rule.execErrState === 'Error' && error?.refId
    ? { ref_id: error.refId, datasource_uid: error.datasourceUid ?? '' }
    : {};
}

/** A series that the answer no longer has: resolved after some evaluations, "no data" and errors after one. */
function missed(instance: Instance, rule: AlertRule, at: number): Transition {
  const { state, reason } = instance;
  const patience = state === 'NoData' || state === 'Error' ? 1 : rule.missing_series_evals_to_resolve;
  const previous = { state, reason };
  if (at - instance.evaluatedAt < patience * rule.interval) {
    return { instance: state === 'Alerting' ? { ...instance, endsAt: endOf(at, rule) } : instance, previous };
  }
  return {
    instance: {
      ...instance,
      state: 'Normal',
      reason: MISSING_SERIES,
      evaluatedAt: at,
      endsAt: at,
      resolvedAt: state === 'Normal' || state === 'Pending' ? instance.resolvedAt : at,
    },
    previous,
  };
}
