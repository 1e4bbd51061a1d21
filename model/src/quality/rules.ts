/** The rules that values are held to, what each weighs in a score, and which refusals are about which. Words only. */
import type { ErrorCode } from '../errors';

export const QUALITY_RULES = [
  'completeness',
  'freshness',
  'type',
  'range',
  'uniqueness',
  'jump',
  'reconciliation',
] as const;
export type QualityRule = (typeof QUALITY_RULES)[number];

export const QUALITY_RULE_TEXT: Record<QualityRule, string> = {
  completeness: 'Completeness',
  freshness: 'Freshness',
  type: 'Form',
  range: 'Range',
  uniqueness: 'Uniqueness',
  jump: 'Jump',
  reconciliation: 'Reconciliation',
};

/** What a rule asks for. */
export const QUALITY_RULE_MEANING: Record<QualityRule, string> = {
  completeness: 'every value that is expected is there',
  freshness: 'values come when they are expected',
  type: 'records have a period, a number and the declared dimensions',
  range: 'values lie within what is possible and plausible',
  uniqueness: 'a key comes once in a read',
  jump: 'a value does not leave what it usually changes by',
  reconciliation: 'a value agrees with what it is made of',
};

/** Parts of a score: they need not add up to anything, since rules that could not be tried are left out of both sums. */
export const QUALITY_WEIGHTS: Readonly<Record<QualityRule, number>> = {
  completeness: 30,
  freshness: 20,
  type: 10,
  range: 10,
  uniqueness: 5,
  jump: 10,
  reconciliation: 25,
};

/** The rules that a refused record breaks, by the code of its refusal. */
export const RULE_OF_REFUSAL: Partial<Record<ErrorCode, QualityRule>> = {
  RECORD_FORM: 'type',
  RECORD_PERIOD: 'type',
  RECORD_VALUE: 'type',
  RECORD_WEIGHT: 'type',
  RECORD_DIMENSION: 'type',
  RECORD_FUTURE: 'type',
  RECORD_REFUSED: 'type',
  RECORD_RANGE: 'range',
  RECORD_DUPLICATE: 'uniqueness',
};

/**
 * What the book `quality` counts, by the tag `what`, one number a KPI version and civil day (the day of the period that it
 * is about): the codes above, as records that the newest read of that day refused; and these.
 */
export const LATE = 'late';
export const SCORE = 'score';
