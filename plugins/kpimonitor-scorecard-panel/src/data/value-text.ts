import { formatValue } from '@kpi-monitor/model/format/number';

import type { ScoreRow } from './row';

/** A formatted value taken apart, so that the figures can be large and the unit small. */
export interface ValueParts {
  /** `$`, or empty */
  before: string;
  /** sign and digits before the decimal separator, with grouping */
  whole: string;
  /** decimal separator and what follows it; empty without decimals */
  fraction: string;
  /** ` %`, `M`, ` days`, or empty */
  after: string;
}

const NUMBER = /^([^\d]*?)([-−+]?\d(?:[\d.,'’\s]*\d)?)(.*)$/s;

/** @param decimals as many as the text was written with: they tell `1,234` from `1.234` in any locale */
export function valueParts(text: string, decimals: number): ValueParts {
  const [, before = '', number = text, after = ''] = NUMBER.exec(text) ?? [];
  const separator = number.at(-decimals - 1);
  const hasFraction = decimals > 0 && (separator === '.' || separator === ',');
  const at = hasFraction ? number.length - decimals - 1 : shortFraction(number);
  return { before, whole: number.slice(0, at), fraction: number.slice(at), after };
}

/** Where one or two digits stand behind a last separator, which no grouping has. */
function shortFraction(number: string): number {
  const found = /[.,]\d{1,2}$/.exec(number);
  return found ? found.index : number.length;
}

/** The texts of a row with shortened numbers: `$1.2M` for `$1,204,110`. */
export function compacted(row: ScoreRow): ScoreRow {
  const { locale } = new Intl.NumberFormat().resolvedOptions();
  const short = (value: number | null, text: string) =>
    value === null || Math.abs(value) < 1000
      ? text
      : formatValue(value, { unit: row.unit, decimals: 1, locale, compact: true });
  return {
    ...row,
    valueText: short(row.value, row.valueText),
    targetText: short(row.target, row.targetText),
    soFarText: short(row.soFar, row.soFarText),
    landingText: short(row.landing, row.landingText),
    openTargetText: short(row.openTarget, row.openTargetText),
  };
}
