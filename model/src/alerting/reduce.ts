/**
 * The expression `reduce`: a series becomes one number. A number passes as it is, but for the mode's care of what is no
 * number. Facts: Grafana 12.3, "Reduce" under "Expression queries".
 */
import type { ReduceExpression, Reducer } from './expression';
import type { NumberValue, Value } from './values';

type Points = ReadonlyArray<number | null>;

/** Null in, or NaN in, makes all but `last` and `count` NaN: that is what "strict" means. */
const REDUCE: Record<Reducer, (points: Points) => number | null> = {
  last: (points) => (points.length > 0 ? points.at(-1)! : NaN),
  count: (points) => points.length,
  sum: (points) => numbers(points).reduce((sum, x) => sum + x, 0),
  mean: (points) => numbers(points).reduce((sum, x) => sum + x, 0) / points.length,
  min: (points) => extreme(points, Math.min),
  max: (points) => extreme(points, Math.max),
  median: (points) => median(numbers(points)),
};

export function reduce(values: readonly Value[], { reducer, settings }: ReduceExpression): NumberValue[] {
  const mode = settings?.mode;
  const clean = (points: Points): Points => {
    switch (mode) {
      case 'dropNN':
        return points.filter(isNumber);
      case 'replaceNN':
        return points.map((point) => (isNumber(point) ? point : settings!.replaceWithValue!));
      default:
        return points;
    }
  };
  return values.flatMap(({ labels, ...value }): NumberValue[] => {
    if (value.kind === 'number') {
      const [kept] = clean([value.value]);
      return kept === undefined ? [] : [{ kind: 'number', labels, value: kept }];
    }
    const reduced = REDUCE[reducer](clean(value.points));
    return [{ kind: 'number', labels, value: Number.isNaN(reduced) ? emptyOf(mode, settings) : reduced }];
  });
}

/** What a series without any number is reduced to. */
function emptyOf(mode: string | undefined, settings: ReduceExpression['settings']): number | null {
  return mode === 'dropNN' ? null : mode === 'replaceNN' ? settings!.replaceWithValue! : NaN;
}

function isNumber(point: number | null): point is number {
  return point !== null && Number.isFinite(point);
}

function numbers(points: Points): number[] {
  return points.map((point) => point ?? NaN);
}

function extreme(points: Points, pick: (...values: number[]) => number): number {
  return points.length === 0 ? NaN : numbers(points).reduce((a, b) => pick(a, b));
}

function median(values: number[]): number {
  if (values.length === 0 || values.some(Number.isNaN)) {
    return NaN;
  }
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length / 2;
  return Number.isInteger(middle) ? (sorted[middle - 1]! + sorted[middle]!) / 2 : sorted[Math.floor(middle)]!;
}
