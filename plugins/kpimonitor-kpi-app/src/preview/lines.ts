/** What a chart of judged periods draws: the values, and the thresholds that they were and would have been judged by. */
import type { Boundaries } from '@kpi-monitor/model/query/frames';
import type { PreviewRow } from '@kpi-monitor/model/query/judgement-answer';

import { BOUNDED, type BoundedLevel } from '../form/draft';

/** A threshold over the periods; a range has one at each end. */
export interface ThresholdLine {
  level: BoundedLevel;
  values: Array<number | null>;
}

/** The thresholds of one kind of judgement, mild ones first; those that no period has are left out. */
export function thresholdLines(
  rows: readonly PreviewRow[],
  of: (row: PreviewRow) => Boundaries | null
): ThresholdLine[] {
  return BOUNDED.flatMap((level) =>
    [0, 1].map((end) => ({ level, values: rows.map((row) => boundOf(of(row), level, end)) }))
  ).filter(({ values }) => values.some((value) => value !== null));
}

function boundOf(boundaries: Boundaries | null, level: BoundedLevel, end: number): number | null {
  const bound = boundaries?.[level];
  if (Array.isArray(bound)) {
    return bound[end] ?? null;
  }
  return end === 0 ? (bound ?? null) : null;
}

/** A threshold further from the values than this many times their own range would flatten them. */
const REACH = 1.5;

/**
 * The range to draw: that of the values, widened by the thresholds that are near enough to be compared with them.
 * @returns null without values
 */
export function shownRange(
  values: ReadonlyArray<number | null>,
  lines: readonly ThresholdLine[]
): [number, number] | null {
  const known = values.filter((value) => value !== null);
  if (known.length === 0) {
    return null;
  }
  let min = Math.min(...known);
  let max = Math.max(...known);
  const span = max - min || Math.abs(max) || 1;
  const [low, high] = [min - REACH * span, max + REACH * span];
  for (const bound of lines.flatMap((line) => line.values)) {
    if (bound !== null && bound >= low && bound <= high) {
      min = Math.min(min, bound);
      max = Math.max(max, bound);
    }
  }
  const air = (max - min || Math.abs(max) || 1) * 0.06;
  return [min - air, max + air];
}

type At = (number: number) => number;

/** An SVG path through values, one a period at its middle; a period without one breaks it. */
export function valuePath(values: ReadonlyArray<number | null>, x: At, y: At): string {
  return values
    .map((value, index) => {
      if (value === null) {
        return '';
      }
      const isStart = index === 0 || values[index - 1] === null;
      return `${isStart ? 'M' : 'L'}${round(x(index + 0.5))} ${round(y(value))}`;
    })
    .join('');
}

/** An SVG path of a threshold: level over a period, a step where it changes. */
export function stepPath(values: ReadonlyArray<number | null>, x: At, y: At): string {
  return values
    .map((value, index) => {
      if (value === null) {
        return '';
      }
      const before = values[index - 1] ?? null;
      const from =
        before === null ? `M${round(x(index))} ${round(y(value))}` : before === value ? '' : `V${round(y(value))}`;
      return `${from}H${round(x(index + 1))}`;
    })
    .join('');
}

const round = (pixel: number) => Math.round(pixel * 10) / 10;

/** The newest value of a line, which its label names. */
export function lastOf(values: ReadonlyArray<number | null>): number | null {
  return values.findLast((value) => value !== null) ?? null;
}

/** Places of labels of some height, at least that far apart and inside of [top, bottom], in their order. */
export function apart(wanted: readonly number[], height: number, [top, bottom]: [number, number]): number[] {
  const order = wanted.map((_, index) => index).sort((a, b) => wanted[a]! - wanted[b]!);
  const placed = new Array<number>(wanted.length);
  let least = top;
  for (const index of order) {
    placed[index] = Math.max(wanted[index]!, least);
    least = placed[index]! + height;
  }
  let most = bottom;
  for (const index of order.toReversed()) {
    placed[index] = Math.min(placed[index]!, most);
    most = placed[index]! - height;
  }
  return placed;
}
