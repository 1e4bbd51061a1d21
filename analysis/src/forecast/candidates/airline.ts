import { between, minimise } from '../nelder-mead';

import type { Candidate } from './candidate';

/**
 * Seasonal ARIMA by least squares (Box & Jenkins 1970), after one seasonal difference where there is a season:
 * `moving`, the airline model (0,1,1)(0,1,1); `returning`, (1,0,1)(0,1,1) with drift, whose level comes back.
 */
export function airline(kind: 'moving' | 'returning'): Candidate {
  return ({ values, seasons }, horizon) => {
    const lag = (seasons[0] ?? 0) > 1 ? seasons[0]! : 0;
    const n = values.length;
    if (n < 2 * lag + 8 || (kind === 'returning' && lag === 0 && n < 16)) {
      return null;
    }
    const step = kind === 'moving' ? 1 : 0;
    const offset = lag + step;
    const changes = Float64Array.from({ length: n - offset }, (_, i) => {
      const t = i + offset;
      const season = (at: number) => values[at]! - (lag > 0 ? values[at - lag]! : 0);
      return step === 1 ? season(t) - season(t - 1) : season(t);
    });
    const drift = kind === 'returning' ? changes.reduce((sum, change) => sum + change, 0) / changes.length : 0;
    const centred = changes.map((change) => change - drift);
    const read = (x: readonly number[]): Moving => ({
      near: between(-0.98, 0.98, x[0]!),
      far: lag > 0 ? between(-0.98, 0.98, x[1]!) : 0,
      stays: kind === 'returning' ? between(-0.6, 0.995, x[2]!) : 0,
    });
    const start = kind === 'moving' ? [0.8, 0.8] : [0, 0.8, 1.5];
    const found = read(
      minimise(
        (x) => missesOf(centred, lag, read(x)).error,
        start,
        start.map(() => 0.7),
        { rounds: 110 }
      )
    );
    const { misses } = missesOf(centred, lag, found);
    const miss = (i: number) => (i >= 0 && i < misses.length ? misses[i]! : 0);
    const all = new Float64Array(n + horizon);
    all.set(values);
    let last = centred.at(-1) ?? 0;
    for (let h = 0; h < horizon; h++) {
      const t = n + h;
      const i = t - offset;
      last =
        found.stays * last -
        found.near * miss(i - 1) -
        (lag > 0 ? found.far * miss(i - lag) - found.near * found.far * miss(i - lag - 1) : 0);
      const season = lag > 0 ? all[t - lag]! : 0;
      const level = step === 1 ? all[t - 1]! - (lag > 0 ? all[t - lag - 1]! : 0) : 0;
      all[t] = season + level + drift + last;
    }
    return all.subarray(n);
  };
}

interface Moving {
  near: number;
  far: number;
  stays: number;
}

function missesOf(changes: Float64Array, lag: number, { near, far, stays }: Moving) {
  const misses = new Float64Array(changes.length);
  let error = 0;
  for (let t = 0; t < changes.length; t++) {
    let miss = changes[t]!;
    if (t >= 1) {
      miss += near * misses[t - 1]! - stays * changes[t - 1]!;
    }
    if (lag > 0 && t >= lag) {
      miss += far * misses[t - lag]!;
      if (t > lag) {
        miss -= near * far * misses[t - lag - 1]!;
      }
    }
    misses[t] = miss;
    error += miss * miss;
  }
  return { misses, error };
}
