/** What a period is judged by, as an editor shows it. */
import type { Kpi } from '../catalogue/catalogue';
import { formatValue } from '../format/number';
import { shortPeriod } from '../format/period';
import type { JudgementValues, Thresholds } from '../query/judgement-answer';
import type { Calendar } from '../time/calendar';
import { convertTime, type Period, periodAt, step } from '../time/period';

import { THRESHOLD_LEVELS } from './levels';
import { firstDay, type Scope, targetFor, targetReference } from './references';
import { thresholdsInForce } from './thresholds';

export const WHOLE: Scope = { labels: {} };

/** The first judged period that begins on a civil date or later: the first that what holds from then on judges. */
export function periodFrom({ judge }: Kpi, date: number, calendar: Calendar): Period {
  const found = periodAt(convertTime(date, 'day', judge.at, calendar), judge.at, calendar);
  return firstDay(found, calendar) < date ? step(found, 1) : found;
}

/** @param period of the judged grain */
export function valuesFor(kpi: Kpi, period: Period, calendar: Calendar, asOf: number): JudgementValues {
  const thresholds = thresholdsInForce(kpi, firstDay(period, calendar), WHOLE, calendar, asOf);
  const reference = targetReference(kpi, period, WHOLE, calendar, asOf);
  const target = targetFor(kpi, period, WHOLE, calendar, asOf);
  const phased = reference?.phasing !== undefined;
  const text = (value: number) =>
    formatValue(value, { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale });
  const share = target === null ? '' : `: ${text(target)} in ${shortPeriod(period.start, period.grain, calendar)}`;
  return {
    thresholds: thresholds && plain(thresholds),
    target: phased ? null : target,
    targetText: phased ? `${text(reference!.total!)} a year, phased${share}` : target === null ? '' : text(target),
    phased,
  };
}

/** Without what only the catalogue's files say: slices and dates. */
function plain({ as, ...bounds }: Thresholds): Thresholds {
  return {
    as,
    ...Object.fromEntries(
      THRESHOLD_LEVELS.flatMap((level) => (bounds[level] === undefined ? [] : [[level, bounds[level]]]))
    ),
  };
}

/** Whether an edit decides what a period is judged by, in whole or in part. */
export function isOverridden({ overrides }: Kpi, period: Period, calendar: Calendar, asOf: number): boolean {
  const date = firstDay(period, calendar);
  return overrides?.thresholds(date, asOf) !== undefined || overrides?.target(date, asOf) !== undefined;
}
