/** Seasonal and trend decomposition by local regression: STL (Cleveland, Cleveland, McRae & Terpenning 1990). */
import { median } from './median';
import { smooth, valueAt } from './loess';

export interface StlOptions {
  /** steps in a season, at least 2 */
  period: number;
  /** how many seasons count when one of them is smoothed; odd, default 7 */
  seasonal?: number;
  /** values that stand out are trusted less; default false */
  robust?: boolean;
}

export interface Stl {
  trend: Float64Array;
  season: Float64Array;
  remainder: Float64Array;
}

/** As the authors advise: more rounds of one kind need fewer of the other. */
const ROUNDS = { plain: { inner: 5, outer: 0 }, robust: { inner: 2, outer: 15 } };

/** @param values without gaps, at least two periods long */
export function stl(values: Float64Array, { period, seasonal = 7, robust = false }: StlOptions): Stl {
  const n = values.length;
  const rounds = robust ? ROUNDS.robust : ROUNDS.plain;
  const spans = {
    seasonal,
    trend: oddAbove((1.5 * period) / (1 - 1.5 / seasonal)),
    low: oddAbove(period + 1),
  };
  let trend: Float64Array = new Float64Array(n);
  let season: Float64Array = new Float64Array(n);
  let trust: Float64Array | null = null;
  for (let round = 0; ; round++) {
    for (let inner = 0; inner < rounds.inner; inner++) {
      season = seasonOf(minus(values, trend), period, spans, trust);
      trend = smooth({ values: minus(values, season), span: spans.trend, trust });
    }
    if (round === rounds.outer) {
      break;
    }
    trust = trustOf(minus(minus(values, trend), season));
  }
  return { trend, season, remainder: minus(minus(values, trend), season) };
}

/** The smallest odd whole number that is not below x. */
function oddAbove(x: number): number {
  const whole = Math.ceil(x);
  return whole % 2 === 1 ? whole : whole + 1;
}

function minus(a: Float64Array, b: Float64Array): Float64Array {
  return a.map((value, i) => value - b[i]!);
}

type Spans = Record<'seasonal' | 'trend' | 'low', number>;

/** Each place in the season smoothed over the seasons, less what of that is not seasonal. */
function seasonOf(values: Float64Array, period: number, spans: Spans, trust: Float64Array | null): Float64Array {
  const n = values.length;
  const cycle = new Float64Array(n + 2 * period);
  for (let place = 0; place < period; place++) {
    const count = Math.floor((n - place - 1) / period) + 1;
    const pick = (from: Float64Array) => Float64Array.from({ length: count }, (_, k) => from[place + k * period]!);
    const loess = { values: pick(values), span: spans.seasonal, trust: trust && pick(trust) };
    const inside = smooth(loess);
    const before = valueAt(loess, -1, 0, Math.min(spans.seasonal, count) - 1);
    const after = valueAt(loess, count, Math.max(0, count - spans.seasonal), count - 1);
    cycle[place] = before === before ? before : inside[0]!;
    inside.forEach((value, k) => (cycle[place + (k + 1) * period] = value));
    cycle[place + (count + 1) * period] = after === after ? after : inside[count - 1]!;
  }
  const passed = movingMean(movingMean(movingMean(cycle, period), period), 3);
  const low = smooth({ values: passed, span: spans.low, trust: null });
  return low.map((value, i) => cycle[i + period]! - value);
}

function movingMean(values: Float64Array, span: number): Float64Array {
  const out = new Float64Array(values.length - span + 1);
  let sum = 0;
  for (let i = 0; i < values.length; i++) {
    sum += values[i]! - (i >= span ? values[i - span]! : 0);
    if (i >= span - 1) {
      out[i - span + 1] = sum / span;
    }
  }
  return out;
}

/** Tukey's biweight over six times the median distance. */
function trustOf(remainder: Float64Array): Float64Array {
  const distance = remainder.map(Math.abs);
  const reach = 6 * median(distance);
  return distance.map((d) => (d <= 0.001 * reach ? 1 : d <= 0.999 * reach ? (1 - (d / reach) ** 2) ** 2 : 0));
}
