/** A change of thresholds or target in words: "critical 80 → 85 % of target; target $3,000 → $4,000". */
import type { Kpi } from '../catalogue/catalogue';
import { formatDifference, formatValue } from '../format/number';
import type { Bound, JudgementValues, ThresholdForm, Thresholds } from '../query/judgement-answer';

import { THRESHOLD_LEVELS } from './levels';

const NONE = 'none';
const UNIT: Record<ThresholdForm, string> = {
  percent_of_target: ' % of target',
  absolute: '',
  difference: ' from target',
};

type Style = Pick<Kpi, 'unit' | 'decimals' | 'kind'> & { locale: string };

export function changeText(before: JudgementValues, after: JudgementValues, style: Style): string {
  const parts = [...thresholdParts(before.thresholds, after.thresholds, style)];
  if (before.targetText !== after.targetText) {
    parts.push(`target ${before.targetText || NONE} → ${after.targetText || NONE}`);
  }
  return parts.join('; ') || 'nothing changed';
}

function thresholdParts(before: Thresholds | null, after: Thresholds | null, style: Style): string[] {
  if (!before || !after || before.as !== after.as) {
    const [was, is] = [allText(before, style), allText(after, style)];
    return was === is ? [] : [`thresholds ${was} → ${is}`];
  }
  return THRESHOLD_LEVELS.flatMap((level) => {
    const [was, is] = [boundText(before[level], before.as, style), boundText(after[level], after.as, style)];
    return was === is ? [] : [`${level} ${was} → ${is}${after[level] === undefined ? '' : UNIT[after.as]}`];
  });
}

/** "90 / 80 / 70 % of target" */
function allText(thresholds: Thresholds | null, style: Style): string {
  if (!thresholds) {
    return NONE;
  }
  const bounds = THRESHOLD_LEVELS.map((level) =>
    thresholds[level] === undefined ? '–' : boundText(thresholds[level], thresholds.as, style)
  );
  return `${bounds.join(' / ')}${UNIT[thresholds.as]}`;
}

function boundText(bound: Bound | undefined, as: ThresholdForm, style: Style): string {
  if (bound === undefined) {
    return NONE;
  }
  const text = (value: number) => {
    switch (as) {
      case 'percent_of_target':
        return new Intl.NumberFormat(style.locale, { maximumFractionDigits: 2 }).format(value);
      case 'absolute':
        return formatValue(value, style);
      case 'difference':
        return formatDifference(value, { ...style, signed: true }, style.kind === 'score');
    }
  };
  return Array.isArray(bound) ? `${text(bound[0])} to ${text(bound[1])}` : text(bound);
}
