/** Whether thresholds fit their direction and run from mild to severe. */
import type { ErrorCode } from '../errors';

import type { KpiFile, ThresholdFile } from './schema';

export interface Mistake {
  code: ErrorCode;
  /** below the KPI's own file */
  path: PropertyKey[];
  message: string;
}

const LEVELS = ['warning', 'critical', 'emergency'] as const;

export function checkThresholds(
  threshold: ThresholdFile,
  direction: KpiFile['direction'],
  path: PropertyKey[]
): Mistake[] {
  const mistakes: Mistake[] = [];
  const given = LEVELS.filter((level) => threshold[level] !== undefined);
  if (given.length === 0) {
    mistakes.push({
      code: 'KPI_THRESHOLD_FORM',
      path,
      message: 'thresholds name no level; give warning, critical or emergency',
    });
  }
  for (const level of given) {
    const bound = threshold[level]!;
    const isPair = Array.isArray(bound);
    if (isPair && direction !== 'range') {
      const message = `${level} is a pair though ${direction} is good; give one number, or set direction: range`;
      mistakes.push({ code: 'KPI_THRESHOLD_FORM', path: [...path, level], message });
    } else if (!isPair && direction === 'range') {
      const message = `${level} ${String(bound)} is one number though direction is range; give a pair [low, high]`;
      mistakes.push({ code: 'KPI_THRESHOLD_FORM', path: [...path, level], message });
    } else if (isPair && bound[0] >= bound[1]) {
      const message = `${level} [${bound.join(', ')}] is empty; the low end lies below the high end`;
      mistakes.push({ code: 'KPI_THRESHOLD_ORDER', path: [...path, level], message });
    }
  }
  if (mistakes.length > 0) {
    return mistakes;
  }
  for (let i = 1; i < given.length; i++) {
    const mild = given[i - 1]!;
    const severe = given[i]!;
    const message = orderMistake(mild, threshold[mild]!, severe, threshold[severe]!, direction);
    if (message) {
      mistakes.push({ code: 'KPI_THRESHOLD_ORDER', path: [...path, severe], message });
    }
  }
  return mistakes;
}

type Bound = number | [number, number];

function orderMistake(
  mild: string,
  a: Bound,
  severe: string,
  b: Bound,
  direction: KpiFile['direction']
): string | null {
  if (Array.isArray(a) && Array.isArray(b)) {
    return b[0] < a[0] && b[1] > a[1]
      ? null
      : `${severe} [${b.join(', ')}] does not enclose ${mild} [${a.join(', ')}]; the worse level is the wider pair`;
  }
  if (direction === 'up' && b >= a) {
    return `${severe} ${String(b)} lies ${b === a ? 'on' : 'above'} ${mild} ${String(a)} though up is good`;
  }
  if (direction === 'down' && b <= a) {
    return `${severe} ${String(b)} lies ${b === a ? 'on' : 'below'} ${mild} ${String(a)} though down is good`;
  }
  return null;
}
