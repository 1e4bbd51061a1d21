/** The panel's own words. Names, findings and reasons come with the data. */
import { dateTimeFormat } from '@grafana/data';
import { t } from '@grafana/i18n';
import type { BackTest, ForecastFacts } from '@kpi-monitor/model/query/forecast-frames';
import type { Grain } from '@kpi-monitor/model/time/grain';
import { STATUS_TEXT } from '@kpi-monitor/model/status';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

import type { TickUnit } from './chart/time-ticks';
import { type Forecast, furthestOf, type Landing, landingOf } from './data/forecast';

export type Write = (value: number) => string;

const UTC = { timeZone: 'utc' };
const MONTHS: Partial<Record<Grain, number>> = { fiscal_quarter: 3, fiscal_year: 12 };

/**
 * `November 2026`, `Q4 2026`, `3 Nov 2026`. Where a fiscal year begins is not known here, so its parts are named by their
 * months.
 * @param timeZone of hours and minutes; longer periods are civil dates
 */
export function periodText(time: number, grain: Grain, timeZone: string): string {
  switch (grain) {
    case 'minute':
    case 'hour':
      return dateTimeFormat(time, { format: 'D MMM YYYY, HH:mm', timeZone });
    case 'day':
      return dateTimeFormat(time, { format: 'D MMM YYYY', ...UTC });
    case 'week':
      return t('period.week', 'Week of {{date}}', {
        date: dateTimeFormat(time, { format: 'D MMM YYYY', ...UTC }),
        interpolation,
      });
    case 'month':
      return dateTimeFormat(time, { format: 'MMMM YYYY', ...UTC });
    case 'quarter':
      return dateTimeFormat(time, { format: '[Q]Q YYYY', ...UTC });
    case 'year':
      return dateTimeFormat(time, { format: 'YYYY', ...UTC });
    case 'fiscal_quarter':
    case 'fiscal_year': {
      const start = new Date(time);
      const last = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + MONTHS[grain]! - 1);
      return [time, last].map((one) => dateTimeFormat(one, { format: 'MMM YYYY', ...UTC })).join(' – ');
    }
  }
}

/** At the axis of time. */
export function tickText(time: number, unit: TickUnit, grain: Grain): string {
  if (unit === 'day') {
    return dateTimeFormat(time, { format: 'D MMM', ...UTC });
  }
  const format = unit === 'year' ? 'YYYY' : grain === 'quarter' ? '[Q]Q YYYY' : 'MMM YYYY';
  return dateTimeFormat(time, { format, ...UTC });
}

export type EdgeWords = Record<'warning' | 'critical' | 'emergency' | 'target' | 'now', string>;

/** What stands at a chart's edges. To be asked once for all charts: looking a word up takes longer than drawing it. */
export function edgeWords(): EdgeWords {
  return {
    warning: t('level.warning', STATUS_TEXT.warning),
    critical: t('level.critical', STATUS_TEXT.critical),
    emergency: t('level.emergency', STATUS_TEXT.emergency),
    target: t('chart.target', 'Target'),
    now: t('chart.now', 'now'),
  };
}

/** `$812,000 to $905,000`; empty when it is not known. */
export function rangeText(low: number | null, high: number | null, write: Write): string {
  return low === null || high === null
    ? ''
    : t('range', '{{low}} to {{high}}', { low: write(low), high: write(high), interpolation });
}

/** `November 2026: $970,000 expected, 90 % likely $905,000 to $1,040,000, target $1,020,000` */
export function landingText(landing: Landing, period: string, write: Write): string {
  const range = rangeText(landing.lower90, landing.upper90, write);
  return [
    t('landing.expected', '{{period}}: {{value}} expected', { period, value: write(landing.expected), interpolation }),
    range && t('landing.range', '90 % likely {{range}}', { range, interpolation }),
    landing.target !== null && targetText(landing.target, write),
    landing.soFar !== null && t('landing.so-far', '{{value}} so far', { value: write(landing.soFar), interpolation }),
  ]
    .filter(Boolean)
    .join(', ');
}

export function targetText(target: number, write: Write): string {
  return t('landing.target', 'target {{value}}', { value: write(target), interpolation });
}

/**
 * The finding, or why there is none. The open period may have one where later ones are not forecast: it lands by what
 * came in of it already.
 */
export function findingText(facts: ForecastFacts): string {
  return facts.sentence || waitingText(facts);
}

/** Why periods are not forecast; empty when they are. */
export function waitingText({ state, text }: ForecastFacts): string {
  switch (state) {
    case 'ready':
      return '';
    case 'pending':
      return capitalised(text) || t('waiting.pending', 'The forecast is being made');
    case 'refused':
      return capitalised(text) || t('waiting.refused', 'There is not enough history for a forecast yet');
  }
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** A chart in words, for those who hear it: where it lands, where it ends, and what stood out. */
export function spokenChart(forecast: Forecast, write: Write, timeZone: string): string {
  const { grain, marks, sentence } = forecast.facts;
  const period = (time: number) => periodText(time, grain, timeZone);
  const ends = [landingOf(forecast), furthestOf(forecast)].filter((landing) => landing !== null);
  const told = ends.map((landing) => landingText(landing, period(landing.time), write));
  const last = forecast.value.findLastIndex(
    (value, row) => value !== null && forecast.times[row]! < forecast.facts.now
  );
  return [
    last >= 0 && `${period(forecast.times[last]!)}: ${write(forecast.value[last]!)}`,
    ...told,
    sentence && waitingText(forecast.facts),
    ...marks.map(({ time, text }) => `${period(time)}: ${text}`),
  ]
    .filter(Boolean)
    .map((sentence) => `${sentence}.`)
    .join(' ');
}

/** `0.62 times that of the naive forecast` */
export function errorText({ relativeToNaive }: BackTest): string {
  const ratio = decimal(relativeToNaive, 2);
  return relativeToNaive < 0.995
    ? t('made.ratio', '{{ratio}} times that of the naive forecast', { ratio })
    : t('made.no-better', '{{ratio}} times that of the naive forecast: no better', { ratio });
}

export function mapeText({ mape }: BackTest): string {
  return mape === null ? '' : t('made.mape', 'MAPE {{percent}} %', { percent: decimal(mape, 1) });
}

/** `ETS 42 %, ARIMA 31 %` */
export function modelsText({ models }: ForecastFacts): string {
  return models.map(({ name, weight }) => `${name} ${decimal(100 * weight, 0)}\u00a0%`).join(', ');
}

export function decimal(value: number, digits: number): string {
  return value.toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
}
