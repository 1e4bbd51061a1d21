/**
 * The least value of a function of a few variables, by a simplex that walks downhill (Nelder & Mead 1965). Deterministic.
 * @param start one value a variable
 * @param step how far the first simplex reaches, per variable
 */
export function minimise(
  of: (x: readonly number[]) => number,
  start: readonly number[],
  step: readonly number[],
  { rounds = 60 * start.length, tolerance = 1e-8 } = {}
): number[] {
  const value = (x: readonly number[]) => {
    const y = of(x);
    return y === y ? y : Infinity;
  };
  const points = [start.slice(), ...start.map((_, k) => start.map((x, i) => (i === k ? x + step[k]! : x)))];
  const simplex = points.map((x) => ({ x, y: value(x) }));
  for (let round = 0; round < rounds; round++) {
    simplex.sort((a, b) => a.y - b.y);
    const best = simplex[0]!;
    const worst = simplex.at(-1)!;
    if (!(worst.y - best.y > tolerance * (Math.abs(best.y) + tolerance))) {
      break;
    }
    const others = simplex.slice(0, -1);
    const centre = start.map((_, i) => others.reduce((sum, { x }) => sum + x[i]!, 0) / others.length);
    const away = (by: number) => {
      const x = centre.map((c, i) => c + by * (worst.x[i]! - c));
      return { x, y: value(x) };
    };
    const mirrored = away(-1);
    if (mirrored.y < best.y) {
      const further = away(-2);
      simplex[simplex.length - 1] = further.y < mirrored.y ? further : mirrored;
    } else if (mirrored.y < others.at(-1)!.y) {
      simplex[simplex.length - 1] = mirrored;
    } else {
      const nearer = mirrored.y < worst.y ? away(-0.5) : away(0.5);
      if (nearer.y < Math.min(worst.y, mirrored.y)) {
        simplex[simplex.length - 1] = nearer;
      } else {
        for (const one of simplex.slice(1)) {
          one.x = one.x.map((x, i) => best.x[i]! + (x - best.x[i]!) / 2);
          one.y = value(one.x);
        }
      }
    }
  }
  return simplex.sort((a, b) => a.y - b.y)[0]!.x;
}

/** A number between two, from any number: what is searched without bounds stays within them. */
export function between(low: number, high: number, x: number): number {
  return low + (high - low) / (1 + Math.exp(-x));
}
