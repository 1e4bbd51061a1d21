/** What was to be expected of each value, from those around it: its level, its place in the season, its day. */
import { NORMAL, robustDeviation } from '../decomposition/median';
import { seasonLengths } from '../decomposition/season-lengths';
import { usualPlaces } from '../decomposition/usual-places';
import type { Calendar } from '../forecast/candidates/candidate';

import { effectsOf, type Groups } from './effects';
import { runningMedian } from './running-median';
import { evenScale, type Scale } from './scale';
import { steadySlope } from './steady-slope';

export interface ExpectedOptions {
  /** candidate season lengths, in steps; those that are found count */
  seasons: readonly number[];
  /** where steps are days */
  calendar?: DayCalendar;
}

export interface DayCalendar extends Pick<Calendar, 'holidays'> {
  /** 1–31 */
  dayOfMonth: ArrayLike<number>;
  /** days that are left of the month: 0 on its last */
  daysLeft: ArrayLike<number>;
}

export interface Expected {
  /** lengths that were found, in steps, shortest first */
  seasons: number[];
  /** in which it works */
  scale: Scale;
  /** in the scale that is worked in: what was expected, and a robust standard deviation around it */
  expected: Float64Array;
  deviation: Float64Array;
  /** the values in that scale, less what returns within weeks and months */
  adjusted: Float64Array;
  /** what returns from year to year */
  wave: Float64Array;
  /** false where nothing can be said: a holiday that came once */
  isJudged: boolean[];
}

/** The level is a running median, which a week of odd values does not move, and a new level moves at once. */
const SPAN = { least: 13, days: 29, seasons: 4 };
/** A season of more steps is followed by the level itself. */
const LONG = 60;
/** A year of days is smoothed over 5 days on either side. */
const SMOOTHED = 73;
/** The day of the month counts where it foretells: what noise seldom reaches. */
const LEAST_GAIN = 0.03;
/** Deviations below this part of how the whole series varies concern nobody. */
const LEAST_PART = 0.1;
/** Days that a holiday may reach to: its eve, the day after, the Monday after a Thursday. */
const AROUND = [-1, 1, 4];

export function expectedOf(values: ArrayLike<number>, { seasons, calendar }: ExpectedOptions): Expected {
  const scale = evenScale(values);
  const scaled = Float64Array.from(values, scale.to);
  const found = seasonLengths(scaled, seasons);
  const lengths = found.filter((length) => length <= LONG);
  const places = lengths.map((length): Groups => ({ of: Array.from(scaled, (_, i) => i % length), ridge: 0 }));
  const span = oddAtMost(
    Math.max(calendar ? SPAN.days : SPAN.least, SPAN.seasons * (lengths[0] ?? 0) + 1),
    scaled.length
  );
  const holidays = calendar && holidayGroups(calendar.holidays);
  let groups = holidays ? [...places, ...holidays] : places;
  const year = found.filter((length) => length > LONG);
  const wave = year.reduce<Float64Array>((sum, length) => waveOf(scaled, sum, length), new Float64Array(scaled.length));
  const flat = scaled.map((value, i) => value - wave[i]!);
  let course = courseOf(flat, groups, span);
  if (calendar) {
    const days = monthDays(calendar);
    if (gainOf(days, course.distance) > LEAST_GAIN) {
      groups = [...groups, ...days];
      course = courseOf(flat, groups, span);
    }
  }
  const { level, effect, distance } = course;
  const adjusted = scaled.map((value, i) => value - effect[i]!);
  return {
    seasons: found,
    scale,
    expected: level.map((value, i) => value + wave[i]! + effect[i]!),
    deviation: deviations(distance, adjusted, effect, 3 * span, lengths[0] ?? 1),
    adjusted,
    wave,
    isJudged: Array.from(values, (value, i) => Number.isFinite(value) && !isUnique(calendar?.holidays, i)),
  };
}

/** A long season, smoothed over days: a day's own noise is not its season, and the end of December is an edge. */
function waveOf(values: Float64Array, before: Float64Array, length: number): Float64Array {
  const { usual } = usualPlaces(
    values.map((value, i) => value - before[i]!),
    length
  );
  const reach = Math.max(1, Math.round(length / SMOOTHED));
  const smooth = usual.map((_, place) => {
    let sum = 0;
    for (let k = -reach; k <= reach; k++) {
      sum += usual[(place + k + length) % length]!;
    }
    return sum / (2 * reach + 1);
  });
  return before.map((value, i) => value + smooth[i % length]!);
}

interface Course {
  level: Float64Array;
  effect: Float64Array;
  /** what is left of the values */
  distance: Float64Array;
}

/** Level and what returns bend each other: by turns. */
function courseOf(values: Float64Array, groups: readonly Groups[], span: number): Course {
  let effect: Float64Array = new Float64Array(values.length);
  let level: Float64Array = new Float64Array(values.length);
  for (let round = 0; round < 3; round++) {
    const rest = values.map((value, i) => value - effect[i]!);
    const slope = steadySlope(rest);
    level = runningMedian(
      rest.map((value, i) => value - slope * i),
      span
    ).map((value, i) => value + slope * i);
    effect = effectsOf(
      values.map((value, i) => value - level[i]!),
      groups
    );
  }
  return { level, effect, distance: values.map((value, i) => value - level[i]! - effect[i]!) };
}

/** A holiday by its name; the days around it by their distance, of which less is believed. */
function holidayGroups(holidays: ReadonlyArray<string | null>): Groups[] {
  const near = AROUND.map((distance) =>
    holidays.map((name, i) => (name === null && holidays[i - distance] != null ? `${holidays[i - distance]}` : null))
  );
  return [{ of: holidays, ridge: 0 }, ...near.map((of) => ({ of, ridge: 1 }))];
}

function isUnique(names: ReadonlyArray<string | null> | undefined, i: number): boolean {
  const name = names?.[i] ?? null;
  return name !== null && names!.filter((other) => other === name).length < 2;
}

/** Rent on the first, wages on the last: counted from either end of the month. */
function monthDays({ dayOfMonth, daysLeft }: DayCalendar): Groups[] {
  return [
    { of: Array.from(dayOfMonth), ridge: 1 },
    { of: Array.from(daysLeft, (left) => (left < 5 ? left : null)), ridge: 1 },
  ];
}

/** How much nearer the distances are to what the other half of them foretells, as a share of them. */
function gainOf(groups: readonly Groups[], distances: Float64Array): number {
  let [without, left] = [0, 0];
  for (const half of [0, 1]) {
    const isHeld = (i: number) => (Math.floor(i / 31) + half) % 2 === 0;
    const learned = effectsOf(
      distances.map((distance, i) => (isHeld(i) ? NaN : distance)),
      groups
    );
    distances.forEach((distance, i) => {
      if (isHeld(i) && distance === distance) {
        without += Math.abs(distance);
        left += Math.abs(distance - learned[i]!);
      }
    });
  }
  return without > 0 ? 1 - left / without : 0;
}

/**
 * Around each value, at its place in the season (a Sunday varies less than a Monday) and by the size of what returns (a
 * payday varies more), but never far less than what is usual over all: a quiet month is no reason to shout.
 */
function deviations(
  distance: Float64Array,
  adjusted: Float64Array,
  effect: Float64Array,
  span: number,
  length: number
): Float64Array {
  const whole = robustDeviation(distance, 0);
  // A running median goes through values that rise or fall steadily: they vary by their steps.
  const steps = adjusted.subarray(1).map((value, i) => value - adjusted[i]!);
  const least = Math.max(robustDeviation(steps, 0) / Math.SQRT2, LEAST_PART * robustDeviation(adjusted));
  const places = Array.from({ length }, (_, place) => {
    const own = robustDeviation(
      distance.filter((_, i) => i % length === place),
      0
    );
    return whole > 0 ? Math.max(1 / 3, Math.min(3, own / whole)) || 1 : 1;
  });
  const large = distance.map((_, i) => i).filter((i) => Math.abs(effect[i]!) > 2 * whole);
  const share =
    large.length >= 8
      ? robustDeviation(
          large.map((i) => distance[i]! / effect[i]!),
          0
        )
      : 0;
  const around = runningMedian(distance.map(Math.abs), span);
  return distance.map((_, i) => {
    const own = Math.max(least, whole / 2, NORMAL * around[i]! || 0) * places[i % length]!;
    return Math.max(own, Math.abs(effect[i]!) > 2 * whole ? share * Math.abs(effect[i]!) : 0);
  });
}

function oddAtMost(wanted: number, length: number): number {
  const most = Math.max(3, Math.min(wanted, length >> 1));
  return most % 2 === 1 ? most : most - 1;
}
