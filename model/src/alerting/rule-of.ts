/** The one rule that a back-test is about. */
import { parse } from 'yaml';

import { KpiError } from '../errors';

import { loadRules } from './load-rules';
import type { AlertRule, RuleGroup } from './rule';

/**
 * @param text a rule file, or one rule
 * @param uid which of several
 * @throws KpiError ALERT_RULE_FORM, ALERT_RULE_EXPRESSION, REQUEST_INVALID
 */
export function ruleOf(
  text: string | undefined,
  uid: string | undefined,
  provisioned: readonly RuleGroup[]
): AlertRule {
  const groups = text === undefined ? provisioned : read(text);
  const rules = groups.flatMap((group) => group.rules);
  const found = uid === undefined ? rules : rules.filter((rule) => rule.uid === uid);
  if (found.length === 1) {
    return found[0]!;
  }
  const there = rules.map((rule) => rule.uid).join(', ') || 'none';
  const message =
    uid === undefined
      ? `${rules.length} rules are there; say which by its uid (${there})`
      : `no rule \`${uid}\` is there (${there})`;
  throw new KpiError('REQUEST_INVALID', message, { uid });
}

function read(text: string): readonly RuleGroup[] {
  const file = asFile(text);
  const loaded = loadRules([{ path: 'rule', text: file.text }]);
  // Told by the lines that its writer sees.
  const problems = loaded.problems.map((problem) => ({ ...problem, line: Math.max(1, problem.line - file.added) }));
  const [first] = problems;
  if (first) {
    throw new KpiError(first.code, problems.map(({ line, message }) => `line ${line}: ${message}`).join('; '), {
      problems,
    });
  }
  return loaded.groups;
}

const AROUND = [
  'apiVersion: 1',
  'groups:',
  '  - name: back-test',
  '    folder: back-test',
  '    interval: 1m',
  '    rules:',
  '      -',
];

/** One rule alone, as Grafana's editor exports it, becomes a file with it, below so many lines. */
function asFile(text: string): { text: string; added: number } {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    return { text, added: 0 };
  }
  const isRule = typeof value === 'object' && value !== null && 'condition' in value && 'data' in value;
  if (!isRule) {
    return { text, added: 0 };
  }
  const lines = text
    .replace(/^(\s*)---/, '$1')
    .split('\n')
    .map((line) => `        ${line}`);
  return { text: [...AROUND, ...lines].join('\n'), added: AROUND.length };
}
