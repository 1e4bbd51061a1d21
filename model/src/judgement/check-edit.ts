/** What is wrong with thresholds and a target that somebody wants to hold. */
import type { Kpi } from '../catalogue/catalogue';
import { checkThresholds } from '../catalogue/check-thresholds';
import { EDIT_FIELDS, type EditField, type EditProblem, type JudgementChange } from '../query/judgement-answer';
import type { Calendar } from '../time/calendar';
import { isoDate } from '../time/civil';

import { withValues } from './edits';
import { periodFrom, WHOLE } from './judgement-values';
import { firstDay, targetFor } from './references';
import { thresholdsInForce } from './thresholds';

/**
 * @param kpi with the edits that hold
 * @param from civil date from which the change is to hold
 * @param now what plays "now", an instant
 */
export function checkEdit(
  kpi: Kpi,
  change: JudgementChange,
  from: number,
  calendar: Calendar,
  now: number
): EditProblem[] {
  const problems: EditProblem[] = [];
  if (change.thresholds === undefined && change.target === undefined) {
    return [problem('REQUEST_INVALID', 'nothing is changed; give thresholds, a target or both', 'thresholds')];
  }
  if (change.thresholds) {
    const { as, ...bounds } = change.thresholds;
    for (const { code, path, message } of checkThresholds({ as, ...bounds }, kpi.direction, [])) {
      problems.push(problem(code, message, fieldOf(path)));
    }
  }
  return problems.length > 0 ? problems : checkTarget(withValues(kpi, change), change, from, calendar, now);
}

/** Whether thresholds that are relative have a target to be relative to. */
function checkTarget(
  changed: Kpi,
  change: JudgementChange,
  from: number,
  calendar: Calendar,
  now: number
): EditProblem[] {
  const asked = periodFrom(changed, from, calendar);
  const thresholds = thresholdsInForce(changed, firstDay(asked, calendar), WHOLE, calendar, now);
  if (!thresholds || thresholds.as === 'absolute') {
    return [];
  }
  const field: EditField = change.target === undefined ? 'thresholds' : 'target';
  const target = targetFor(changed, asked, WHOLE, calendar, now);
  if (target === null) {
    const message = `thresholds as ${thresholds.as} need a target, and none is in force on ${isoDate(from)}; give one, or make them absolute`;
    return [problem('KPI_TARGET_MISSING', message, field)];
  }
  if (thresholds.as === 'percent_of_target' && target <= 0) {
    const message = `per cent of ${target} has no meaning; give a target above zero, or make the thresholds absolute`;
    return [problem('KPI_THRESHOLD_FORM', message, field)];
  }
  return [];
}

function fieldOf(path: readonly PropertyKey[]): EditField {
  return EDIT_FIELDS.find((field) => field === path.at(-1)) ?? 'thresholds';
}

function problem(code: EditProblem['code'], message: string, field: EditField): EditProblem {
  return { code, message, field };
}

export const EARLIEST_EDIT_YEARS = 20;
export const LATEST_EDIT_YEARS = 10;

/** Whether a change may hold from a day: near enough to now that it is no typing mistake. */
export function checkFrom(from: number | null, given: string, today: number): EditProblem[] {
  const year = 365.25 * 86_400_000;
  if (from !== null && from >= today - EARLIEST_EDIT_YEARS * year && from <= today + LATEST_EDIT_YEARS * year) {
    return [];
  }
  const message = `\`${given}\` is no day within ${EARLIEST_EDIT_YEARS} years back and ${LATEST_EDIT_YEARS} ahead; write it as YYYY-MM-DD`;
  return [problem('REQUEST_INVALID', message, 'from')];
}
