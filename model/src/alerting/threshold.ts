/**
 * The expression `threshold`: 1 where the condition holds, 0 where it does not, null where there is no value. With a
 * recovery threshold, what fires already stops only when the value passes that one; `loaded` names the label sets (by
 * `labelsKey`) that fire already. Facts: Grafana 12.3, "Threshold" and "Recovery threshold".
 */
import type { Comparison, ComparisonType, ThresholdExpression } from './expression';
import { labelsKey } from './labels';
import type { NumberValue, Value } from './values';

const HOLDS: Record<ComparisonType, (x: number, a: number, b: number) => boolean> = {
  gt: (x, a) => x > a,
  lt: (x, a) => x < a,
  eq: (x, a) => x === a,
  ne: (x, a) => x !== a,
  gte: (x, a) => x >= a,
  lte: (x, a) => x <= a,
  within_range: (x, a, b) => x > a && x < b,
  outside_range: (x, a, b) => x < a || x > b,
  within_range_included: (x, a, b) => x >= a && x <= b,
  outside_range_included: (x, a, b) => x <= a || x >= b,
};

export function holds({ type, params }: Comparison, x: number): boolean {
  return HOLDS[type](x, params[0]!, params[1]!);
}

/** @returns a number a label set; a series stays a series, which no condition can be made of */
export function threshold(
  values: readonly Value[],
  { conditions }: ThresholdExpression,
  loaded: ReadonlySet<string> = new Set()
): Value[] {
  const { evaluator, unloadEvaluator } = conditions[0]!;
  return values.map((value) => {
    const recovering = unloadEvaluator && loaded.has(labelsKey(value.labels)) ? unloadEvaluator : null;
    const judge = (x: number | null) =>
      x === null ? null : Number(recovering ? !holds(recovering, x) : holds(evaluator, x));
    return value.kind === 'number'
      ? ({ ...value, value: judge(value.value) } satisfies NumberValue)
      : { ...value, points: value.points.map(judge) };
  });
}
