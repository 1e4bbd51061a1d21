/**
 * Chance that is a pure function of a seed and a position: any day can be made by itself, in any order, and comes out
 * the same on every machine.
 */
const { imul, floor } = Math;
const ROOT_3 = Math.sqrt(3);

/** A 32-bit seed from a name (FNV-1a). */
export function seedOf(name: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < name.length; i++) {
    hash = imul(hash ^ name.charCodeAt(i), 0x01000193);
  }
  return hash >>> 0;
}

/** Uniform in [0, 1) (the finaliser of MurmurHash3 over seed and position). */
export function uniform(seed: number, position: number): number {
  let x = (seed ^ imul(position | 0, 0x9e3779b1)) >>> 0;
  x = imul(x ^ (x >>> 16), 0x85ebca6b);
  x = imul(x ^ (x >>> 13), 0xc2b2ae35);
  return ((x ^ (x >>> 16)) >>> 0) / 4294967296;
}

/** Roughly normal, mean 0, deviation 1, never beyond ±3.5: the sum of four uniforms. */
export function normal(seed: number, position: number): number {
  let sum = -2;
  for (let i = 0; i < 4; i++) {
    sum += uniform(seed ^ imul(i + 1, 0x632be5ab), position);
  }
  return sum * ROOT_3;
}

/** A smooth wandering line in [-1, 1]: a uniform value every `span` positions, with ease between. */
export function wander(seed: number, position: number, span: number): number {
  const knot = floor(position / span);
  const t = position / span - knot;
  const a = uniform(seed, knot);
  const b = uniform(seed, knot + 1);
  return 2 * (a + (b - a) * t * t * (3 - 2 * t)) - 1;
}

/** A count of events that happen independently, `mean` of them on average (inversion; normal from 40 up). */
export function poisson(mean: number, seed: number, position: number): number {
  if (mean <= 0) {
    return 0;
  }
  if (mean > 40) {
    return Math.max(0, Math.round(mean + Math.sqrt(mean) * normal(seed, position)));
  }
  const u = uniform(seed, position);
  let probability = Math.exp(-mean);
  let below = probability;
  let count = 0;
  while (u > below && count < 200) {
    count++;
    probability *= mean / count;
    below += probability;
  }
  return count;
}
