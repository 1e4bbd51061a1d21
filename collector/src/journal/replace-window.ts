/**
 * A window that was read as a whole replaces what the store holds of it: what changed is written, keys that are gone are
 * withdrawn, and what was settled before is remembered.
 */
import { dimsKey } from '@kpi-monitor/store/points';
import type { Change, Restated } from '@kpi-monitor/store/revision';
import type { Point, Store } from '@kpi-monitor/store/store';

import type { WindowEntry } from './entry';

/** Changes that one log entry `revision` lists. */
export const MOST_CHANGES = 5000;

export interface Replaced {
  written: Point[];
  refused: Array<{ point: Point; reason: string }>;
}

interface Held {
  value: number;
  weight: number | null;
  dims: Readonly<Record<string, string>>;
  time: number;
}

/**
 * A window without any point replaces nothing: a source that was emptied for a moment must not take its history along.
 * @throws KpiError STORE_UNREACHABLE, STORE_REFUSED; then it is repeated as a whole, which is harmless
 */
export async function replaceWindow(
  store: Store,
  entry: WindowEntry,
  isRestatement: (point: Pick<Point, 'kpi' | 'time'>, at: number) => boolean
): Promise<Replaced> {
  const { kpi, v, from, to, points } = entry;
  if (points.length === 0) {
    return { written: [], refused: [] };
  }
  const held = new Map<string, Held>();
  const heldTimes = new Set<number>();
  for (const { dims, times, values, weights } of await store.read({ series: [{ kpi, v }], from, to })) {
    const key = dimsKey(dims);
    times.forEach((time, i) => {
      held.set(`${time} ${key}`, { time, dims, value: values[i]!, weight: weights?.[i] ?? null });
      heldTimes.add(time);
    });
  }
  const wanted = new Map(points.map((point) => [`${point.time} ${dimsKey(point.dims)}`, point]));
  const changes: Change[] = [];
  const changed: Point[] = [];
  const note = (old: Held | undefined, time: number, dims: Point['dims'], value: number | null) => {
    if (isRestatement({ kpi, time }, entry.at)) {
      const oldWeight = old?.weight ?? undefined;
      changes.push({ time, dims, old: old?.value ?? null, new: value, ...(oldWeight !== undefined && { oldWeight }) });
    }
  };
  for (const [key, point] of wanted) {
    const old = held.get(key);
    if (!old || old.value !== point.value || old.weight !== (point.weight ?? null)) {
      changed.push(point);
      // What comes for the first time changes nothing, unless its period had a value already.
      if (heldTimes.has(point.time)) {
        note(old, point.time, point.dims, point.value);
      }
    }
  }
  for (const [key, old] of held) {
    if (!wanted.has(key)) {
      changed.push({ kpi, v, dims: old.dims, time: old.time, value: 0, void: true });
      note(old, old.time, old.dims, null);
    }
  }
  if (changes.length > 0) {
    // Before the values: if this is broken off, the repeat finds them changed already.
    changes.sort((a, b) => a.time - b.time);
    const data: Restated = { kpi, v, changes: changes.slice(0, MOST_CHANGES), count: changes.length };
    await store.append('revision', { time: entry.at, kpi, data: { ...data } });
  }
  const { rejected } = changed.length > 0 ? await store.write(changed) : { rejected: [] };
  const refused = new Set(rejected.map(({ point }) => point));
  return { written: changed.filter((point) => !refused.has(point)), refused: rejected };
}
