/** A rule for tests: `A` asks, `B` fires above 10, and what a case needs besides. */
import { loadRules } from './load-rules';
import type { AlertRule } from './rule';
import { type Outcome, type Value } from './values';

export const MINUTE = 60_000;

export interface RuleWanted {
  rule?: Record<string, unknown>;
  /** more queries and expressions */
  data?: unknown[];
  unload?: { type: string; params: number[] };
}

export function testRule({ rule = {}, data = [], unload }: RuleWanted = {}): AlertRule {
  const condition = { evaluator: { type: 'gt', params: [10] }, ...(unload && { unloadEvaluator: unload }) };
  const written = {
    uid: 'high',
    title: 'High',
    condition: 'B',
    data: [
      { refId: 'A', datasourceUid: 'kpi', relativeTimeRange: { from: 600 }, model: { type: 'status' } },
      { refId: 'B', datasourceUid: '__expr__', model: { type: 'threshold', expression: 'A', conditions: [condition] } },
      ...data,
    ],
    ...rule,
  };
  const file = { apiVersion: 1, groups: [{ name: 'g', folder: 'KPI', interval: '1m', rules: [written] }] };
  const { groups, problems } = loadRules([{ path: 'test.yaml', text: JSON.stringify(file) }]);
  if (problems.length > 0) {
    throw new Error(problems.map(({ message }) => message).join('\n'));
  }
  return groups[0]!.rules[0]!;
}

/** An answer of one number a KPI. */
export function numbers(values: Record<string, number | null>, more: Record<string, string> = {}): Outcome {
  return {
    kind: 'values',
    values: Object.entries(values).map(([kpi, value]): Value => ({ kind: 'number', labels: { kpi, ...more }, value })),
  };
}

export const failure: Outcome = { kind: 'error', error: { message: 'STORE_UNREACHABLE: gone' } };
