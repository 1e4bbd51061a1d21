/** What a message says about a KPI: every text there, none empty, in its unit and the reader's locale. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { formatValue } from '@kpi-monitor/model/format/number';
import { formatPeriod, shortPeriod } from '@kpi-monitor/model/format/period';
import { HISTORY_PERIODS } from '@kpi-monitor/model/judgement/assess';
import type { KpiText } from '@kpi-monitor/model/query/alert-texts';
import type { StatusRow } from '@kpi-monitor/model/query/frames';
import { OUTLOOK_TEXT, type Status, STATUS_TEXT } from '@kpi-monitor/model/status';
import { periodAt, periodNow, periodsBetween, step } from '@kpi-monitor/model/time/period';

import { ownerOf } from '../frames/labels';
import type { Context } from '../queries/context';
import { periodCount } from '../queries/names';
import type { Standing } from '../queries/standings';

import { detailAddress } from './detail-address';
import { driverText } from './driver-text';
import { thresholdText } from './threshold-text';
import { usualOf } from './usual';

export function kpiTexts(standing: Standing, context: Context): Record<KpiText, string> {
  const { kpi, row } = standing;
  const { calendar, range } = context;
  const text = (value: number) =>
    formatValue(value, { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale });
  const percent = (value: number) => formatValue(value, { unit: 'percent', decimals: 1, locale: calendar.locale });
  const name = row.slice ? `${kpi.name}, ${row.slice}` : kpi.name;
  const outlookText = outlookOf(row, context);
  const missingText = row.missing ? `${percent(row.missing)} of ${row.periodText} is missing` : 'complete';
  const usual = usualOf(kpi, judgedValues(standing, context), calendar);
  const since = sinceText(row, context);
  return {
    name,
    categoryText: row.categoryName || 'without a category',
    sentence: sentenceOf(row, since),
    statusText: STATUS_TEXT[row.status],
    valueText: row.value === null ? 'no value' : row.valueText,
    periodText: row.periodText || 'no period yet',
    changeText: row.change === null ? 'nothing to compare it with' : `${row.changeText} ${row.comparisonText}`,
    targetText: row.targetText || 'no target',
    gapText: row.gapText || 'no gap: there is no target',
    thresholdText: thresholdText(row.boundaries ?? row.openBoundaries, row.level, text),
    bandText: usual.band,
    unusual: usual.unusual,
    unusualSentence:
      row.value === null
        ? `${name} has no value`
        : `${name} stands out: ${row.valueText} ${within(row)}, usually ${usual.band}`,
    since,
    driver: driverText(standing, context),
    outlookText,
    outlookSentence: `${name}: ${outlookText}`,
    freshnessText: freshnessText(row),
    missingText,
    missingSentence: `${name}: ${missingText}`,
    ownerText: ownerText(kpi),
    definition: row.definition || 'nobody has written one',
    link: detailAddress(kpi, range.asOf, calendar),
  };
}

/** What is said of a KPI that cannot be asked: that alone, but all of it. */
export function silentTexts(kpi: Kpi, reason: string, { calendar, range }: Context): Record<KpiText, string> {
  return {
    name: kpi.name,
    categoryText: kpi.category || 'without a category',
    sentence: `${kpi.name} is not known: ${reason}`,
    statusText: 'Not known',
    valueText: 'no value',
    periodText: 'no period',
    changeText: 'nothing to compare it with',
    targetText: 'no target',
    gapText: 'no gap',
    thresholdText: 'no thresholds',
    bandText: 'not known',
    unusual: 'not known',
    unusualSentence: `${kpi.name}: not known whether it stands out`,
    since: 'not known',
    driver: 'not known',
    outlookText: 'not known',
    outlookSentence: `${kpi.name}: not known where it lands`,
    freshnessText: 'not known',
    missingText: 'not known',
    missingSentence: `${kpi.name}: not known whether it is complete`,
    ownerText: ownerText(kpi),
    definition: kpi.definition?.text || 'nobody has written one',
    link: detailAddress(kpi, range.asOf, calendar),
  };
}

/** "finance, accountable: cfo" */
function ownerText(kpi: Kpi): string {
  const owner = ownerOf(kpi);
  const accountable = kpi.owners?.accountable;
  if (!owner) {
    return 'nobody is named';
  }
  return accountable && accountable !== owner ? `${owner}, accountable: ${accountable}` : owner;
}

/** Where the word for a status does not follow "is". */
const IS: Partial<Record<Status, string>> = {
  emergency: 'is an emergency',
  warning: 'is at warning',
  no_data: 'has no data',
};

/** "Revenue is critical: $2,240 in February 2026, 25 % below target, since January 2026, for 2 months" */
function sentenceOf(row: StatusRow, since: string): string {
  const name = row.slice ? `${row.name}, ${row.slice}` : row.name;
  const is = IS[row.status] ?? `is ${STATUS_TEXT[row.status].toLowerCase()}`;
  const value = row.value === null ? '' : `: ${row.valueText} ${within(row)}`;
  const gap = row.gapText ? `, ${row.gapText}` : '';
  const reason = row.reason ? ` (${row.reason})` : '';
  return `${name} ${is}${value}${gap}${row.since !== null && row.since !== row.period ? `, since ${since}` : ''}${reason}`;
}

/** "in January 2026", "on 3 Mar 2026", "in the week of 2 Mar 2026" */
function within({ grain, periodText }: StatusRow): string {
  switch (grain) {
    case 'minute':
    case 'hour':
      return `at ${periodText}`;
    case 'day':
      return `on ${periodText}`;
    case 'week':
      return `in the w${periodText.slice(1)}`;
    default:
      return `in ${periodText}`;
  }
}

/** "January 2026, for 2 months" */
function sinceText({ level, since, period, grain }: StatusRow, { calendar }: Context): string {
  if (since === null || period === null) {
    return level === 0 ? 'it is normal' : 'it is not judged';
  }
  const periods = periodsBetween(since, periodAt(period, grain, calendar).end, grain, calendar).length;
  return `${formatPeriod(since, grain, calendar)}, for ${periodCount(periods, grain)}`;
}

/** "March on pace: landing at $3,080, target $3,000" */
function outlookOf(row: StatusRow, { calendar }: Context): string {
  if (row.outlook === null || row.openPeriod === null) {
    return `nothing foreseen for ${row.openPeriodText || 'the open period'}`;
  }
  const period = shortPeriod(row.openPeriod, row.grain, calendar);
  const target = row.openTargetText ? `, target ${row.openTargetText}` : '';
  return `${period} ${OUTLOOK_TEXT[row.outlook]}: landing at ${row.landingText}${target}`;
}

function freshnessText({ freshness, ageText }: StatusRow): string {
  return freshness === 'fresh' ? `up to date: ${ageText}` : ageText;
}

/** Of the judged period and those before it, oldest first. */
function judgedValues({ kpi, slice, row }: Standing, { calendar, range }: Context): Array<number | null> {
  if (row.period === null) {
    return [];
  }
  const grain = kpi.judge.at;
  const first = step(periodNow(range.asOf, grain, calendar), -HISTORY_PERIODS).start;
  return slice.points(first, periodAt(row.period, grain, calendar).end).map(({ value }) => value);
}
