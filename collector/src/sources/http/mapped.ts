/** What a mapping gives, as records. */
import type { RawRecord } from '../source';

export function recordsOfMapped(mapped: unknown): RawRecord[] {
  return (Array.isArray(mapped) ? mapped : [mapped]).map((item: unknown, i): RawRecord => {
    const where = `item ${i + 1}`;
    if (typeof item !== 'object' || item === null || Array.isArray(item)) {
      const broken = `the mapping gives ${JSON.stringify(item)?.slice(0, 80)}, not {period, value, …}`;
      return { period: null, value: null, dims: {}, where, broken };
    }
    const { period, value, weight, ...dims } = item as Record<string, unknown>;
    return { period, value, weight, dims, where };
  });
}

/** For messages about an answer in which a mapping found nothing. */
export function shapeOf(answer: unknown): string {
  if (Array.isArray(answer)) {
    return `a list of ${answer.length}`;
  }
  return typeof answer === 'object' && answer !== null
    ? `the fields ${Object.keys(answer).slice(0, 20).join(', ') || '(none)'}`
    : `a ${typeof answer}`;
}
