/** Where a level begins and where it ends, in words: what was crossed, and what it takes to recover. */
import { THRESHOLD_LEVELS } from '@kpi-monitor/model/judgement/levels';
import type { Boundaries } from '@kpi-monitor/model/query/frames';
import type { Level } from '@kpi-monitor/model/status';

/**
 * "critical at $2,400 or below, normal above $2,700".
 * @param level that is told about; of what is normal or not judged, the mildest threshold is
 */
export function thresholdText(
  boundaries: Boundaries | null,
  level: Level | null,
  format: (value: number) => string
): string {
  const given = THRESHOLD_LEVELS.filter((name) => boundaries?.[name] !== undefined);
  const mildest = given[0];
  if (!boundaries || !mildest) {
    return 'no thresholds';
  }
  const told = level ? THRESHOLD_LEVELS[level - 1]! : mildest;
  const crossed = given.includes(told) ? told : mildest;
  const where = `${crossed} ${beyond(boundaries, crossed, format)}`;
  return crossed === mildest ? where : `${where}, normal ${within(boundaries, mildest, format)}`;
}

type Name = (typeof THRESHOLD_LEVELS)[number];

function beyond({ direction, ...bounds }: Boundaries, name: Name, format: (value: number) => string): string {
  const bound = bounds[name]!;
  if (Array.isArray(bound)) {
    return `at ${format(bound[0])} or below and at ${format(bound[1])} or above`;
  }
  return `at ${format(bound)} or ${direction === 'down' ? 'above' : 'below'}`;
}

function within({ direction, ...bounds }: Boundaries, name: Name, format: (value: number) => string): string {
  const bound = bounds[name]!;
  if (Array.isArray(bound)) {
    return `between ${format(bound[0])} and ${format(bound[1])}`;
  }
  return `${direction === 'down' ? 'below' : 'above'} ${format(bound)}`;
}
