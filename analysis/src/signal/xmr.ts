/**
 * Signal or noise: charts of individual values and moving ranges (Shewhart; Wheeler, Understanding Variation, 1993).
 *
 * What is usual for a process is what it has varied by from one value to the next. A value is a signal when it lies outside
 * the natural limits, mean ± 2.66 x mean moving range; when it ends a run of eight on one side of the mean; or when three of
 * the last four lie nearer to a limit than to the mean.
 */
import { linearFit } from '../correlation/line';
import { seasonLengths } from '../decomposition/season-lengths';
import { usualPlaces } from '../decomposition/usual-places';

/** Fewer values say nothing about what is usual. */
export const LEAST_VALUES = 12;

/** 3 / 1.128: three standard deviations in mean moving ranges of two normal values. */
const LIMIT = 2.66;
const RANGE_PER_DEVIATION = 1.128;
/** A slope is taken out when it is this many standard errors from zero: a steady rise is no news. */
const CLEAR_SLOPE = 3;
const RUN = 8;

export interface NaturalLimits {
  lower: number;
  center: number;
  upper: number;
  /** standard deviation of what is usual */
  deviation: number;
}

export type Rule = 'outside' | 'eight on one side' | 'three of four near a limit';

export interface Signal {
  rule: Rule;
  /** 1: above what is usual */
  direction: 1 | -1;
}

export interface Reading extends NaturalLimits {
  /** null: usual variation */
  signal: Signal | null;
}

/**
 * Reads the last value against those before it.
 * @param values equally spaced, oldest first, NaN = missing; the last one is read
 * @param season in values, when there may be one; it is taken out where it is found
 * @returns null when the last one is missing or fewer than twelve are there
 */
export function readSignal(values: ArrayLike<number>, season?: number): Reading | null {
  const last = values.length - 1;
  const before = Array.from(values).slice(0, last);
  if (!Number.isFinite(values[last]) || before.filter(Number.isFinite).length < LEAST_VALUES - 1) {
    return null;
  }
  const usual = usualCourse(before, season);
  const distances = Array.from(values, (value, i) => value - usual.at(i));
  const { center, deviation } = spreadOf(distances.slice(0, last), usual.uncertainty);
  const recent = distances.filter(Number.isFinite).map((distance) => distance - center);
  const reach = LIMIT * RANGE_PER_DEVIATION * deviation;
  const at = usual.at(last) + center;
  return { lower: at - reach, center: at, upper: at + reach, deviation, signal: signalIn(recent, reach) };
}

/** Limits of what is usual, at the end of the values; null below twelve of them. */
export function naturalLimits(values: ArrayLike<number>, season?: number): NaturalLimits | null {
  if (Array.from(values).filter(Number.isFinite).length < LEAST_VALUES) {
    return null;
  }
  const all = Array.from(values);
  const usual = usualCourse(all, season);
  const { center, deviation } = spreadOf(
    all.map((value, i) => value - usual.at(i)),
    usual.uncertainty
  );
  const at = usual.at(all.length) + center;
  const reach = LIMIT * RANGE_PER_DEVIATION * deviation;
  return { lower: at - reach, center: at, upper: at + reach, deviation };
}

function signalIn(distances: readonly number[], reach: number): Signal | null {
  const last = distances.at(-1)!;
  const direction = last > 0 ? 1 : -1;
  if (reach === 0) {
    return last === 0 ? null : { rule: 'outside', direction };
  }
  const inDirection = distances.map((distance) => distance * direction);
  if (inDirection.at(-1)! > reach) {
    return { rule: 'outside', direction };
  }
  if (inDirection.length >= RUN && inDirection.slice(-RUN).every((distance) => distance > 0)) {
    return { rule: 'eight on one side', direction };
  }
  const near = inDirection.slice(-4).filter((distance) => distance > reach / 2).length;
  return near >= 3 && inDirection.at(-1)! > reach / 2 ? { rule: 'three of four near a limit', direction } : null;
}

interface Course {
  /** what is usual at an index, that of the next value included */
  at(index: number): number;
  /** by how much the season's own uncertainty widens what is usual */
  uncertainty: number;
}

/** Season and steady rise, where they are clear. */
function usualCourse(values: readonly number[], season: number | undefined): Course {
  const [length] = season ? seasonLengths(values, [season]) : [];
  // Two or three seasons are too few to see one change: STL, which lets it, would take what is new for season.
  const places = length ? usualPlaces(values, length).usual : [0];
  const seasonAt = (i: number) => places[i % places.length]!;
  const adjusted = values.map((value, i) => value - seasonAt(i));
  const line = steadyRise(adjusted);
  const cycles = length ? values.length / length : Infinity;
  return {
    at: (i) => seasonAt(i) + line(i),
    // A place in the season that is known from c values has taken 1/c of their variance, and is itself unsure by as much.
    uncertainty: Math.sqrt((1 + 1 / cycles) / (1 - 1 / cycles)),
  };
}

/** The line through the values when they rise or fall steadily: clearly so before the last run of eight already. */
function steadyRise(values: readonly number[]): (index: number) => number {
  const line = clearLine(values);
  const before = values.slice(0, -RUN);
  const earlier = before.length >= LEAST_VALUES ? clearLine(before) : line;
  return line && earlier && line.slope * earlier.slope > 0 ? (i) => line.intercept + line.slope * i : () => 0;
}

function clearLine(values: readonly number[]): { slope: number; intercept: number } | null {
  const there = values.flatMap((value, i) => (Number.isFinite(value) ? [i] : []));
  const { slope, intercept } = linearFit(
    values.map((_, i) => i),
    values
  );
  const middle = there.reduce((sum, i) => sum + i, 0) / there.length;
  const rest = there.reduce((sum, i) => sum + (values[i]! - intercept - slope * i) ** 2, 0);
  const width = there.reduce((sum, i) => sum + (i - middle) ** 2, 0);
  const error = Math.sqrt(rest / (there.length - 2) / width);
  return there.length > 3 && Math.abs(slope) > CLEAR_SLOPE * error ? { slope, intercept } : null;
}

function spreadOf(distances: readonly number[], uncertainty: number): { center: number; deviation: number } {
  const there = distances.filter(Number.isFinite);
  const ranges = there.slice(1).map((distance, i) => Math.abs(distance - there[i]!));
  const mean = (of: readonly number[]) => of.reduce((sum, value) => sum + value, 0) / of.length;
  return { center: mean(there), deviation: (mean(ranges) / RANGE_PER_DEVIATION) * uncertainty };
}
