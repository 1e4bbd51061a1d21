/** The one rule that a back-test is about. */
import { parse, stringify } from 'yaml';

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
  const { groups, problems } = loadRules([{ path: 'rule', text: asFile(text) }]);
  const [first] = problems;
  if (first) {
    throw new KpiError(first.code, problems.map(({ line, message }) => `line ${line}: ${message}`).join('; '), {
      problems,
    });
  }
  return groups;
}

/** One rule alone, as Grafana's editor exports it, becomes a file with it. */
function asFile(text: string): string {
  let value: unknown;
  try {
    value = parse(text);
  } catch {
    return text;
  }
  const isRule = typeof value === 'object' && value !== null && 'condition' in value && 'data' in value;
  return isRule
    ? stringify({ apiVersion: 1, groups: [{ name: 'back-test', folder: 'back-test', interval: '1m', rules: [value] }] })
    : text;
}
