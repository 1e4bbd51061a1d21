/**
 * An order of things in which those that are alike stand together: leaves of average-linkage clustering (Sokal & Michener
 * 1958), each pair of branches turned so that their nearer ends touch.
 * @param distance symmetric, n x n row by row, 0 = the same; NaN counts as the greatest
 * @returns indices, the same for the same input
 */
export function clusterOrder(distance: ArrayLike<number>, n: number): number[] {
  const at = (i: number, j: number) => (Number.isNaN(distance[i * n + j]!) ? Infinity : distance[i * n + j]!);
  const greatest = Array.from({ length: n * n }, (_, k) => distance[k]!).reduce((max, d) => (d > max ? d : max), 0);
  const between = Array.from({ length: n }, (_, i) =>
    Array.from({ length: n }, (_, j) => Math.min(at(i, j), greatest))
  );
  const leaves: number[][] = Array.from({ length: n }, (_, i) => [i]);
  const alive = leaves.map((_, i) => i);
  while (alive.length > 1) {
    const [a, b] = nearest(alive, between);
    const [sizeA, sizeB] = [leaves[a]!.length, leaves[b]!.length];
    for (const other of alive) {
      const mean = (sizeA * between[a]![other]! + sizeB * between[b]![other]!) / (sizeA + sizeB);
      between[a]![other] = mean;
      between[other]![a] = mean;
    }
    leaves[a] = joined(leaves[a]!, leaves[b]!, at);
    alive.splice(alive.indexOf(b), 1);
  }
  return alive.length > 0 ? leaves[alive[0]!]! : [];
}

function nearest(alive: readonly number[], between: readonly number[][]): [number, number] {
  let best: [number, number] = [alive[0]!, alive[1]!];
  let least = Infinity;
  for (let i = 0; i < alive.length; i++) {
    for (let j = i + 1; j < alive.length; j++) {
      const d = between[alive[i]!]![alive[j]!]!;
      if (d < least) {
        least = d;
        best = [alive[i]!, alive[j]!];
      }
    }
  }
  return best;
}

function joined(a: number[], b: number[], at: (i: number, j: number) => number): number[] {
  const ways: Array<[number[], number[]]> = [
    [a, b],
    [a, b.toReversed()],
    [a.toReversed(), b],
    [b, a],
  ];
  const gap = ([first, second]: [number[], number[]]) => at(first.at(-1)!, second[0]!);
  return ways.reduce((best, way) => (gap(way) < gap(best) ? way : best)).flat();
}
