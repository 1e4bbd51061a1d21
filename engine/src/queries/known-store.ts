/** The store as it was known at an earlier time: what was restated since is turned back to what stood there before. */
import {
  NO_MEMBER,
  type LogEntry,
  type ReadRequest,
  type StepFunction,
  type StoredSeries,
} from '@kpi-monitor/store/store';
import { bySeries, dimsKey } from '@kpi-monitor/store/points';
import type { Restated } from '@kpi-monitor/store/revision';

import type { ReadableStore } from '../observer';

/** A key that was restated, and what it held before the first time that this happened. */
interface Before {
  time: number;
  dims: Readonly<Record<string, string>>;
  /** null: there was none */
  value: number | null;
  weight: number | null;
}

/** All entries of the log `revision`, oldest first. */
export type Revisions = () => Promise<readonly LogEntry[]>;

/** How long they are kept, milliseconds: the panels of a dashboard, and the moments of a back-test, share one reading. */
const KEPT_MS = 5000;

export function createRevisions(store: Pick<ReadableStore, 'entries'>, clock = () => performance.now()): Revisions {
  let kept: { at: number; entries: Promise<readonly LogEntry[]> } | null = null;
  return () => {
    if (!kept || Math.abs(clock() - kept.at) >= KEPT_MS) {
      const reading = { at: clock(), entries: store.entries('revision') };
      kept = reading;
      reading.entries.catch(() => (kept = kept === reading ? null : kept));
    }
    return kept.entries;
  };
}

/** What a query is answered from, as it was known then. */
export function asKnown<C extends { store: ReadableStore; revisions: Revisions }>(context: C, at: number): C {
  const { store, revisions } = context;
  return {
    ...context,
    store: knownStore(store, at, revisions),
    revisions: async () => (await revisions()).filter(({ time }) => time <= at),
  };
}

/**
 * Revisions are kept of settled periods alone: of those this is exact. A value that was still open, or came for the first
 * time later, is given as it is now.
 * @param at instant, epoch milliseconds
 */
export function knownStore(store: ReadableStore, at: number, revisions: Revisions): ReadableStore {
  let later: Promise<LogEntry[]> | undefined;
  const since = () => (later ??= revisions().then((entries) => entries.filter(({ time }) => time > at)));
  const restated = new Map<string, Promise<Before[]>>();
  const beforeOf = (kpi: string, v: number) => {
    const key = `${v} ${kpi}`;
    const found =
      restated.get(key) ??
      since().then((entries) =>
        turnedBack(
          entries.filter((entry) => entry.kpi === kpi),
          v
        )
      );
    restated.set(key, found);
    return found;
  };
  return {
    ...store,
    async read(request) {
      const all = await Promise.all(
        request.series.map(async (one) => ({ one, before: await beforeOf(one.kpi, one.v) }))
      );
      const changed = all.filter(({ before }) => before.length > 0);
      if (changed.length === 0) {
        return store.read(request);
      }
      const { step, ...whole } = request;
      const untouched = all.filter(({ before }) => before.length === 0).map(({ one }) => one);
      const [same, raw] = await Promise.all([
        untouched.length > 0 ? store.read({ ...request, series: untouched }) : [],
        store.read({ ...whole, series: changed.map(({ one }) => one) }),
      ]);
      const back = changed.flatMap(({ one: { kpi }, before }) =>
        withBefore(
          kpi,
          raw.filter((series) => series.kpi === kpi),
          before.filter((key) => isAsked(key, whole))
        )
      );
      const stepped = step ? back.map((series) => inSteps(series, step)) : back;
      return [...same, ...stepped].sort(bySeries);
    },
  };
}

/** What each key held before the entries: what the first of them found there. */
function turnedBack(entries: readonly LogEntry[], v: number): Before[] {
  const keys = new Map<string, Before>();
  for (const { data } of entries) {
    const { v: version, changes } = data as unknown as Restated;
    for (const { time, dims, old, oldWeight } of version === v ? changes : []) {
      const key = `${time} ${dimsKey(dims)}`;
      if (!keys.has(key)) {
        keys.set(key, { time, dims, value: old, weight: oldWeight ?? null });
      }
    }
  }
  return [...keys.values()];
}

function isAsked({ time, dims }: Before, { from, to, where = {} }: Omit<ReadRequest, 'step'>): boolean {
  return (
    time >= from &&
    time < to &&
    Object.entries(where).every(([dimension, members]) => members.includes(dims[dimension] ?? NO_MEMBER))
  );
}

function withBefore(kpi: string, stored: readonly StoredSeries[], before: readonly Before[]): StoredSeries[] {
  const slices = new Map(stored.map((series) => [dimsKey(series.dims), series]));
  for (const { dims } of before) {
    const key = dimsKey(dims);
    if (!slices.has(key)) {
      slices.set(key, { kpi, dims, times: [], values: [] });
    }
  }
  return [...slices].flatMap(([key, series]) => {
    const its = before.filter(({ dims }) => dimsKey(dims) === key);
    if (its.length === 0) {
      return [series];
    }
    const points = new Map(
      series.times.map((time, i) => [time, { value: series.values[i]!, weight: series.weights?.[i] ?? null }])
    );
    for (const { time, value, weight } of its) {
      if (value === null) {
        points.delete(time);
      } else {
        points.set(time, { value, weight });
      }
    }
    const sorted = [...points].sort(([a], [b]) => a - b);
    const hasWeights = sorted.some(([, { weight }]) => weight !== null);
    return sorted.length === 0
      ? []
      : [
          {
            kpi,
            dims: series.dims,
            times: sorted.map(([time]) => time),
            values: sorted.map(([, { value }]) => value),
            ...(hasWeights && { weights: sorted.map(([, { weight }]) => weight) }),
          },
        ];
  });
}

const COMBINE: Record<StepFunction, (sum: number, value: number) => number> = {
  sum: (sum, value) => sum + value,
  count: (count) => count + 1,
  last: (_, value) => value,
  min: Math.min,
  max: Math.max,
};

/** As the store aggregates: within the series, each step stamped with its start; weights come with `last` alone. */
function inSteps({ kpi, dims, times, values, weights }: StoredSeries, { ms, fn }: NonNullable<ReadRequest['step']>) {
  const stepped: StoredSeries = { kpi, dims, times: [], values: [], ...(fn === 'last' && weights && { weights: [] }) };
  times.forEach((time, i) => {
    const start = Math.floor(time / ms) * ms;
    const last = stepped.times.length - 1;
    if (stepped.times[last] === start) {
      stepped.values[last] = COMBINE[fn](stepped.values[last]!, values[i]!);
    } else {
      stepped.times.push(start);
      stepped.values.push(fn === 'count' ? 1 : values[i]!);
    }
    if (stepped.weights) {
      stepped.weights[stepped.times.length - 1] = weights![i] ?? null;
    }
  });
  return stepped;
}
