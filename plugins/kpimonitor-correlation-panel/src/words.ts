/** The panel's own words. Names and sentences come with the data. */
import { t } from '@grafana/i18n';
import { type Compared, COMPARED_TEXT, type PairRow } from '@kpi-monitor/model/query/correlation-frames';
import type { Grain } from '@kpi-monitor/model/time/grain';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

/** Units that Intl knows, and how many of them a period has; quarters it does not. */
const UNITS: Record<Grain, [unit: string, each: number]> = {
  minute: ['minute', 1],
  hour: ['hour', 1],
  day: ['day', 1],
  week: ['week', 1],
  month: ['month', 1],
  quarter: ['month', 3],
  fiscal_quarter: ['month', 3],
  year: ['year', 1],
  fiscal_year: ['year', 1],
};

/** `14 days`; a quarter is three months. */
export function spanWords(periods: number, grain: Grain | undefined): string {
  if (!grain) {
    return t('span.periods', '{{count}} periods', { count: periods });
  }
  const [unit, each] = UNITS[grain];
  return new Intl.NumberFormat(undefined, { style: 'unit', unit, unitDisplay: 'long' }).format(periods * each);
}

export function grainWord(grain: Grain): string {
  switch (grain) {
    case 'minute':
      return t('grain.minute', 'by minute');
    case 'hour':
      return t('grain.hour', 'hourly');
    case 'day':
      return t('grain.day', 'daily');
    case 'week':
      return t('grain.week', 'weekly');
    case 'month':
      return t('grain.month', 'monthly');
    case 'quarter':
    case 'fiscal_quarter':
      return t('grain.quarter', 'quarterly');
    case 'year':
    case 'fiscal_year':
      return t('grain.year', 'yearly');
  }
}

export function comparedWord(on: Compared): string {
  switch (on) {
    case 'levels':
      return t('compared.levels', COMPARED_TEXT.levels);
    case 'changes':
      return t('compared.changes', COMPARED_TEXT.changes);
    case 'adjusted':
      return t('compared.adjusted', COMPARED_TEXT.adjusted);
  }
}

/** What stands at a chart's axis after the KPI's name; nothing for values as they are. */
export function axisWord(on: Compared | undefined): string {
  switch (on) {
    case 'changes':
      return t('axis.changes', 'change');
    case 'adjusted':
      return t('axis.adjusted', 'without season and trend');
    default:
      return '';
  }
}

/** `0.71`, `−0.42`; a dash when it is not known. */
export function coefficientText(r: number | null, digits = 2): string {
  if (r === null) {
    return '–';
  }
  const text = Math.abs(r).toLocaleString(undefined, { minimumFractionDigits: digits, maximumFractionDigits: digits });
  return r < 0 && Number(r.toFixed(digits)) !== 0 ? `−${text}` : text;
}

/** Of |r|, by the cuts of Cohen (Statistical Power Analysis, 1988: 0.1, 0.3, 0.5) and one more at 0.8. */
export function strengthWord(r: number | null): string {
  const size = Math.abs(r ?? 0);
  if (size >= 0.8) {
    return t('strength.very-strong', 'Very strong');
  }
  if (size >= 0.5) {
    return t('strength.strong', 'Strong');
  }
  if (size >= 0.3) {
    return t('strength.moderate', 'Moderate');
  }
  return size >= 0.1 ? t('strength.weak', 'Weak') : t('strength.none', 'None');
}

/** How a pair moves: `together`, `opposite ways`. */
export function waysWord(r: number): string {
  return r < 0 ? t('ways.opposite', 'opposite ways') : t('ways.together', 'together');
}

export function chanceWord({
  q,
  significant,
  sharesInputs,
}: Pick<PairRow, 'q' | 'significant' | 'sharesInputs'>): string {
  if (q === null) {
    return t('chance.unknown', 'Cannot be said');
  }
  if (significant && sharesInputs) {
    return t('chance.arithmetic', 'Computed from the same values');
  }
  if (significant) {
    return q < 0.001
      ? t('chance.very-unlikely', 'Very unlikely to be chance')
      : t('chance.unlikely', 'Unlikely to be chance');
  }
  return q < 0.2 ? t('chance.may', 'May be chance') : t('chance.likely', 'No more than chance gives');
}

/** `p = 0.004`, `p < 0.0001` */
export function probabilityText(name: string, p: number | null): string {
  if (p === null) {
    return `${name} –`;
  }
  const format = (value: number) => value.toLocaleString(undefined, { maximumSignificantDigits: 2 });
  return p < 0.0001 ? `${name} < ${format(0.0001)}` : `${name} = ${format(p)}`;
}

/**
 * When the other KPI moves, seen from a chosen one: `Follows 14 days later`, `Moves 14 days before`, `At the same time`.
 * @param lag periods by which the other follows
 */
export function lagWords(lag: number, grain: Grain | undefined): string {
  const span = spanWords(Math.abs(lag), grain);
  if (lag === 0) {
    return t('lag.same', 'At the same time');
  }
  return lag > 0
    ? t('lag.later', 'Follows {{span}} later', { span, interpolation })
    : t('lag.earlier', 'Moves {{span}} before', { span, interpolation });
}

export function bothNames(a: string, b: string): string {
  return t('pair.names', '{{a}} and {{b}}', { a, b, interpolation });
}

/** What is said of a pair that could not be compared, or is not in the answer. */
export function unknownPair(a: string, b: string): string {
  return `${bothNames(a, b)}: ${t('pair.unknown', 'cannot be compared')}`;
}

/** A pair in a line, for those who hear it. */
export function spokenPair(pair: PairRow, grain: Grain | undefined): string {
  const names = bothNames(pair.aName || pair.a, pair.bName || pair.b);
  if (pair.r === null) {
    return unknownPair(pair.aName || pair.a, pair.bName || pair.b);
  }
  const lag =
    pair.significant && pair.lag
      ? t('pair.lag', 'lag {{span}}', { span: spanWords(Math.abs(pair.lag), grain), interpolation })
      : '';
  return [`${names}: r ${coefficientText(pair.r)}`, chanceWord(pair).toLowerCase(), lag].filter(Boolean).join(', ');
}
