/** The queries and expressions of a rule in the order in which they are executed. */
import type { ErrorCode } from '../errors';

import { expressionSchema } from './expression';
import type { RuleStep } from './rule';
import { isExpression, type RuleFields } from './rule-file';

type Report = (path: readonly PropertyKey[], message: string, code?: ErrorCode) => void;

/** Null when something is wrong, which has been reported then. */
export function readSteps({ data, condition }: RuleFields, report: Report): RuleStep[] | null {
  let sound = true;
  const wrong: Report = (...saying) => {
    sound = false;
    report(...saying);
  };
  const steps = new Map<string, RuleStep>();
  data.forEach((query, i) => {
    const { refId, model } = query;
    if (steps.has(refId)) {
      wrong(['data', i, 'refId'], `\`${refId}\` is used twice`);
    }
    if (!isExpression(query)) {
      steps.set(refId, { refId, expression: null, query });
      return;
    }
    const parsed = expressionSchema.safeParse(model);
    if (parsed.success) {
      steps.set(refId, { refId, expression: parsed.data, query });
      return;
    }
    for (const { path, message } of parsed.error.issues) {
      const type = path[0] === 'type' ? ` (\`${String(model.type)}\`)` : '';
      wrong(
        ['data', i, 'model', ...path],
        `${refId}: ${path[0] === 'type' ? '' : `\`${path.map(String).join('.')}\`: `}${message}${type}`,
        'ALERT_RULE_EXPRESSION'
      );
    }
  });
  data.forEach(({ refId }, i) => {
    const { expression } = steps.get(refId) ?? {};
    if (expression && !data.some((other) => other.refId === expression.expression)) {
      wrong(
        ['data', i, 'model', 'expression'],
        `${refId} reads \`${expression.expression}\`, which the rule does not have`
      );
    }
    if (expression?.type === 'threshold' && expression.conditions[0]!.unloadEvaluator && refId !== condition) {
      wrong(['data', i, 'model', 'conditions'], `${refId}: only the condition may have a recovery threshold`);
    }
  });
  if (!data.some(({ refId }) => refId === condition)) {
    wrong(['condition'], `\`${condition}\` is no refId of the rule (${data.map(({ refId }) => refId).join(', ')})`);
  }
  const ordered = sound ? inOrder([...steps.values()]) : null;
  if (sound && !ordered) {
    wrong(['data'], 'the expressions read each other in a circle');
  }
  return ordered;
}

function inOrder(steps: readonly RuleStep[]): RuleStep[] | null {
  const ordered = steps.filter(({ expression }) => !expression);
  let waiting = steps.filter(({ expression }) => expression);
  while (waiting.length > 0) {
    const ready = waiting.filter(({ expression }) => ordered.some(({ refId }) => refId === expression!.expression));
    if (ready.length === 0) {
      return null;
    }
    ordered.push(...ready);
    waiting = waiting.filter((step) => !ready.includes(step));
  }
  return ordered;
}
