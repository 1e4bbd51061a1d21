/** Evaluates the rules of all groups on their schedule, keeps their states, and hands on what is news. */
import { hasChanged, type Instance, type Transition } from '@kpi-monitor/model/alerting/instance';
import type { AlertRule, RuleGroup } from '@kpi-monitor/model/alerting/rule';
import { evaluateRule, type RuleStates } from '@kpi-monitor/model/alerting/rule-states';

import type { Change } from '../src/services/alerting';

import type { Ask } from './ask';
import { said } from './letter';
import { type News, newsOf } from './news';

export interface RuleStatus {
  rule: AlertRule;
  instances: readonly Instance[];
  /** epoch milliseconds; null before the first */
  evaluatedAt: number | null;
  /** milliseconds that the last evaluation took */
  took: number;
}

export interface Told {
  changes: Change[];
  /** by rule */
  news: Array<{ rule: AlertRule; news: News[] }>;
}

export interface Evaluator {
  /** Evaluates one group; `at` is the scheduled time. Rules that fail do not keep the others from being evaluated. */
  evaluate(group: RuleGroup, at: number): Promise<Told>;
  status(): RuleStatus[];
  /** for a restart, by uid */
  states(): Record<string, Instance[]>;
  /** Takes up what was remembered; what belongs to no rule any more is ended, and told. */
  restore(states: Readonly<Record<string, Instance[]>>, at: number): Told;
}

export interface EvaluatorOptions {
  groups: readonly RuleGroup[];
  ask: Ask;
  /** of pages, with its closing slash, for links in annotations */
  externalURL: () => string;
  clock: () => number;
}

export function createEvaluator({ groups, ask, externalURL, clock }: EvaluatorOptions): Evaluator {
  const rules = groups.flatMap((group) => group.rules);
  const states = new Map<string, RuleStates>();
  const last = new Map<string, { at: number; took: number }>();

  return {
    async evaluate(group, at) {
      const told: Told = { changes: [], news: [] };
      for (const rule of group.rules.filter(({ isPaused }) => !isPaused)) {
        const began = clock();
        const answers = await ask(rule, at);
        const evaluated = evaluateRule(rule, states.get(rule.uid) ?? new Map(), answers, at, externalURL());
        states.set(rule.uid, evaluated.states);
        last.set(rule.uid, { at, took: clock() - began });
        tell(told, rule, evaluated.transitions, at);
      }
      return told;
    },
    status: () =>
      rules.map((rule) => ({
        rule,
        instances: [...(states.get(rule.uid)?.values() ?? [])],
        evaluatedAt: last.get(rule.uid)?.at ?? null,
        took: last.get(rule.uid)?.took ?? 0,
      })),
    states: () => Object.fromEntries([...states].map(([uid, instances]) => [uid, [...instances.values()]])),
    restore(remembered, at) {
      const told: Told = { changes: [], news: [] };
      for (const [uid, instances] of Object.entries(remembered)) {
        const rule = rules.find((one) => one.uid === uid);
        if (rule && !rule.isPaused) {
          states.set(uid, new Map(instances.map((instance) => [instance.key, instance])));
          const at = Math.max(0, ...instances.map(({ evaluatedAt }) => evaluatedAt));
          last.set(uid, { at, took: 0 });
        } else {
          const reason = rule ? 'Paused' : 'RuleDeleted';
          tell(
            told,
            rule ?? { uid },
            instances.map((instance) => ended(instance, reason, at)),
            at
          );
        }
      }
      return told;
    },
  };
}

function ended(instance: Instance, reason: string, at: number): Transition {
  return {
    instance: { ...instance, state: 'Normal', reason, startsAt: at, endsAt: at, evaluatedAt: at },
    previous: { state: instance.state, reason: instance.reason },
  };
}

function tell(told: Told, rule: AlertRule | { uid: string }, transitions: readonly Transition[], at: number): void {
  told.changes.push(...transitions.filter(hasChanged).map((transition) => changeOf(rule.uid, transition, at)));
  const news = transitions.flatMap((transition) => newsOf(transition) ?? []);
  if (news.length > 0) {
    const title = news[0]!.instance.labels.alertname ?? rule.uid;
    told.news.push({ rule: 'title' in rule ? rule : ({ ...rule, title } as AlertRule), news });
  }
}

function changeOf(rule: string, { instance, previous }: Transition, at: number): Change {
  const { key, labels, state, reason, annotations } = instance;
  return {
    at,
    rule,
    title: labels.alertname ?? rule,
    key,
    labels,
    from: previous.state,
    to: state,
    fromReason: previous.reason,
    toReason: reason,
    summary: said(annotations).summary ?? '',
  };
}
