/** What a series is made of: a trend, its seasons, and what is left. */
import { stl } from './stl';

export interface Season {
  /** steps */
  length: number;
  values: Float64Array;
  /** 0 (none) to 1 (all there is beside the trend): 1 - var(remainder) / var(season + remainder) (Wang, Smith & Hyndman 2006) */
  strength: number;
}

export interface Decomposition {
  trend: Float64Array;
  /** shortest first */
  seasons: Season[];
  /** NaN where the value was missing */
  remainder: Float64Array;
}

const ROUNDS = 2;

/**
 * Several seasons by turns of STL: MSTL (Bandara, Hyndman & Bergmeir 2021). Values are the sum of trend, seasons and
 * remainder.
 * @param values equally spaced, NaN = missing (bridged by straight lines for the fit)
 * @param lengths of seasons, whole steps; one of which there are not two in the series is left out
 */
export function decompose(
  values: ArrayLike<number>,
  lengths: readonly number[],
  { robust = false }: { robust?: boolean } = {}
): Decomposition {
  const filled = bridged(values);
  const periods = [...new Set(lengths)].filter((m) => m >= 2 && values.length >= 2 * m).sort((a, b) => a - b);
  const missing = (value: number, i: number) => (Number.isFinite(values[i]) ? value : NaN);
  if (periods.length === 0) {
    const { trend, remainder } = trendAlone(filled, robust);
    return { trend, seasons: [], remainder: remainder.map(missing) };
  }
  const found = periods.map(() => new Float64Array(filled.length));
  let rest: Float64Array = filled;
  let trend: Float64Array = filled;
  for (let round = 0; round < (periods.length > 1 ? ROUNDS : 1); round++) {
    periods.forEach((period, i) => {
      const own = rest.map((value, t) => value + found[i]![t]!);
      const seasonal = periods.length > 1 ? 7 + 4 * (i + 1) : 7;
      const part = stl(own, { period, seasonal, robust });
      found[i] = Float64Array.from(part.season);
      trend = part.trend;
      rest = own.map((value, t) => value - part.season[t]!);
    });
  }
  const remainder = rest.map((value, t) => value - trend[t]!);
  const seasons = periods.map((length, i) => ({ length, values: found[i]!, strength: strength(found[i]!, remainder) }));
  return { trend, seasons, remainder: remainder.map(missing) };
}

/** Values less their seasons. */
export function seasonallyAdjusted(values: ArrayLike<number>, lengths: readonly number[]): Float64Array {
  const { seasons } = decompose(values, lengths, { robust: true });
  return Float64Array.from(values, (value, t) => seasons.reduce((rest, season) => rest - season.values[t]!, value));
}

/** Without a season the trend is what STL would draw through a fifth of the values. */
function trendAlone(values: Float64Array, robust: boolean) {
  const period = Math.max(2, Math.floor(values.length / 10));
  if (values.length < 2 * period || values.length < 4) {
    const mean = values.reduce((sum, value) => sum + value, 0) / (values.length || 1);
    return { trend: values.map(() => mean), remainder: values.map((value) => value - mean) };
  }
  const { trend } = stl(values, { period, robust });
  return { trend, remainder: values.map((value, t) => value - trend[t]!) };
}

function strength(season: Float64Array, remainder: Float64Array): number {
  const variance = (values: Float64Array) => {
    const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
    return values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  };
  const all = variance(season.map((value, t) => value + remainder[t]!));
  return all > 0 ? Math.max(0, 1 - variance(remainder) / all) : 0;
}

/** Gaps bridged by straight lines, the ends carried outwards; zeros when there is nothing at all. */
export function bridged(values: ArrayLike<number>): Float64Array {
  const out = Float64Array.from(values);
  let last = -1;
  for (let i = 0; i <= out.length; i++) {
    if (i < out.length && !Number.isFinite(out[i])) {
      continue;
    }
    const next = i < out.length ? out[i]! : last >= 0 ? out[last]! : 0;
    const from = last >= 0 ? out[last]! : next;
    for (let k = last + 1; k < i; k++) {
      out[k] = from + ((next - from) * (k - last)) / (i - last);
    }
    last = i;
  }
  return out;
}
