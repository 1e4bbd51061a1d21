/** A range of values along a number of pixels. */
export interface Scale {
  min: number;
  max: number;
  /** pixel of a value */
  at(value: number): number;
}

/** @param length pixels from `min` to `max`; negative for an axis that goes up */
export function linearScale(min: number, max: number, start: number, length: number): Scale {
  const span = max - min || 1;
  return { min, max, at: (value) => start + ((value - min) / span) * length };
}

/** The range of values with a little air; one that does not vary stands in the middle. */
export function rangeOf(values: ReadonlyArray<number | null>): [number, number] | null {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (value !== null && Number.isFinite(value)) {
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
  }
  if (min > max) {
    return null;
  }
  const air = max > min ? (max - min) * 0.05 : Math.abs(max) * 0.1 || 1;
  return [min - air, max + air];
}

/** Round values within a range, at most `most` and at least one: 1, 2 or 5 times a power of ten apart. */
export function niceTicks(min: number, max: number, most: number): number[] {
  const rough = (max - min) / Math.max(1, most);
  const power = 10 ** Math.floor(Math.log10(rough));
  for (const factor of [1, 2, 5, 10, 20]) {
    const step = factor * power;
    const first = Math.ceil(min / step - 1e-9);
    const last = Math.floor(max / step + 1e-9);
    if (last - first + 1 <= most) {
      return last >= first
        ? Array.from({ length: last - first + 1 }, (_, i) => tidy((first + i) * step))
        : [(min + max) / 2];
    }
  }
  return [(min + max) / 2];
}

/** 0.30000000000000004 is 0.3, and there is no minus zero. */
function tidy(value: number): number {
  return Number(value.toPrecision(12)) || 0;
}
