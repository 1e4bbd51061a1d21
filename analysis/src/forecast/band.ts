/**
 * How far the truth may lie from the forecast, by how far it lay in the back-test (conformal prediction, Vovk et al. 2005;
 * on rolling origins as Stankevičiūtė et al. 2021), with a width that grows with the steps ahead.
 */
export interface Past {
  /** of each origin, steps ahead in order */
  forecast: Float64Array;
  actual: Float64Array;
}

/** Half widths of the bands at each step ahead, in the values' unit. */
export interface Widths {
  half50: Float64Array;
  half90: Float64Array;
}

/** How the width grows: with the square root of 1 + growth x (steps - 1). 0 stays, 1 is a random walk. */
const GROWTHS = [0, 0.1, 0.3, 0.7, 1.5];
/** Of few origins the extremes have not been seen yet. */
const FEW = 0.5;
/** Distance that 50 % and 90 % stay within, over the mean distance, where errors are normal. */
const NORMAL_50 = 0.8453;
const NORMAL_90 = 2.0615;

/** @returns null without a back-test */
export function widthsOf(past: readonly Past[], point: Float64Array, isPositive: boolean): Widths | null {
  if (past.length === 0) {
    return null;
  }
  const absolute = widthsBy(past, point, false);
  const all = [point, ...past.map(({ forecast }) => forecast)];
  const inProportion =
    isPositive && all.every((values) => values.every((value) => value > 0)) ? widthsBy(past, point, true) : null;
  // Neighbouring origins overlap by half.
  const caution = 1 + FEW / Math.max(1, past.length / 2);
  const between = (a: Float64Array, b: Float64Array | undefined) =>
    a.map((width, h) => caution * (b ? Math.sqrt(width * b[h]!) : width));
  return {
    half50: between(absolute.half50, inProportion?.half50),
    half90: between(absolute.half90, inProportion?.half90),
  };
}

/** In the values' unit, or in proportion to the forecast; of several growths the one with the best interval score. */
function widthsBy(past: readonly Past[], point: Float64Array, inProportion: boolean): Widths {
  const unit = (forecast: number) => (inProportion ? forecast : 1);
  let best = { score: Infinity, growth: 0, near: 0, far: 0 };
  for (const growth of GROWTHS) {
    const distances: number[] = [];
    for (const { forecast, actual } of past) {
      forecast.forEach((value, h) => distances.push(Math.abs(actual[h]! - value) / (unit(value) * reach(growth, h))));
    }
    distances.sort((a, b) => a - b);
    const mean = distances.reduce((sum, distance) => sum + distance, 0) / distances.length;
    const near = Math.sqrt(quantile(distances, 0.5) * NORMAL_50 * mean);
    const far = Math.sqrt(quantile(distances, 0.9) * NORMAL_90 * mean);
    let score = 0;
    for (const { forecast, actual } of past) {
      forecast.forEach((value, h) => {
        const half = far * unit(value) * reach(growth, h);
        score += 2 * half + 20 * Math.max(0, Math.abs(actual[h]! - value) - half);
      });
    }
    if (score < best.score) {
      best = { score, growth, near, far };
    }
  }
  const by = (width: number) => point.map((value, h) => width * unit(value) * reach(best.growth, h));
  return { half50: by(Math.min(best.near, best.far)), half90: by(best.far) };
}

function reach(growth: number, step: number): number {
  return Math.sqrt(1 + growth * step);
}

/** With the correction for finite samples that makes it conformal. */
function quantile(sorted: readonly number[], share: number): number {
  return sorted[Math.min(sorted.length, Math.ceil((sorted.length + 1) * share)) - 1]!;
}
