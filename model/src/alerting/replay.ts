/**
 * Replays a rule over past answers, through the same states that it would go through live. Answers stand from one moment
 * to the next, so between two only those evaluations are done at which the passing of time alone can move a state.
 */
import { isFiring } from './instance';
import { type Labels, labelsKey } from './labels';
import type { AlertRule } from './rule';
import { evaluateRule, type RuleStates } from './rule-states';
import type { Outcome } from './values';

/** From the evaluation that found it firing to the one that found it recovered; null while it goes on. */
export interface ReplayedFiring {
  from: number;
  to: number | null;
}

export interface ReplayedInstance {
  /** of the data and of the rule */
  labels: Labels;
  firings: ReplayedFiring[];
}

export interface Replay {
  /** Moves on with answers that stand from `at` until `until`, epoch milliseconds; earlier moments first. */
  step(at: number, until: number, answers: ReadonlyMap<string, Outcome>): void;
  /** every label set that was ever there */
  instances(): ReplayedInstance[];
}

export function createReplay(rule: AlertRule): Replay {
  const byKey = new Map<string, ReplayedInstance>();
  let states: RuleStates = new Map();
  const evaluateAt = (at: number, answers: ReadonlyMap<string, Outcome>) => {
    const evaluated = evaluateRule(rule, states, answers, at);
    states = evaluated.states;
    for (const { instance, previous } of evaluated.transitions) {
      const key = labelsKey(instance.labels);
      const known = byKey.get(key) ?? { labels: instance.labels, firings: [] };
      byKey.set(key, known);
      if (isFiring(instance) && !isFiring(previous)) {
        known.firings.push({ from: at, to: null });
      } else if (!isFiring(instance) && isFiring(previous)) {
        known.firings.at(-1)!.to = at;
      }
    }
  };
  return {
    step(at, until, answers) {
      ticksOf(rule, at, until).forEach((tick) => evaluateAt(tick, answers));
    },
    instances: () => [...byKey.values()],
  };
}

/** The scheduled evaluations within [at, until) that can find another state than the one before. */
function ticksOf(rule: AlertRule, at: number, until: number): number[] {
  const { interval } = rule;
  const first = Math.ceil(at / interval) * interval;
  const missing = (rule.missing_series_evals_to_resolve - 1) * interval;
  const waits = [0, interval, rule.for, rule.keepFiringFor, missing, missing + interval];
  const ticks = waits.map((wait) => first + Math.ceil(wait / interval) * interval);
  // What is missing is missed since the evaluation before it.
  ticks.push(Math.ceil(until / interval) * interval - interval);
  return [...new Set(ticks)].filter((tick) => tick >= first && tick < until).sort((a, b) => a - b);
}

/** The rule without what its condition does not read: texts for messages cost most and change nothing. */
export function conditionOnly(rule: AlertRule): AlertRule {
  const needed = new Set<string>();
  for (let refId: string | undefined = rule.condition; refId && !needed.has(refId);) {
    needed.add(refId);
    refId = rule.steps.find((step) => step.refId === refId)?.expression?.expression;
  }
  return { ...rule, steps: rule.steps.filter(({ refId }) => needed.has(refId)), annotations: {} };
}
