/** What every store asks of a point, and how series are named and ordered: the same for all implementations. */
import type { Point, WriteOutcome } from './store';

/** Times that every store can hold: InfluxDB counts nanoseconds in 64 bits. Half-open, epoch milliseconds. */
export const TIME_RANGE = { from: Date.UTC(1678, 0, 1), to: Date.UTC(2262, 0, 1) } as const;

/** The longest member of a dimension, in characters. */
export const MEMBER_LENGTH = 1000;

const NAME = /^[a-z][a-z0-9_]{0,63}$/;
/** what a measurement `kpi` calls its own */
const RESERVED = new Set(['kpi', 'v', 'time', 'value', 'weight', 'void']);

/** Whether a store may hold a dimension of that name. */
export function isDimension(name: string): boolean {
  return NAME.test(name) && !RESERVED.has(name);
}

/** Whether a store may hold a KPI of that id. */
export function isKpi(id: string): boolean {
  return NAME.test(id);
}

/** Why no store would take the point, or null when it is sound. */
export function refusal(point: Point): string | null {
  if (!isKpi(point.kpi)) {
    return `\`${shorten(point.kpi)}\` is no id of a KPI`;
  }
  if (!Number.isInteger(point.v) || point.v < 0 || point.v > 0x7fffffff) {
    return `version ${point.v} is not a whole number from 0`;
  }
  if (!Number.isInteger(point.time) || point.time < TIME_RANGE.from || point.time >= TIME_RANGE.to) {
    return `time ${point.time} is no millisecond between the years 1678 and 2261`;
  }
  if (!Number.isFinite(point.value)) {
    return `value ${point.value} is not a finite number`;
  }
  if (point.weight !== undefined && !(Number.isFinite(point.weight) && point.weight > 0)) {
    return `weight ${point.weight} is not a finite number above zero`;
  }
  for (const [dimension, member] of Object.entries(point.dims)) {
    const reason = refusedMember(dimension, member);
    if (reason) {
      return reason;
    }
  }
  return null;
}

/** Sorts out the points that no store would take. */
export function partition(points: readonly Point[]): { sound: Point[]; rejected: WriteOutcome['rejected'] } {
  const sound: Point[] = [];
  const rejected: WriteOutcome['rejected'] = [];
  for (const point of points) {
    const reason = refusal(point);
    if (reason) {
      rejected.push({ point, reason });
    } else {
      sound.push(point);
    }
  }
  return { sound, rejected };
}

function refusedMember(dimension: string, member: unknown): string | null {
  if (!isDimension(dimension)) {
    return `\`${shorten(dimension)}\` is no name of a dimension`;
  }
  if (typeof member !== 'string' || member === '') {
    return `the member of \`${dimension}\` is empty; write (none)`;
  }
  if (member.length > MEMBER_LENGTH) {
    return `the member of \`${dimension}\` has ${member.length} characters, ${MEMBER_LENGTH} are allowed`;
  }
  // half a surrogate pair has no UTF-8, so that two different members would become one
  return /\p{Surrogate}/u.test(member) ? `the member of \`${dimension}\` is not valid Unicode` : null;
}

function shorten(text: unknown): string {
  return String(text).slice(0, 80);
}

/** The dimensions as JSON with sorted names: equal for equal dimensions, and an order to sort series by. */
export function dimsKey(dims: Readonly<Record<string, string>>): string {
  return JSON.stringify(Object.fromEntries(Object.entries(dims).sort(([a], [b]) => (a < b ? -1 : 1))));
}

/** Orders series by kpi, then by dimensions. */
export function bySeries(
  a: { kpi: string; dims: Readonly<Record<string, string>> },
  b: { kpi: string; dims: Readonly<Record<string, string>> }
): number {
  return compare(a.kpi, b.kpi) || compare(dimsKey(a.dims), dimsKey(b.dims));
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** Cuts half-open bounds to the times that a store can hold. */
export function withinRange(from: number, to: number): { from: number; to: number } {
  return { from: Math.ceil(Math.max(from, TIME_RANGE.from)), to: Math.ceil(Math.min(to, TIME_RANGE.to)) };
}
