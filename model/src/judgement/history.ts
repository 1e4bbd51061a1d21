/** Status over time: the level of each judged period, and the runs of periods at warning or worse. */
import type { EvaluatedPoint, Slice } from '../aggregation/evaluate';
import type { Kpi } from '../catalogue/catalogue';
import type { Boundaries } from '../query/frames';
import type { Level } from '../status';
import type { Calendar } from '../time/calendar';

import { levelOf } from './levels';
import { type Scope, targetFor } from './references';
import { boundariesFor } from './thresholds';

export interface JudgedPeriod extends EvaluatedPoint {
  level: Level | null;
  target: number | null;
  boundaries: Boundaries | null;
  /** why it is not judged, else empty */
  reason: string;
}

export interface JudgeRequest {
  kpi: Kpi;
  slice: Slice;
  calendar: Calendar;
  asOf: number;
}

/** The scope whose targets and thresholds a slice is judged by. */
export function scopeOf(slice: Slice): Scope {
  return { labels: slice.labels, isPartial: slice.isPartial };
}

/** The judged periods that touch [from, to), oldest first. Only settled ones have a level. */
export function judgedPeriods(request: JudgeRequest, from: number, to: number): JudgedPeriod[] {
  return request.slice.points(from, to).map((point) => judgePoint(request, point));
}

export function judgePoint({ kpi, slice, calendar, asOf }: JudgeRequest, point: EvaluatedPoint): JudgedPeriod {
  const scope = scopeOf(slice);
  const period = { grain: kpi.judge.at, start: point.start, end: point.end };
  const target = targetFor(kpi, period, scope, calendar, asOf);
  const { boundaries, reason } = boundariesFor(kpi, period, scope, target, calendar, asOf);
  const refusal = notJudged(kpi, point) || reason;
  const level = refusal || point.life !== 'settled' || !boundaries ? null : levelOf(point.value!, boundaries);
  return {
    start: point.start,
    end: point.end,
    value: point.value,
    weight: point.weight,
    completeness: point.completeness,
    life: point.life,
    isOverdue: point.isOverdue,
    reason: refusal,
    level,
    target,
    boundaries,
  };
}

function notJudged(kpi: Kpi, point: EvaluatedPoint): string {
  if (point.value === null) {
    return point.reason;
  }
  const least = kpi.judge.min_observations;
  if (least !== undefined && (point.weight ?? 0) < least) {
    return `${Math.floor(point.weight ?? 0)} observations are too few to judge; ${least} are needed`;
  }
  if (point.life === 'provisional' && point.completeness < kpi.judge.min_complete) {
    // Rounded down, so that 99.9 % never reads as complete.
    return `only ${Math.floor(point.completeness * 100)} % of its values are there`;
  }
  return '';
}

/** A run of settled periods at warning or worse. */
export interface Episode {
  from: number;
  /** end of its last period */
  to: number;
  /** whether its last period is the newest settled one */
  isOngoing: boolean;
  worst: Level;
  worstValue: number | null;
  periods: number;
}

/** @param periods of one slice, oldest first; a period that is not judged ends no run */
export function episodesOf(periods: readonly JudgedPeriod[]): Episode[] {
  const episodes: Episode[] = [];
  let running: Episode | null = null;
  for (const period of periods) {
    if (period.level === null) {
      continue;
    }
    if (period.level === 0) {
      running = null;
      continue;
    }
    if (!running) {
      running = {
        from: period.start,
        to: period.end,
        isOngoing: false,
        worst: period.level,
        worstValue: period.value,
        periods: 0,
      };
      episodes.push(running);
    }
    running.to = period.end;
    running.periods++;
    if (period.level > running.worst) {
      running.worst = period.level;
      running.worstValue = period.value;
    }
  }
  if (running) {
    running.isOngoing = true;
  }
  return episodes;
}
