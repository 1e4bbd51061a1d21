/** What is wrong with the values of a period, in plain words. */
import type { Kpi } from '../catalogue/catalogue';
import { type ErrorCode, ERRORS } from '../errors';
import { formatDifference, formatValue } from '../format/number';
import { formatDuration } from '../format/period';
import type { Calendar } from '../time/calendar';

import type { QualityPoint } from './assess-quality';
import { QUALITY_RULES, type QualityRule, RULE_OF_REFUSAL } from './rules';

export interface Finding {
  rule: QualityRule;
  text: string;
}

const HOUR_MS = 3_600_000;

/** The rules that a period breaks, in their order. */
export function findingsOf(point: QualityPoint, kpi: Kpi, calendar: Calendar): Finding[] {
  // Most days of a year are sound.
  if (QUALITY_RULES.every((rule) => (point.shares[rule] ?? 1) === 1)) {
    return [];
  }
  return QUALITY_RULES.filter((rule) => isBroken(rule, point, kpi)).map((rule) => ({
    rule,
    text: TEXT[rule](point, kpi, calendar),
  }));
}

/** A few values may be missing without a word, as many as the KPI says. */
function isBroken(rule: QualityRule, { shares, completeness }: QualityPoint, { quality }: Kpi): boolean {
  const share = shares[rule];
  if (share === null || quality.weights[rule] === 0) {
    return false;
  }
  return rule === 'completeness' ? completeness < quality.completeness : share < 1;
}

const TEXT: Record<QualityRule, (point: QualityPoint, kpi: Kpi, calendar: Calendar) => string> = {
  completeness({ completeness }, _, { locale }) {
    const percent = formatValue(100 * (1 - completeness), {
      unit: 'percent',
      decimals: completeness > 0 ? 1 : 0,
      locale,
    });
    return completeness === 0 ? 'no value has arrived' : `${percent} of its values are missing`;
  },
  freshness({ late, completeness, value }) {
    const time = formatDuration(late * HOUR_MS);
    return value === null && completeness === 0 ? `overdue by ${time}` : `came ${time} late`;
  },
  type: (point) => refusedText('type', point),
  range(point) {
    const refused = refusedText('range', point);
    const { implausible } = point;
    const stored = `${count(implausible, 'stored value lies', 'stored values lie')} outside of what is plausible`;
    return [refused, implausible > 0 ? stored : ''].filter(Boolean).join('; ');
  },
  uniqueness: (point) => refusedText('uniqueness', point),
  jump({ jump, value }, kpi, { locale }) {
    if (!jump || value === null) {
      return '';
    }
    const style = { unit: kpi.unit, decimals: kpi.decimals, locale };
    const by = formatDifference(jump.change, { ...style, signed: true });
    return `${by} to ${formatValue(value, style)}; by ${formatDifference(jump.usual, style)} at most is usual`;
  },
  reconciliation({ differing }, kpi, calendar) {
    const style = { unit: kpi.unit, decimals: kpi.decimals, locale: calendar.locale };
    return differing
      .map(({ with: text, value, other }) => {
        const gap = formatDifference(value - other, { ...style, signed: true });
        return `${formatValue(value, style)}, but ${text} is ${formatValue(other, style)} (${gap})`;
      })
      .join('; ');
  },
};

/** "2 records refused: the value of a record is not a number" */
function refusedText(rule: QualityRule, { noted }: QualityPoint): string {
  return [...noted.refused]
    .filter(([code, n]) => RULE_OF_REFUSAL[code] === rule && n > 0)
    .map(([code, n]) => `${count(n, 'record', 'records')} refused: ${reasonOf(code)}`)
    .join('; ');
}

export function reasonOf(code: ErrorCode): string {
  return ERRORS[code][1];
}

function count(n: number, one: string, many: string): string {
  return `${n} ${n === 1 ? one : many}`;
}
