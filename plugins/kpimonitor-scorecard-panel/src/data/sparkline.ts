/** The course of a KPI as a line in a box of 100 x 100, y downwards. */
import type { Sparkline } from '@kpi-monitor/model/query/frames';

export interface SparkGeometry {
  /** SVG path; a gap in the values is a gap in the line */
  path: string;
  last: { x: number; y: number };
  /** height of the target's hairline; null when it is too far away to be shown beside the values */
  targetY: number | null;
}

/** A target this many times the values' spread away from them would flatten the line. */
const FAR = 1.5;

/** @returns null when fewer than two values are known: one point has no course */
export function sparkGeometry({ values }: Sparkline, target: number | null): SparkGeometry | null {
  const known = values.filter((value): value is number => typeof value === 'number' && Number.isFinite(value));
  if (known.length < 2) {
    return null;
  }
  let low = Math.min(...known);
  let high = Math.max(...known);
  const spread = high - low || Math.abs(high) * 0.1 || 1;
  const isNear = target !== null && target > low - FAR * spread && target < high + FAR * spread;
  if (isNear) {
    low = Math.min(low, target);
    high = Math.max(high, target);
  }
  const height = high - low || spread;
  const y = (value: number) => round(high === low ? 50 : 100 - ((value - low) / height) * 100);
  const x = (index: number) => round((index / (values.length - 1)) * 100);
  const lastIndex = values.findLastIndex((value) => typeof value === 'number' && Number.isFinite(value));
  return {
    path: linePath(values, x, y),
    last: { x: x(lastIndex), y: y(values[lastIndex]!) },
    targetY: isNear ? y(target) : null,
  };
}

function linePath(values: Sparkline['values'], x: (index: number) => number, y: (value: number) => number): string {
  let path = '';
  let isDrawing = false;
  values.forEach((value, index) => {
    const isKnown = typeof value === 'number' && Number.isFinite(value);
    if (isKnown) {
      const isAlone = !isDrawing && typeof values[index + 1] !== 'number';
      // A line of no length with round ends is a dot.
      path += `${isDrawing ? 'L' : 'M'}${x(index)} ${y(value)}${isAlone ? 'h0' : ''}`;
    }
    isDrawing = isKnown;
  });
  return path;
}

function round(coordinate: number): number {
  return Math.round(coordinate * 10) / 10;
}
