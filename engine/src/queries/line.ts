/** One KPI's slice as a line of points, with what it is compared with. */
import type { EvaluatedPoint, Slice } from '@kpi-monitor/model/aggregation/evaluate';
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { elapsedUntil } from '@kpi-monitor/model/judgement/assess';
import { comparisonBase } from '@kpi-monitor/model/judgement/compare';
import { scopeOf } from '@kpi-monitor/model/judgement/history';
import { targetFor } from '@kpi-monitor/model/judgement/references';
import { thresholdSteps } from '@kpi-monitor/model/judgement/levels';
import { boundariesFor } from '@kpi-monitor/model/judgement/thresholds';
import type { FrameMeta, ThresholdStep } from '@kpi-monitor/model/query/frames';
import type { Comparison } from '@kpi-monitor/model/query/query';
import { type Grain } from '@kpi-monitor/model/time/grain';

import type { Context } from './context';

export interface Line {
  kpi: Kpi;
  slice: Slice;
  grain: Grain;
  points: EvaluatedPoint[];
  /** what was first reported, at the same place; null where it still holds; absent unless asked for */
  reported?: Array<number | null>;
}

/** The lines of an answer and what is to be said about all of them. */
export interface Lines {
  lines: Line[];
  notices: NonNullable<FrameMeta['notices']>;
  /** KPIs that were selected, in order; those without a line had to be left out */
  kpis: Kpi[];
}

/** Whether a point is not its period's final word: still running, or less than complete. */
export function isPartial(kpi: Kpi, point: EvaluatedPoint): boolean {
  return point.value !== null && (point.life === 'open' || point.completeness < kpi.judge.min_complete);
}

/** Whether a line's newest value can change no more. */
export function isFinal({ points }: Pick<Line, 'points'>): boolean {
  return points.findLast((point) => point.value !== null)?.life === 'settled';
}

/** What each point is compared with, at the same place; null where there is no complete base. */
export function basesOfLine(line: Line, compare: Exclude<Comparison, 'none'>, context: Context): Array<number | null> {
  const { kpi, slice, grain, points } = line;
  const { calendar, range } = context;
  return points.map(({ start, end, life }) => {
    const period = { grain, start, end };
    if (compare === 'target') {
      return targetFor(kpi, period, scopeOf(slice), calendar, range.asOf);
    }
    const until = life === 'open' ? elapsedUntil(period, slice, range.asOf, calendar) : end;
    return comparisonBase({ kpi, slice, period, compare, until, calendar });
  });
}

/** The thresholds in force at a line's last point; null when its grain or slice is not one that is judged. */
export function stepsOfLine(line: Line, context: Context): ThresholdStep[] | null {
  const last = line.points.at(-1);
  return last && line.grain === line.kpi.judge.at ? stepsAt(line, last, context) : null;
}

/** Whether a line's thresholds are the same at all of its points, as a line across the whole graph says. */
export function isSteady(line: Line, context: Context): boolean {
  const steps = new Set(line.points.map((point) => JSON.stringify(stepsAt(line, point, context))));
  return steps.size === 1;
}

function stepsAt({ kpi, slice, grain }: Line, { start, end }: EvaluatedPoint, { calendar, range }: Context) {
  const period = { grain, start, end };
  const scope = scopeOf(slice);
  const target = targetFor(kpi, period, scope, calendar, range.asOf);
  const { boundaries } = boundariesFor(kpi, period, scope, target, calendar, range.asOf);
  return boundaries && thresholdSteps(boundaries);
}
