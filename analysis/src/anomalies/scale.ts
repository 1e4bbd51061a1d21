/** In which scale values vary evenly: as they are, by their roots (counts), or by their logarithms (what grows in proportion). */
import { median, robustDeviation } from '../decomposition/median';

export interface Scale {
  name: 'plain' | 'root' | 'logarithm';
  to(value: number): number;
  back(scaled: number): number;
}

const PLAIN: Scale = { name: 'plain', to: (value) => value, back: (scaled) => scaled };
const ROOT: Scale = { name: 'root', to: Math.sqrt, back: (scaled) => Math.max(0, scaled) ** 2 };
const LOGARITHM: Scale = { name: 'logarithm', to: Math.log, back: Math.exp };

const LEAST_VALUES = 24;

/** The scale in which the steps among high values are most like those among low ones. */
export function evenScale(values: ArrayLike<number>): Scale {
  const there = Float64Array.from(values).filter(Number.isFinite);
  const least = there.reduce((min, value) => Math.min(min, value), Infinity);
  if (there.length < LEAST_VALUES || least < 0) {
    return PLAIN;
  }
  const middle = median(there);
  const unevenness = ({ to }: Scale): number => {
    const high: number[] = [];
    const low: number[] = [];
    for (let i = 1; i < values.length; i++) {
      const step = to(values[i]!) - to(values[i - 1]!);
      if (step === step) {
        (values[i]! > middle ? high : low).push(step);
      }
    }
    const [above, below] = [robustDeviation(high, 0), robustDeviation(low, 0)];
    return above > 0 && below > 0 ? Math.abs(Math.log(above / below)) : Infinity;
  };
  const candidates = least > 0 ? [PLAIN, ROOT, LOGARITHM] : [PLAIN, ROOT];
  return candidates.reduce((best, scale) => (unevenness(scale) < unevenness(best) ? scale : best));
}
