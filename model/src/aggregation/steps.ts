/**
 * The parts of a KPI as one line of steps: members of dimensions added up (or averaged) at each native step, with how
 * many of the expected members were there, so that a missing region is not mistaken for a bad month.
 */
import type { Kpi } from '../catalogue/catalogue';
import { DEFAULT_CARRY } from '../catalogue/defaults';
import { KpiError } from '../errors';
import type { Calendar } from '../time/calendar';
import { GRAIN_MS } from '../time/grain';

import { createGrid, type Grid } from './grid';

/** One stored series: parallel arrays in ascending time. */
export interface KpiSeries {
  dims: Readonly<Record<string, string>>;
  times: ArrayLike<number>;
  values: ArrayLike<number>;
  weights?: ArrayLike<number | null>;
}

export interface Steps {
  grid: Grid;
  /** NaN where nothing is known */
  values: Float64Array;
  /** total weight of each step, for weighted means */
  weights: Float64Array | null;
  /** members that have a value */
  present: Float64Array;
  /** members that are expected to have one; at least 1 */
  expected: Float64Array;
  /** one past the last step with a value of its own (not carried); 0 when there is none */
  end: number;
}

/** A member that was silent for this many judged periods is no longer expected. */
const LAPSE = 3;

/**
 * Puts the series of a slice onto one grid that ends with the step before `until` (store time of the KPI's grain).
 * @throws KpiError KPI_ROLLUP_REFUSED when several parts meet and the KPI may not be combined over dimensions
 */
export function collapse(kpi: Kpi, series: readonly KpiSeries[], until: number, calendar: Calendar): Steps | null {
  const begun = series.filter((one) => one.times.length > 0 && one.times[0]! < until);
  if (begun.length === 0) {
    return null;
  }
  if (begun.length > 1 && kpi.aggregate.dimensions === 'none') {
    throw new KpiError(
      'KPI_ROLLUP_REFUSED',
      `\`${kpi.id}\` may not be combined over ${kpi.dimensions.join(' and ')}; split by it, or pick one member`,
      { kpi: kpi.id }
    );
  }
  const first = Math.min(...begun.map((one) => one.times[0]!));
  const grid = createGrid(first, kpi.grain, calendar);
  const count = Math.max(0, grid.ceil(until));
  const combined = emptySteps(
    grid,
    count,
    begun.some((one) => one.weights)
  );
  const carry = carriesOver(kpi) ? (kpi.carry ?? DEFAULT_CARRY) : 0;
  const lapse = Math.max(1, Math.round((LAPSE * GRAIN_MS[kpi.judge.at]) / GRAIN_MS[kpi.grain]));
  for (const one of begun) {
    addMember(combined, layOut(one, grid, count, carry), kpi.aggregate.dimensions, lapse);
  }
  finish(combined, kpi.aggregate.dimensions);
  return combined;
}

export function carriesOver(kpi: Kpi): boolean {
  return kpi.carry !== undefined || kpi.aggregate.time === 'last' || kpi.source?.missing === 'carry';
}

function emptySteps(grid: Grid, count: number, weighted: boolean): Steps {
  return {
    grid,
    values: new Float64Array(count).fill(NaN),
    weights: weighted ? new Float64Array(count) : null,
    present: new Float64Array(count),
    expected: new Float64Array(count),
    end: 0,
  };
}

interface Member {
  values: Float64Array;
  weights: Float64Array | null;
  first: number;
  last: number;
}

function layOut(series: KpiSeries, grid: Grid, count: number, carry: number): Member {
  const values = new Float64Array(count).fill(NaN);
  const weights = series.weights ? new Float64Array(count).fill(NaN) : null;
  let first = -1;
  let last = -1;
  for (let i = 0; i < series.times.length; i++) {
    const step = grid.indexOf(series.times[i]!);
    if (step < 0 || step >= count) {
      continue;
    }
    values[step] = series.values[i]!;
    if (weights) {
      weights[step] = series.weights![i] ?? NaN;
    }
    first = first < 0 ? step : first;
    last = step;
  }
  for (let step = 0, known = -1; carry > 0 && step < count; step++) {
    if (!Number.isNaN(values[step]!)) {
      known = step;
    } else if (known >= 0 && step - known <= carry) {
      values[step] = values[known]!;
      if (weights) {
        weights[step] = weights[known]!;
      }
    }
  }
  return { values, weights, first, last };
}

function addMember(steps: Steps, member: Member, how: Kpi['aggregate']['dimensions'], lapse: number): void {
  const { values, weights, present, expected } = steps;
  const until = Math.min(values.length, member.last + 1 + lapse);
  for (let i = Math.max(0, member.first); i < until; i++) {
    expected[i]!++;
  }
  for (let i = Math.max(0, member.first); i < values.length; i++) {
    const value = member.values[i]!;
    if (Number.isNaN(value)) {
      continue;
    }
    const weight = member.weights ? member.weights[i]! : 1;
    if (how === 'weighted_mean' && Number.isNaN(weight)) {
      continue;
    }
    const sofar = values[i]!;
    const started = !Number.isNaN(sofar);
    present[i]!++;
    if (weights) {
      weights[i]! += Number.isNaN(weight) ? 0 : weight;
    }
    switch (how) {
      case 'min':
        values[i] = started ? Math.min(sofar, value) : value;
        break;
      case 'max':
        values[i] = started ? Math.max(sofar, value) : value;
        break;
      case 'weighted_mean':
        values[i] = (started ? sofar : 0) + value * weight;
        break;
      default:
        values[i] = (started ? sofar : 0) + value;
    }
  }
  steps.end = Math.max(steps.end, member.last + 1);
}

function finish(steps: Steps, how: Kpi['aggregate']['dimensions']): void {
  const { values, weights, present, expected } = steps;
  for (let i = 0; i < values.length; i++) {
    expected[i] = Math.max(1, expected[i]!, present[i]!);
    if (how === 'mean' || (how === 'weighted_mean' && !weights)) {
      values[i]! /= present[i]!;
    } else if (how === 'weighted_mean') {
      values[i]! /= weights![i]!;
    }
    if (!Number.isFinite(values[i]!)) {
      values[i] = NaN;
    }
  }
}
