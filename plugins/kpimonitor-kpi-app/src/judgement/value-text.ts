/** Thresholds and targets as a reader reads them. */
import { t } from '@grafana/i18n';
import { formatDifference, formatValue, NO_VALUE } from '@kpi-monitor/model/format/number';
import type { Bound, JudgementValues, ThresholdForm } from '@kpi-monitor/model/query/judgement-answer';
import { interpolation } from '@kpi-monitor/plugin-shared/interpolation';

export interface Unit {
  unit: string;
  decimals: number;
}

/** `$900,000`, `90 % of target`, `5 pp below target`, `20 to 24 °C`: what a level is reached at, or left at for a range. */
export function boundText(bound: Bound, as: ThresholdForm, unit: Unit): string {
  if (Array.isArray(bound)) {
    const [low, high] = bound.map((end) => boundText(end, as, unit));
    return t('bound.range', '{{low}} to {{high}}', { low, high, interpolation });
  }
  switch (as) {
    case 'absolute':
      return formatValue(bound, precise(bound, unit));
    case 'percent_of_target':
      return t('bound.percent', '{{value}} % of target', { value: plain(bound), interpolation });
    case 'difference': {
      const value = formatDifference(Math.abs(bound), precise(bound, unit));
      return bound < 0
        ? t('bound.below', '{{value}} below target', { value, interpolation })
        : t('bound.above', '{{value}} above target', { value, interpolation });
    }
  }
}

/** The bound of a level; a dash where it has none. */
export function levelText(values: JudgementValues, level: 'warning' | 'critical' | 'emergency', unit: Unit): string {
  const bound = values.thresholds?.[level];
  return bound === undefined ? NO_VALUE : boundText(bound, values.thresholds!.as, unit);
}

export function targetText(values: JudgementValues): string {
  return values.targetText || NO_VALUE;
}

/** A number as it is typed: in full, with as many decimals as it has. */
export function plain(value: number): string {
  return value.toLocaleString('en-US', { maximumFractionDigits: 10 });
}

/** What was typed may be finer than what the KPI is shown with: 4.25 must not read as 4.3. */
function precise(value: number, { unit, decimals }: Unit): Unit {
  const shown = unit === 'percentunit' ? value * 100 : value;
  const typed = plain(shown).split('.')[1]?.length ?? 0;
  return { unit, decimals: Math.max(decimals, Math.min(typed, 6)) };
}
