/** Exponential smoothing (Hyndman, Koehler, Ord & Snyder 2008), its parameters by least squared errors one step ahead. */
import { between, minimise } from '../nelder-mead';

import type { Candidate } from './candidate';

interface Parameters {
  level: number;
  trend: number;
  season: number;
  /** share of the trend that is left after a step */
  damping: number;
}

type Kind = 'none' | 'additive' | 'multiplicative';

interface State {
  level: number;
  trend: number;
  places: Float64Array;
}

/** A longer season has too many places to be smoothed one by one. */
const LONGEST = 24;
const LEAST_DAMPING = 0.8;

/** Level, damped trend and one season, added to it or multiplied by it: whichever fits better. */
export function smoothing(kind: Kind): Candidate {
  return ({ values, seasons }, horizon) => {
    const length = kind === 'none' ? 1 : (seasons[0] ?? 1);
    const isPositive = values.every((value) => value > 0);
    if (values.length < Math.max(2 * length + 2, 8) || length > LONGEST || (kind !== 'none' && length === 1)) {
      return null;
    }
    if (kind === 'multiplicative' && !isPositive) {
      return null;
    }
    const start = startOf(values, length, kind);
    const withTrend = fitted(values, length, kind, start, true);
    const without = fitted(values, length, kind, { ...start, trend: 0 }, false);
    const best = withTrend.criterion < without.criterion ? withTrend : without;
    const { state } = run(values, length, kind, best.start, best.parameters);
    let reach = 0;
    let share = 1;
    return Float64Array.from({ length: horizon }, (_, h) => {
      share *= best.parameters.damping;
      reach += share;
      const line = state.level + reach * state.trend;
      const place = state.places[(values.length + h) % length]!;
      return kind === 'multiplicative' ? line * place : line + place;
    });
  };
}

interface Fitted {
  parameters: Parameters;
  start: State;
  /** Akaike's, corrected for short series */
  criterion: number;
}

function fitted(values: Float64Array, length: number, kind: Kind, start: State, hasTrend: boolean): Fitted {
  const read = ([level, trend, season, damping]: readonly number[]): Parameters => {
    const alpha = between(1e-4, 0.9999, level!);
    return {
      level: alpha,
      trend: hasTrend ? between(1e-4, alpha, trend!) : 0,
      season: kind === 'none' ? 0 : between(1e-4, 1 - alpha, season!),
      damping: hasTrend ? between(LEAST_DAMPING, 0.995, damping!) : 1,
    };
  };
  const error = (x: readonly number[]) => run(values, length, kind, start, read(x)).error;
  const found = minimise(error, [-0.5, -2, -2, 1.5], [1, 1, 1, 1], { rounds: 160 });
  const n = values.length;
  const k = 3 + (hasTrend ? 3 : 0) + (kind === 'none' ? 0 : length);
  const criterion = n * Math.log(error(found) / n) + 2 * k + (2 * k * (k + 1)) / Math.max(1, n - k - 1);
  return { parameters: read(found), start, criterion };
}

function run(values: Float64Array, length: number, kind: Kind, start: State, parameters: Parameters) {
  const { level: alpha, trend: beta, season: gamma, damping } = parameters;
  const places = Float64Array.from(start.places);
  const multiplies = kind === 'multiplicative';
  let { level, trend } = start;
  let error = 0;
  for (let t = 0; t < values.length; t++) {
    const value = values[t]!;
    const i = t % length;
    const place = places[i]!;
    const line = level + damping * trend;
    const miss = value - (multiplies ? line * place : line + place);
    error += miss * miss;
    const before = level;
    level = line + alpha * (multiplies ? miss / place : miss);
    trend = damping * trend + beta * (level - before - damping * trend);
    if (kind === 'additive') {
      places[i] = place + gamma * miss;
    } else if (multiplies) {
      places[i] = place + (gamma * miss) / line;
    }
  }
  return { error, state: { level, trend, places } };
}

/** From the first two seasons or so: level and trend of their means, places by their distance from these. */
function startOf(values: Float64Array, length: number, kind: Kind): State {
  const used = Math.min(values.length, Math.max(3 * length, 10));
  const count = Math.max(2, Math.floor(used / Math.max(length, 1)));
  const span = length === 1 ? Math.floor(used / 2) : length;
  const mean = (from: number, to: number) => {
    let sum = 0;
    for (let i = from; i < to; i++) {
      sum += values[i]!;
    }
    return sum / (to - from);
  };
  const first = mean(0, span);
  const trend = (mean(span, 2 * span) - first) / span;
  const places = new Float64Array(length).fill(kind === 'multiplicative' ? 1 : 0);
  if (kind !== 'none') {
    for (let i = 0; i < length; i++) {
      let sum = 0;
      let n = 0;
      for (let k = 0; k < count && (k + 1) * length <= values.length; k++) {
        const around = mean(k * length, (k + 1) * length);
        const value = values[k * length + i]!;
        sum += kind === 'multiplicative' ? value / around : value - around;
        n += 1;
      }
      places[i] = sum / n;
    }
  }
  return { level: first - (trend * (span + 1)) / 2, trend, places };
}
