/** Risk in words. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { formatDifference, formatValue } from '@kpi-monitor/model/format/number';
import { shortPeriod } from '@kpi-monitor/model/format/period';
import { STATUS_TEXT } from '@kpi-monitor/model/status';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import type { Period } from '@kpi-monitor/model/time/period';

import type { Risk } from './risk';

export interface RiskText {
  /** "82 % likely to miss November's target by about $41,000" */
  sentence: string;
  sense: 'good' | 'bad' | 'neutral';
  /** "$41,000 short"; empty when it is expected on the good side */
  shortfall: string;
}

/** From here on it is said as it is more likely. */
const LIKELY = 0.6;

export function riskText(kpi: Kpi, risk: Risk, period: Period, calendar: Calendar): RiskText {
  const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
  const isScore = kpi.kind === 'score' && !kpi.unit.startsWith('currency');
  const round = (value: number) => twoDigits(value, kpi.decimals + (kpi.unit === 'percentunit' ? 2 : 0));
  const amount = (difference: number) => formatDifference(round(Math.abs(difference)), style, isScore);
  const when = spoken(period, calendar);
  const itsTarget = targetOf(period, when);
  const { target, missProbability: miss, expected, atLeast } = risk;
  if (kpi.direction !== 'range' && target !== null && miss !== null) {
    const gap = kpi.direction === 'up' ? target - expected : expected - target;
    const isShown = round(Math.abs(gap)) > 0;
    const shortfall = gap > 0 && isShown ? `${amount(gap)} ${kpi.direction === 'up' ? 'short' : 'over'}` : '';
    if (miss >= LIKELY) {
      const by = shortfall ? `, by about ${amount(gap)}` : '';
      return { sentence: `${likely(miss)} to miss ${itsTarget}${by}`, sense: 'bad', shortfall };
    }
    if (miss <= 1 - LIKELY) {
      const spare = gap < 0 && isShown ? `, with about ${amount(gap)} to spare` : '';
      const meet = kpi.direction === 'up' ? 'reach' : 'stay within';
      return { sentence: `${likely(1 - miss)} to ${meet} ${itsTarget}${spare}`, sense: 'good', shortfall };
    }
    return {
      sentence: `Too close to call: ${likely(miss).toLowerCase()} to miss ${itsTarget}`,
      sense: 'neutral',
      shortfall,
    };
  }
  if (atLeast) {
    if (atLeast[2] >= 0.5) {
      return { sentence: `${likely(atLeast[2])} to end ${when} ${level(2)} or worse`, sense: 'bad', shortfall: '' };
    }
    if (atLeast[1] >= 0.5) {
      return { sentence: `${likely(atLeast[1])} to end ${when} in ${level(1)} or worse`, sense: 'bad', shortfall: '' };
    }
    return { sentence: `${likely(1 - atLeast[1])} to end ${when} ${level(0)}`, sense: 'good', shortfall: '' };
  }
  const [low, high] = [risk.lower90, risk.upper90].map((value) => formatValue(value, style));
  const between = low === high ? '' : `, 90 % likely between ${low} and ${high}`;
  return {
    sentence: `About ${formatValue(expected, style)} expected for ${when}${between}`,
    sense: 'neutral',
    shortfall: '',
  };
}

/** "November", "the week of 3 Nov" */
function spoken({ start, grain }: Period, calendar: Calendar): string {
  const text = shortPeriod(start, grain, calendar);
  return grain === 'week' ? `the w${text.slice(1)}` : text;
}

function targetOf({ grain }: Period, when: string): string {
  return grain === 'month' || grain.endsWith('quarter') ? `${when}'s target` : `the target of ${when}`;
}

const level = (at: 0 | 1 | 2) => STATUS_TEXT[(['normal', 'warning', 'critical'] as const)[at]].toLowerCase();

/** Nobody knows the future for certain. */
function likely(probability: number): string {
  return probability > 0.99 ? 'More than 99 % likely' : `${Math.round(100 * probability)} % likely`;
}

/** A forecast is not known to the dollar: two digits, and none beyond those that the KPI shows. */
function twoDigits(value: number, decimals: number): number {
  if (value === 0) {
    return 0;
  }
  const unit = Math.max(10 ** (Math.floor(Math.log10(value)) - 1), 10 ** -decimals);
  return Math.round(value / unit) * unit;
}
