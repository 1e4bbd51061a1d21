/** What returns: by the place in the season, the day of the month, the holiday. Fitted robustly around a moving level. */
import { median, robustDeviation } from '../decomposition/median';

export interface Groups {
  /** of each step, the group that it belongs to; null for none */
  of: ReadonlyArray<string | number | null>;
  /** strength of the pull to zero, in steps: a group of few says little */
  ridge: number;
}

/**
 * The effect of each step: the sum of its groups' effects, by turns of robust means (Huber 1964) of what the others leave.
 * @param distances values less their level, NaN = missing
 */
export function effectsOf(distances: Float64Array, groups: readonly Groups[]): Float64Array {
  const parts = groups.map(() => new Float64Array(distances.length));
  for (let round = 0; round < ROUNDS; round++) {
    groups.forEach(({ of, ridge }, g) => {
      const left = distances.map((distance, i) =>
        parts.reduce((rest, part, p) => (p === g ? rest : rest - part[i]!), distance)
      );
      const members = new Map<string | number, number[]>();
      of.forEach((name, i) => {
        if (name !== null && left[i] === left[i]) {
          const its = members.get(name);
          if (its) {
            its.push(i);
          } else {
            members.set(name, [i]);
          }
        }
      });
      const means = new Map(
        [...members].map(([name, its]) => [
          name,
          shrunk(
            its.map((i) => left[i]!),
            ridge
          ),
        ])
      );
      of.forEach((name, i) => (parts[g]![i] = name === null ? 0 : (means.get(name) ?? 0)));
    });
  }
  return distances.map((_, i) => parts.reduce((sum, part) => sum + part[i]!, 0));
}

const ROUNDS = 4;
const FAR = 1.5;

/** Huber's mean, drawn to zero. */
function shrunk(values: readonly number[], ridge: number): number {
  const centre = median(values);
  const reach = FAR * robustDeviation(values, centre);
  let sum = 0;
  for (const value of values) {
    sum += reach > 0 ? centre + Math.max(-reach, Math.min(reach, value - centre)) : centre;
  }
  return sum / (values.length + ridge);
}
