/** `ready_when`: what a source says before its values may be taken for those of a whole period. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { periodNow, step } from '@kpi-monitor/model/time/period';

import { milliseconds } from '../duration';

import type { Window } from './source';

/** The last period that is over: the one that a source has to be ready for. */
export function dueWindow(kpi: Pick<Kpi, 'grain'>, now: number, calendar: Calendar): Window {
  const { start, end } = step(periodNow(now, kpi.grain, calendar), -1);
  return { from: start, to: end };
}

/** Whether an answer to `ready_when` is a yes; databases have several for it. */
export function isYes(answer: unknown): boolean {
  const text = String(answer ?? '').toLowerCase();
  return !['', '0', 'f', 'false', 'n', 'no'].includes(text);
}

/** None of the read counts, and it is repeated no earlier than `every`. */
export function notReady(every: string, shown: string): KpiError {
  const message = `${shown} is not ready: \`ready_when\` says that the values of the last period are not complete yet`;
  return new KpiError('SOURCE_NOT_READY', message, { retryAfter: milliseconds(every) });
}
