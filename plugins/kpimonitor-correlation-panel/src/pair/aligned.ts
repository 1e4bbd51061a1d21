import type { Course } from '../data/read-correlation';

/** Two values that belong together, once the second is looked at `shift` periods later. */
export interface Point {
  x: number;
  y: number;
  /** start of the first's period, epoch milliseconds */
  time: number;
}

/** The pairs of values that were compared; periods in which either is missing are left out. */
export function alignedPoints(first: Course, second: Course, shift: number): Point[] {
  const points: Point[] = [];
  for (let t = 0; t + shift < second.values.length && t < first.values.length; t++) {
    const x = first.values[t];
    const y = second.values[t + shift];
    if (isKnown(x) && isKnown(y)) {
      points.push({ x, y, time: first.times[t] ?? 0 });
    }
  }
  return points;
}

export interface Fit {
  slope: number;
  intercept: number;
}

/** The line of least squares; null when x does not vary. */
export function fitOf(points: readonly Point[]): Fit | null {
  const n = points.length;
  const meanX = points.reduce((sum, { x }) => sum + x, 0) / n;
  const meanY = points.reduce((sum, { y }) => sum + y, 0) / n;
  let xx = 0;
  let xy = 0;
  for (const { x, y } of points) {
    xx += (x - meanX) ** 2;
    xy += (x - meanX) * (y - meanY);
  }
  if (n < 2 || !(xx > 0)) {
    return null;
  }
  const slope = xy / xx;
  return { slope, intercept: meanY - slope * meanX };
}

export function isKnown(value: number | null | undefined): value is number {
  return typeof value === 'number' && Number.isFinite(value);
}
