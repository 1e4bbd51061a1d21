/** Alert rules and alerts under Grafana's own addresses and in its form, and what standalone says besides. */
import { type Instance, isFiring, stateText } from '@kpi-monitor/model/alerting/instance';
import { plainNumber } from '@kpi-monitor/model/alerting/template-number';
import type { FastifyInstance } from 'fastify';

import type {
  ActiveAlert,
  AlertAnswer,
  AlertingAnswer,
  GroupAnswer,
  HistoryAnswer,
  RuleAnswer,
  RulesAnswer,
} from '../src/services/alerting';

import type { Alerting } from './alerting';
import type { RuleStatus } from './evaluator';
import { fingerprintOf, said } from './letter';

const NEVER = '0001-01-01T00:00:00Z';
const HISTORY_LIMIT = 500;

export function alertingRoutes(app: FastifyInstance, { alerting }: { alerting: Alerting }): void {
  app.get('/api/prometheus/grafana/api/v1/rules', async (): Promise<RulesAnswer> => {
    const statuses = alerting.status();
    return { status: 'success', data: { groups: alerting.groups.map((group) => groupOf(group, statuses)) } };
  });

  app.get('/api/alertmanager/grafana/api/v2/alerts', async (): Promise<ActiveAlert[]> => {
    const receivers = alerting.receivers().map((name) => ({ name }));
    return alerting
      .status()
      .flatMap((status) => status.instances.filter(isTold).map((instance) => activeAlert(status, instance, receivers)));
  });

  app.get('/api/alerting', async (): Promise<AlertingAnswer> => alerting.overview());

  app.get('/api/alerting/history', async (): Promise<HistoryAnswer> => alerting.history(HISTORY_LIMIT));
}

function isTold(instance: Instance): boolean {
  return isFiring(instance) || instance.state === 'NoData' || instance.state === 'Error';
}

function groupOf(
  { name, folder, interval, rules }: Alerting['groups'][number],
  statuses: readonly RuleStatus[]
): GroupAnswer {
  const own = rules.flatMap((rule) => statuses.filter((status) => status.rule === rule));
  const last = Math.max(0, ...own.map(({ evaluatedAt }) => evaluatedAt ?? 0));
  return {
    name,
    file: folder,
    interval: interval / 1000,
    lastEvaluation: last > 0 ? new Date(last).toISOString() : NEVER,
    evaluationTime: own.reduce((sum, { took }) => sum + took, 0) / 1000,
    rules: own.map(ruleOf),
  };
}

function ruleOf({ rule, instances, evaluatedAt, took }: RuleStatus): RuleAnswer {
  const errors = instances.flatMap(({ error }) => error ?? []);
  return {
    uid: rule.uid,
    name: rule.title,
    type: 'alerting',
    state: stateOf(instances),
    health: healthOf(instances, evaluatedAt),
    lastError: errors[0] ?? '',
    lastEvaluation: evaluatedAt === null ? NEVER : new Date(evaluatedAt).toISOString(),
    evaluationTime: took / 1000,
    duration: rule.for / 1000,
    keepFiringFor: rule.keepFiringFor / 1000,
    labels: { ...rule.labels },
    annotations: { ...rule.annotations },
    isPaused: rule.isPaused,
    alerts: instances.map((instance) => alertOf(rule.steps[0]!.refId, instance)),
  };
}

function stateOf(instances: readonly Instance[]): RuleAnswer['state'] {
  const has = (state: Instance['state']) => instances.some((instance) => instance.state === state);
  return has('Alerting') ? 'firing' : has('Recovering') ? 'recovering' : has('Pending') ? 'pending' : 'inactive';
}

function healthOf(instances: readonly Instance[], evaluatedAt: number | null): RuleAnswer['health'] {
  if (evaluatedAt === null) {
    return 'unknown';
  }
  return instances.some(({ error }) => error !== null)
    ? 'error'
    : instances.some(({ state }) => state === 'NoData')
      ? 'nodata'
      : 'ok';
}

function alertOf(query: string, instance: Instance): AlertAnswer {
  const { labels, annotations, startsAt, values } = instance;
  const value = values[query] ?? null;
  return {
    labels: { ...labels },
    annotations: said(annotations),
    state: stateText(instance),
    activeAt: new Date(startsAt).toISOString(),
    value: value === null ? '' : plainNumber(value),
  };
}

function activeAlert({ rule }: RuleStatus, instance: Instance, receivers: ActiveAlert['receivers']): ActiveAlert {
  const { key, labels, annotations, startsAt, firedAt, endsAt, evaluatedAt } = instance;
  return {
    fingerprint: fingerprintOf(rule.uid, key),
    labels: { ...labels },
    annotations: said(annotations),
    startsAt: new Date(isFiring(instance) ? (firedAt ?? startsAt) : startsAt).toISOString(),
    endsAt: new Date(endsAt).toISOString(),
    updatedAt: new Date(evaluatedAt).toISOString(),
    status: { state: 'active', silencedBy: [], inhibitedBy: [], mutedBy: [] },
    receivers,
    generatorURL: '/alerting',
  };
}
