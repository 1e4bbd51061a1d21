/** What stands out, in words. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { formatDifference, formatValue, isPercent } from '@kpi-monitor/model/format/number';
import { formatPeriod } from '@kpi-monitor/model/format/period';
import type { AnomalyRow } from '@kpi-monitor/model/query/analysis-frames';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import type { Grain } from '@kpi-monitor/model/time/grain';

export interface Told {
  kpi: Kpi;
  grain: Grain;
  calendar: Calendar;
  /** lengths of the seasons that are known, in periods */
  seasons: readonly number[];
}

/** "31 % below the usual for a Tuesday in March" */
export function pointText(time: number, value: number, expected: number, told: Told): string {
  const side = value > expected ? 'above' : 'below';
  return `${distanceText(value, expected, told)} ${side} ${usualFor(time, told)}`;
}

/** "12 % lower from here on" */
export function levelText(before: number, after: number, told: Told): string {
  return `${distanceText(after, before, told)} ${after > before ? 'higher' : 'lower'} from here on`;
}

/** "level fell by 12 %" */
export function levelMark(before: number, after: number, told: Told): string {
  return `level ${after > before ? 'rose' : 'fell'} by ${distanceText(after, before, told)}`;
}

/** "far below the usual 890–1,120" */
export function pointMark(value: number, band: Band, told: Told): string {
  return `far ${value > band.expected ? 'above' : 'below'} the ${bandText(band, told)}`;
}

export interface Band {
  expected: number;
  lower: number;
  upper: number;
}

/** "usual 890–1,120" */
export function bandText({ lower, upper }: Band, { kpi, calendar }: Told): string {
  const [low, high] = [lower, upper].map((value) =>
    formatValue(value, { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale })
  );
  return low === high ? `usual ${low}` : `usual ${low}${lower < 0 ? ' to ' : '–'}${high}`;
}

/** Whether it is to the good; a KPI that is good within a range says nothing by a direction. */
export function senseOf({ direction }: Kpi, side: AnomalyRow['direction']): AnomalyRow['sense'] {
  if (direction === 'range') {
    return 'neutral';
  }
  return (direction === 'up') === (side === 'above') ? 'good' : 'bad';
}

/** Per cent of what was expected; of percentages and scores points, and amounts where per cent has no meaning. */
function distanceText(value: number, expected: number, { kpi, calendar }: Told): string {
  const isScore = kpi.kind === 'score' && !kpi.unit.startsWith('currency');
  const distance = Math.abs(value - expected);
  const share = (100 * distance) / expected;
  if (isPercent(kpi.unit) || isScore || !(expected > 0) || share < 0.5 || share >= 1000) {
    const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
    return formatDifference(distance, style, isScore);
  }
  return `${Math.round(share)} %`;
}

const date = (time: number, options: Intl.DateTimeFormatOptions, { calendar }: Told, timeZone = 'UTC') =>
  new Intl.DateTimeFormat(calendar.locale === 'en-US' ? 'en-GB' : calendar.locale, { ...options, timeZone }).format(
    time
  );

/** "the usual for a Tuesday in March": only what was found to return is named. */
function usualFor(time: number, told: Told): string {
  const { grain, seasons, calendar } = told;
  const month = () => date(time, { month: 'long' }, told);
  switch (grain) {
    case 'minute':
    case 'hour': {
      const weekday = seasons.includes(168) ? ` for a ${date(time, { weekday: 'long' }, told, calendar.zone)}` : '';
      const clock = date(time, { hour: '2-digit', minute: '2-digit' }, told, calendar.zone);
      return seasons.length > 0 ? `the usual${weekday} at ${clock}` : 'the usual';
    }
    case 'day': {
      const holiday = calendar.holiday(time);
      if (holiday !== null) {
        return `the usual for ${holiday}`;
      }
      return seasons.includes(7)
        ? `the usual for a ${date(time, { weekday: 'long' }, told)} in ${month()}`
        : `the usual in ${month()}`;
    }
    case 'week':
      return seasons.length > 0 ? `the usual for a week in ${month()}` : 'the usual';
    case 'month':
      return seasons.length > 0 ? `the usual for ${month()}` : 'the usual';
    case 'quarter':
    case 'fiscal_quarter':
      return seasons.length > 0 ? `the usual for ${formatPeriod(time, grain, calendar).split(' ')[0]}` : 'the usual';
    default:
      return 'the usual';
  }
}
