/** Asks the engine what a rule asks, as Grafana would: each query over its own time, ending at the evaluation. */
import type { Engine } from '@kpi-monitor/engine/engine';
import type { AlertRule, RuleStep } from '@kpi-monitor/model/alerting/rule';
import { type Outcome, readFrames } from '@kpi-monitor/model/alerting/values';
import { asKpiError } from '@kpi-monitor/model/errors';
import type { QueryResult } from '@kpi-monitor/model/query/frames';
import { queryRequest } from '@kpi-monitor/model/query/query-schema';

/** Grafana gives up on an evaluation after this long. */
const TIMEOUT = 30_000;

export type Ask = (rule: AlertRule, at: number) => Promise<Map<string, Outcome>>;

/** @param uid of the one data source that there is */
export function askEngine(engine: Pick<Engine, 'answer'>, uid: string): Ask {
  return async (rule, at) => {
    const outcomes = new Map<string, Outcome>();
    const signal = AbortSignal.timeout(TIMEOUT);
    for (const steps of byRange(rule)) {
      const known = steps.filter(({ query }) => query.datasourceUid === uid);
      steps
        .filter((step) => !known.includes(step))
        .forEach(({ refId, query }) => outcomes.set(refId, foreign(query.datasourceUid, uid)));
      if (known.length === 0) {
        continue;
      }
      const { from, to } = known[0]!.query.relativeTimeRange;
      try {
        const request = queryRequest.parse({
          from: String(at - from * 1000),
          to: String(at - to * 1000),
          queries: known.map(({ refId, query }) => ({
            maxDataPoints: 43_200,
            intervalMs: 1000,
            ...query.model,
            refId,
          })),
        });
        const { results } = await timed(engine.answer(request, { signal }), signal);
        known.forEach(({ refId }) => outcomes.set(refId, outcomeOf(results[refId])));
      } catch (thrown) {
        const { code, message } = asKpiError(thrown);
        known.forEach(({ refId }) => outcomes.set(refId, failed(`${code}: ${message}`)));
      }
    }
    return outcomes;
  };
}

function outcomeOf(result: QueryResult | undefined): Outcome {
  return result?.error ? failed(result.error) : readFrames(result?.frames ?? []);
}

function foreign(asked: string, known: string): Outcome {
  return failed(`the data source \`${asked}\` is not here; standalone knows \`${known}\` alone`);
}

function failed(message: string): Outcome {
  return { kind: 'error', error: { message } };
}

/** A signal that is not heeded in time is enforced. */
async function timed<T>(work: Promise<T>, signal: AbortSignal): Promise<T> {
  const late = new Promise<never>((_, reject) => {
    signal.addEventListener('abort', () => reject(new Error(`the engine did not answer within ${TIMEOUT / 1000} s`)), {
      once: true,
    });
  });
  return Promise.race([work, late]);
}

function byRange(rule: AlertRule): RuleStep[][] {
  const groups = new Map<string, RuleStep[]>();
  for (const step of rule.steps.filter(({ expression }) => !expression)) {
    const { from, to } = step.query.relativeTimeRange;
    const key = `${from} ${to}`;
    groups.set(key, [...(groups.get(key) ?? []), step]);
  }
  return [...groups.values()];
}
