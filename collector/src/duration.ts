/** `45d`, `1h`, `250ms` of a KPI file in milliseconds. */
const UNITS: Record<string, number> = { ms: 1, s: 1000, m: 60_000, h: 3_600_000, d: 86_400_000, w: 7 * 86_400_000 };

/** @throws RangeError for what the catalogue's schema does not let through */
export function milliseconds(duration: string): number {
  const match = /^(\d+)\s*(ms|s|m|h|d|w)$/.exec(duration);
  if (!match) {
    throw new RangeError(`\`${duration}\` is no duration; write a number and one of ms, s, m, h, d, w`);
  }
  return Number(match[1]) * UNITS[match[2]!]!;
}
