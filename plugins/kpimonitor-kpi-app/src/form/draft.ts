/**
 * What is being written, apart from what holds: fields that nobody touched follow what holds, so that a change which
 * somebody else makes meanwhile is neither lost nor undone.
 */
import type {
  Bound,
  JudgementChange,
  JudgementValues,
  ThresholdForm,
  Thresholds,
} from '@kpi-monitor/model/query/judgement-answer';

import { readNumber, typedFactor, typedText, valueOf } from './numbers';

export const BOUNDED = ['warning', 'critical', 'emergency'] as const;
export type BoundedLevel = (typeof BOUNDED)[number];

/** Texts as they stand in the form: one, or the low and the high end of a range; empty for none. */
export type BoundDraft = readonly [string] | readonly [string, string];

export interface Draft {
  as: ThresholdForm;
  warning: BoundDraft;
  critical: BoundDraft;
  emergency: BoundDraft;
  /** empty for none, and for one that differs from period to period */
  target: string;
}

/** The fields that were written in. */
export type Typed = Partial<Draft>;

/** What a form has to know of a KPI. */
export interface Judged {
  unit: string;
  direction: 'up' | 'down' | 'range';
}

export function draftOf({ thresholds, target }: JudgementValues, { unit, direction }: Judged): Draft {
  const as = thresholds?.as ?? 'absolute';
  const text = (value: number) => typedText(value, typedFactor(unit, as));
  const draft = (bound: Bound | undefined): BoundDraft => {
    if (direction === 'range') {
      return Array.isArray(bound) ? [text(bound[0]), text(bound[1])] : ['', ''];
    }
    return [typeof bound === 'number' ? text(bound) : ''];
  };
  return {
    as,
    warning: draft(thresholds?.warning),
    critical: draft(thresholds?.critical),
    emergency: draft(thresholds?.emergency),
    target: target === null ? '' : typedText(target, typedFactor(unit, 'absolute')),
  };
}

/**
 * What was written, upon values that came to hold meanwhile. Numbers of another form would mean something else, so then
 * all thresholds stay as the writer saw them.
 */
export function rebased(typed: Typed, before: JudgementValues, after: JudgementValues, judged: Judged): Typed {
  const touched = typed.as !== undefined || BOUNDED.some((level) => typed[level] !== undefined);
  const seen = { ...draftOf(before, judged), ...typed };
  if (!touched || seen.as === draftOf(after, judged).as) {
    return typed;
  }
  const { as, warning, critical, emergency } = seen;
  return { ...typed, as, warning, critical, emergency };
}

/** Values of a draft without mistakes; what says the same as before is left out. */
export function changeOf(draft: Draft, before: JudgementValues, judged: Judged): JudgementChange {
  const change: JudgementChange = {};
  const old = draftOf(before, judged);
  if (draft.as !== old.as || BOUNDED.some((level) => !isSame(draft[level], old[level]))) {
    change.thresholds = thresholdsOf(draft, judged.unit);
  }
  if (!isSame([draft.target], [old.target])) {
    const target = readNumber(draft.target);
    change.target = target === null ? null : valueOf(target, typedFactor(judged.unit, 'absolute'));
  }
  return change;
}

export function isEmptyChange(change: JudgementChange): boolean {
  return change.thresholds === undefined && change.target === undefined;
}

/** Null when no level has a threshold. */
function thresholdsOf(draft: Draft, unit: string): Thresholds | null {
  const thresholds: Thresholds = { as: draft.as };
  const factor = typedFactor(unit, draft.as);
  for (const level of BOUNDED) {
    const numbers = draft[level].map(readNumber);
    if (numbers.every((number) => number !== null)) {
      const values = numbers.map((number) => valueOf(number, factor));
      thresholds[level] = values.length === 2 ? [values[0]!, values[1]!] : values[0]!;
    }
  }
  return BOUNDED.some((level) => thresholds[level] !== undefined) ? thresholds : null;
}

/** `900000` and `900,000` are the same. */
function isSame(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((text, index) => Object.is(readNumber(text), readNumber(b[index]!)));
}
