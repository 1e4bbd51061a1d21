/** What a rule asks the engine, as of a moment of the past. */
import type { AlertRule } from '@kpi-monitor/model/alerting/rule';
import { type Outcome, readFrames } from '@kpi-monitor/model/alerting/values';
import type { QueryResponse } from '@kpi-monitor/model/query/frames';
import type { RequestQuery } from '@kpi-monitor/model/query/query';
import { type QueryRequestBody, readQuery } from '@kpi-monitor/model/query/query-schema';

export type Answer = (request: QueryRequestBody, signal?: AbortSignal) => Promise<QueryResponse>;

/** The queries behind a rule's condition. @throws KpiError QUERY_INVALID */
export function questionsOf(rule: AlertRule): RequestQuery[] {
  return rule.steps.filter(({ expression }) => !expression).map(({ query }) => readQuery({ ...query.model }));
}

/** The rule about these KPIs alone, of those that it asks about; about all of them when none are given. */
export function aboutKpis(rule: AlertRule, kpis: readonly string[] | undefined): AlertRule {
  if (!kpis?.length) {
    return rule;
  }
  return {
    ...rule,
    steps: rule.steps.map((step) => {
      if (step.expression) {
        return step;
      }
      const select = (step.query.model['select'] ?? {}) as { kpis?: string[] };
      const wanted = select.kpis?.length ? select.kpis.filter((kpi) => kpis.includes(kpi)) : [...kpis];
      return { ...step, query: { ...step.query, model: { ...step.query.model, select: { ...select, kpis: wanted } } } };
    }),
  };
}

/** @returns by refId, as the rule's evaluation takes it */
export async function answersAt(
  rule: AlertRule,
  at: number,
  answer: Answer,
  signal?: AbortSignal
): Promise<Map<string, Outcome>> {
  const steps = rule.steps.filter(({ expression }) => !expression);
  const { results } = await answer(
    {
      from: String(at - 1000),
      to: String(at),
      queries: steps.map(({ refId, query: { model, relativeTimeRange } }) => ({
        ...{ maxDataPoints: 43_200, intervalMs: 1000 },
        ...model,
        refId,
        // Settled values as they were then, before they were corrected.
        asKnownAt: String(at),
        from: String(at - relativeTimeRange.from * 1000),
        to: String(at - relativeTimeRange.to * 1000),
      })),
    },
    signal
  );
  return new Map(
    steps.map(({ refId }): [string, Outcome] => {
      const result = results[refId];
      return [
        refId,
        result?.error ? { kind: 'error', error: { message: result.error } } : readFrames(result?.frames ?? []),
      ];
    })
  );
}
