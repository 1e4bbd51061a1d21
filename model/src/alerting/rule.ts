/** An alert rule as it is evaluated: what its file says, with its expressions read. */
import type { Expression } from './expression';
import type { RuleFields, RuleQuery } from './rule-file';

export interface RuleStep {
  refId: string;
  /** null for a query */
  expression: Expression | null;
  query: RuleQuery;
}

export interface AlertRule extends RuleFields {
  group: string;
  folder: string;
  /** milliseconds between evaluations */
  interval: number;
  /** queries first, then expressions, each after what it reads */
  steps: readonly RuleStep[];
  /** where it stands: `provisioning/alerting/kpi.yaml:12` */
  place: string;
}

export interface RuleGroup {
  name: string;
  folder: string;
  interval: number;
  rules: readonly AlertRule[];
}
