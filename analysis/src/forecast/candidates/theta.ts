import { usualPlaces } from '../../decomposition/usual-places';
import { between, minimise } from '../nelder-mead';

import type { Candidate } from './candidate';

/** The dynamic optimised Theta model (Fiorucci, Pellegrini, Louzada, Petropoulos & Koehler 2016) on adjusted values. */
export const theta: Candidate = ({ values, seasons }, horizon) => {
  const n = values.length;
  if (n < 8) {
    return null;
  }
  const length = seasons[0] ?? 1;
  const isSeasonal = length > 1 && n >= 2 * length;
  const isPositive = values.every((value) => value > 0);
  const scaled = isPositive ? values.map(Math.log) : values;
  const { usual } = isSeasonal ? usualPlaces(scaled, length) : { usual: [0] };
  const place = (i: number) => (isPositive ? Math.exp(usual[i % usual.length]!) : usual[i % usual.length]!);
  const adjusted = values.map((value, i) => (isPositive ? value / place(i) : value - place(i)));
  const read = ([a, b]: readonly number[]) => ({ alpha: between(0.01, 0.999, a!), weight: between(0, 1, b!) });
  const found = read(minimise((x) => course(adjusted, read(x), 0).error, [0, 0], [1, 1], { rounds: 80 }));
  const ahead = course(adjusted, found, horizon).ahead;
  return Float64Array.from(ahead, (value, h) => (isPositive ? value * place(n + h) : value + place(n + h)));
};

/** @param weight 1 - 1/θ: the share of the line */
function course(values: Float64Array, { alpha, weight }: { alpha: number; weight: number }, horizon: number) {
  const n = values.length;
  let level = values[0]!;
  let mean = values[0]!;
  let slope = 0;
  let intercept = values[0]!;
  let decay = 1 - alpha;
  let error = 0;
  const ahead: number[] = [];
  for (let t = 2; t <= n + horizon; t++) {
    const line = decay * intercept + ((1 - decay * (1 - alpha)) / alpha) * slope;
    const expected = level + weight * line;
    const value = t <= n ? values[t - 1]! : expected;
    if (t <= n) {
      error += t > 3 ? (value - expected) ** 2 : 0;
    } else {
      ahead.push(expected);
    }
    level = alpha * value + (1 - alpha) * level;
    slope = ((t - 2) * slope + (6 * (value - mean)) / t) / (t + 1);
    mean = ((t - 1) * mean + value) / t;
    intercept = mean - ((t + 1) / 2) * slope;
    decay *= 1 - alpha;
  }
  return { error, ahead };
}
