/** What the journal keeps: points to be stored, as they passed validation. */
import { dimsKey } from '@kpi-monitor/store/points';
import type { Point } from '@kpi-monitor/store/store';

/** Points that overwrite their keys. */
export interface PointsEntry {
  kind: 'points';
  /** when it was received, epoch milliseconds */
  at: number;
  points: Point[];
}

/**
 * A window of one series that was read as a whole: its points overwrite their keys, and keys of the window that are not
 * among them are withdrawn.
 */
export interface WindowEntry {
  kind: 'window';
  at: number;
  kpi: string;
  v: number;
  /** half-open [from, to), store time */
  from: number;
  to: number;
  points: Point[];
}

export type JournalEntry = PointsEntry | WindowEntry;

/** [kpi, version, dimensions] once, then its times, values and weights: a third of the bytes of points one by one. */
type PackedSeries = [
  kpi: string,
  v: number,
  dims: Readonly<Record<string, string>>,
  times: number[],
  values: number[],
  weights?: Array<number | null>,
  voids?: number[],
];

type Packed = Omit<PointsEntry, 'points'> | Omit<WindowEntry, 'points'>;

export function encodeEntry(entry: JournalEntry): Buffer {
  const { points, ...rest } = entry;
  return Buffer.from(JSON.stringify({ ...rest, series: pack(points) }));
}

/** @throws SyntaxError, TypeError for what `encodeEntry` has not written */
export function decodeEntry(payload: Buffer): JournalEntry {
  const { series, ...rest } = JSON.parse(payload.toString('utf8')) as Packed & { series: PackedSeries[] };
  return { ...rest, points: series.flatMap(unpack) } as JournalEntry;
}

function pack(points: readonly Point[]): PackedSeries[] {
  const packed = new Map<string, PackedSeries>();
  for (const { kpi, v, dims, time, value, weight, void: isVoid } of points) {
    const key = `${kpi} ${v} ${dimsKey(dims)}`;
    let series = packed.get(key);
    if (!series) {
      packed.set(key, (series = [kpi, v, dims, [], []]));
    }
    const index = series[3].push(time) - 1;
    series[4].push(value);
    if (weight !== undefined || isVoid) {
      series[5] ??= [];
    }
    if (weight !== undefined) {
      series[5]![index] = weight;
    }
    if (isVoid) {
      (series[6] ??= []).push(index);
    }
  }
  return [...packed.values()];
}

function unpack([kpi, v, dims, times, values, weights, voids]: PackedSeries): Point[] {
  const withdrawn = new Set(voids);
  return times.map((time, i) => ({
    ...{ kpi, v, dims, time, value: values[i]! },
    ...(typeof weights?.[i] === 'number' && { weight: weights[i] }),
    ...(withdrawn.has(i) && { void: true }),
  }));
}
