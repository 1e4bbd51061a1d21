/**
 * One evaluation of a rule: from what its queries answered to one result a label set. Facts: Grafana 12.3. A query
 * without data anywhere in the rule makes the whole of it "no data", whether or not the condition reads that query; so
 * does one that failed unless the condition reads it, which makes the whole an error.
 */
import { contains, type Labels, labelsKey, labelsText } from './labels';
import { reduce } from './reduce';
import type { AlertRule } from './rule';
import { threshold } from './threshold';
import { type EvaluationError, NO_DATA, type Outcome, type Value } from './values';

/** A value that messages may speak of. */
export interface Capture {
  labels: Labels;
  value: number | null;
  /** of a query, not of an expression */
  query: boolean;
}

export interface Result {
  /** of the data alone: the rule's own are added by the state */
  labels: Labels;
  state: 'Normal' | 'Alerting' | 'NoData' | 'Error';
  /** by refId: those whose labels are the result's, or a part or an extension of them */
  values: Readonly<Record<string, Capture>>;
  error?: EvaluationError;
}

/**
 * @param answers what the queries gave, by refId
 * @param loaded label sets (by `labelsKey`) that fire already, for recovery thresholds
 * @returns at least one result
 */
export function evaluate(
  rule: Pick<AlertRule, 'steps' | 'condition'>,
  answers: ReadonlyMap<string, Outcome>,
  loaded: ReadonlySet<string> = new Set()
): Result[] {
  const outcomes = run(rule, answers, loaded);
  const condition = outcomes.get(rule.condition)!;
  if (condition.kind === 'error') {
    return [failed(condition.error)];
  }
  const silent = rule.steps.filter(({ refId, expression }) => !expression && isSilent(outcomes.get(refId)!));
  if (silent.length > 0) {
    return noDataOf(silent.map(({ refId, query }) => ({ refId, datasourceUid: query.datasourceUid })));
  }
  if (condition.kind === 'no data' || condition.values.length === 0) {
    return [noData({})];
  }
  const captures = captured(rule, outcomes);
  const results = condition.values.map((value) => resultOf(value, captures));
  return duplicates(results) ?? results;
}

function run(
  { steps }: Pick<AlertRule, 'steps'>,
  answers: ReadonlyMap<string, Outcome>,
  loaded: ReadonlySet<string>
): Map<string, Outcome> {
  const outcomes = new Map<string, Outcome>();
  for (const { refId, expression, query } of steps) {
    if (!expression) {
      const answer = answers.get(refId) ?? NO_DATA;
      const { datasourceUid } = query;
      outcomes.set(
        refId,
        answer.kind === 'error' ? { kind: 'error', error: { ...answer.error, refId, datasourceUid } } : answer
      );
      continue;
    }
    // What an expression reads has come before it; a failure is passed on as it was.
    const input = outcomes.get(expression.expression)!;
    outcomes.set(
      refId,
      input.kind !== 'values'
        ? input
        : {
            kind: 'values',
            values:
              expression.type === 'reduce'
                ? reduce(input.values, expression)
                : threshold(input.values, expression, loaded),
          }
    );
  }
  return outcomes;
}

/** An answer that failed has no frames either. */
function isSilent(outcome: Outcome): boolean {
  return outcome.kind !== 'values' || outcome.values.length === 0;
}

/** Of one refId, by `labelsKey`. */
type Captures = ReadonlyMap<string, Capture>;

function resultOf(value: Value, captures: ReadonlyMap<string, Captures>): Result {
  const { labels } = value;
  if (value.kind === 'series') {
    return failed({ message: 'the condition is a time series; reduce it to one value first' });
  }
  const key = labelsKey(labels);
  return {
    labels,
    state: value.value === null ? 'NoData' : value.value === 0 ? 'Normal' : 'Alerting',
    values: Object.fromEntries(
      [...captures].flatMap(([refId, candidates]) => {
        const match = candidates.get(key) ?? related(labels, candidates);
        return match ? [[refId, match]] : [];
      })
    ),
  };
}

function related(labels: Labels, candidates: Captures): Capture | undefined {
  for (const candidate of candidates.values()) {
    if (contains(labels, candidate.labels) || contains(candidate.labels, labels)) {
      return candidate;
    }
  }
  return undefined;
}

function captured({ steps }: Pick<AlertRule, 'steps'>, outcomes: ReadonlyMap<string, Outcome>): Map<string, Captures> {
  return new Map(
    steps.map(({ refId, expression }) => {
      const outcome = outcomes.get(refId)!;
      const captures = new Map<string, Capture>();
      for (const value of outcome.kind === 'values' ? outcome.values : []) {
        if (value.kind === 'number') {
          captures.set(labelsKey(value.labels), { labels: value.labels, value: value.value, query: !expression });
        }
      }
      return [refId, captures];
    })
  );
}

function noDataOf(silent: ReadonlyArray<{ refId: string; datasourceUid: string }>): Result[] {
  const uids = [...new Set(silent.map(({ datasourceUid }) => datasourceUid))];
  return uids.map((uid) => {
    const refIds = silent.filter(({ datasourceUid }) => datasourceUid === uid).map(({ refId }) => refId);
    return noData({ datasource_uid: uid, ref_id: refIds.sort().join(',') });
  });
}

function duplicates(results: readonly Result[]): Result[] | null {
  const seen = new Set<string>();
  for (const { labels } of results) {
    const key = labelsKey(labels);
    if (seen.has(key)) {
      const message = `two values have the same labels {${labelsText(labels)}}: a label must tell them apart`;
      return [{ ...failed({ message }), labels }];
    }
    seen.add(key);
  }
  return null;
}

function noData(labels: Labels): Result {
  return { labels, state: 'NoData', values: {} };
}

function failed(error: EvaluationError): Result {
  return { labels: {}, state: 'Error', values: {}, error };
}
