/** `ready_when`: what a source says before its values may be taken for those of a whole period. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { periodNow, step } from '@kpi-monitor/model/time/period';

import type { Window } from './source';

/** The last period that is over: the one that a source has to be ready for. */
export interface DuePeriod extends Window {
  /** in words: `February 2026` */
  text: string;
}

export function duePeriod(kpi: Pick<Kpi, 'grain'>, now: number, calendar: Calendar): DuePeriod {
  const { start, end } = step(periodNow(now, kpi.grain, calendar), -1);
  return { from: start, to: end, text: formatPeriod(start, kpi.grain, calendar) };
}

/** Whether an answer to `ready_when` is a yes; databases have several for it. */
export function isYes(answer: unknown): boolean {
  const text = String(answer ?? '').toLowerCase();
  return !['', '0', 'f', 'false', 'n', 'no'].includes(text);
}

/** None of the read counts. @param why what is missing */
export function notReady(due: DuePeriod, why = '`ready_when` is not true yet'): KpiError {
  return new KpiError('SOURCE_NOT_READY', `${due.text} is not complete: ${why}`);
}
