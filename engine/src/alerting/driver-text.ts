/** What drives a KPI's gap, in words. */
import { dimensionsOf } from '@kpi-monitor/model/aggregation/resolve';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { formatDifference } from '@kpi-monitor/model/format/number';
import { elapsedUntil } from '@kpi-monitor/model/judgement/assess';
import { basesOf, comparisonText } from '@kpi-monitor/model/judgement/compare';
import { samePosition } from '@kpi-monitor/model/judgement/pace';
import { periodAt, periodNow } from '@kpi-monitor/model/time/period';

import type { Context } from '../queries/context';
import type { Standing } from '../queries/standings';

import { type Driver, driverOf, type Span } from './driver';

/**
 * Of the judged period when it is off, else of the open one when that is off course: "West (region): -$680 of the -$760
 * against target, 89 %".
 */
export function driverText(standing: Standing, context: Context): string {
  const { kpi, slice, series, row } = standing;
  const { catalogue, calendar, range } = context;
  const grain = kpi.judge.at;
  const isOffCourse = row.outlook !== null && row.outlook !== 'on_pace';
  if (!row.level && !isOffCourse) {
    return 'nothing to explain: it is not off course';
  }
  if (dimensionsOf(kpi, catalogue).length === 0) {
    return 'not known: it has no dimensions to look into';
  }
  const open = periodNow(range.asOf, grain, calendar);
  const period = row.level ? periodAt(row.period!, grain, calendar) : open;
  const isOver = period.start !== open.start;
  const now: Span = {
    start: period.start,
    end: isOver ? period.end : elapsedUntil(period, slice, range.asOf, calendar),
  };
  for (const compare of ['lastYear', 'previous'] as const) {
    const [before] = basesOf(period, compare, calendar);
    const base: Span = { start: before!.start, end: samePosition(period, now.end, before!, calendar) };
    if (slice.over(base.start, base.end).completeness < kpi.judge.min_complete) {
      continue;
    }
    const target = isOver ? row.target : null;
    const found = driverOf({ kpi, catalogue, calendar, series, slice, asOf: range.asOf, now, base, target });
    if (found) {
      const against = found.against === 'target' ? 'against target' : comparisonText(compare, grain);
      const soFar = isOver ? '' : ', so far';
      return found.driver
        ? `${driverSentence(kpi, found.driver, against, calendar.locale)}${soFar}`
        : `no single one: all are off alike ${against}${soFar}`;
    }
  }
  return 'not known: there is nothing to compare its parts with';
}

function driverSentence(
  kpi: Kpi,
  { dimension, member, part, gap, share }: Driver,
  against: string,
  locale: string
): string {
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale, signed: true };
  const isScore = kpi.kind === 'score' && !kpi.unit.startsWith('currency');
  const difference = (value: number) => formatDifference(value, style, isScore);
  const percent = `${Math.round(100 * share)} %`;
  return `${member} (${dimension.replaceAll('_', ' ')}): ${difference(part)} of the ${difference(gap)} ${against}, ${percent}`;
}
