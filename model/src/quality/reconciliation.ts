/** Whether a value agrees with what it is made of. */

/** How far they may lie apart: a share of the larger, or an amount. */
export type Tolerance = { share: number } | { amount: number };

/** `0.5 %` or an amount. */
export function readTolerance(given: string | number): Tolerance {
  return typeof given === 'number' ? { amount: given } : { share: Number(given.replace(/\s*%$/, '')) / 100 };
}

export function agree(value: number, other: number, tolerance: Tolerance): boolean {
  const most = 'amount' in tolerance ? tolerance.amount : tolerance.share * Math.max(Math.abs(value), Math.abs(other));
  // Sums of many parts differ by a last digit.
  return Math.abs(value - other) <= most + 1e-9 * Math.max(1, Math.abs(value), Math.abs(other));
}
