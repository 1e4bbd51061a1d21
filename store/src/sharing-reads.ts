/**
 * A store whose readers share what they read. The panels of a dashboard open together and ask for much the same series:
 * each is fetched once, and kept for as long as nobody can tell the difference.
 */
import type { ReadRequest, Store, StoredSeries } from './store';

export interface SharingOptions {
  /** how long a series is kept, milliseconds: what another process writes is seen after this time at the latest */
  keepMs?: number;
  /** how many points are kept at most; the oldest reads go first */
  points?: number;
  /** epoch milliseconds */
  clock?: () => number;
}

/** All slices of one series version over a window. */
interface Kept {
  kpi: string;
  from: number;
  to: number;
  readAt: number;
  points: number;
  found: Promise<StoredSeries[]>;
}

/** @returns the store; what is written through it is seen by the next read */
export function sharingReads(store: Store, options: SharingOptions = {}): Store {
  const { keepMs = 5_000, points: room = 2_000_000, clock = Date.now } = options;
  /** by series version */
  const kept = new Map<string, Kept>();
  const keyOf = ({ kpi, v }: { kpi: string; v: number }) => `${v} ${kpi}`;

  const tidy = () => {
    const oldest = clock() - keepMs;
    let points = [...kept.values()].reduce((sum, one) => sum + one.points, 0);
    for (const [key, one] of kept) {
      if (one.readAt <= oldest || points > room) {
        kept.delete(key);
        points -= one.points;
      }
    }
  };

  const fetch = (series: ReadRequest['series'], { from, to }: ReadRequest) => {
    const all = store.read({ series, from, to });
    for (const one of series) {
      const key = keyOf(one);
      const found = all.then((answer) => answer.filter(({ kpi }) => kpi === one.kpi));
      const entry: Kept = { kpi: one.kpi, from, to, readAt: clock(), points: 0, found };
      kept.delete(key);
      kept.set(key, entry);
      found.then(
        (slices) => (entry.points = slices.reduce((sum, { times }) => sum + times.length, 0)),
        () => kept.get(key) === entry && kept.delete(key)
      );
    }
  };

  const read = async (request: ReadRequest): Promise<StoredSeries[]> => {
    if (request.step || request.where) {
      return store.read(request);
    }
    tidy();
    const covers = (one: Kept | undefined) => one && one.from <= request.from && one.to >= request.to;
    const missing = request.series.filter((one) => !covers(kept.get(keyOf(one))));
    if (missing.length > 0) {
      fetch(missing, request);
    }
    const parts = request.series.map((one) => kept.get(keyOf(one))!);
    const found = await Promise.all(parts.map((part) => part.found));
    return found
      .flatMap((slices, n) => (isSame(parts[n]!, request) ? slices : slices.flatMap((one) => within(one, request))))
      .sort(byKpi);
  };

  const write: Store['write'] = async (points) => {
    const written = new Set(points.map(({ kpi }) => kpi));
    const forget = () => kept.forEach((one, key) => written.has(one.kpi) && kept.delete(key));
    forget();
    try {
      return await store.write(points);
    } finally {
      // What was read while this was being written may hold a part of it.
      forget();
    }
  };

  return {
    name: store.name,
    open: (meta) => store.open(meta),
    write,
    read,
    latest: (series, before) => store.latest(series, before),
    members: (series, dimension) => store.members(series, dimension),
    append: (log, entry, expected) => store.append(log, entry, expected),
    entries: (log, kpi) => store.entries(log, kpi),
    record: (book, points) => store.record(book, points),
    recorded: (book, request) => store.recorded(book, request),
    forget: (book, before) => store.forget(book, before),
    ping: () => store.ping(),
    close: () => {
      kept.clear();
      return store.close();
    },
  };
}

function isSame(kept: Kept, { from, to }: ReadRequest): boolean {
  return kept.from === from && kept.to === to;
}

/** The part of a series that lies in the window; nothing when there is none. */
function within(series: StoredSeries, { from, to }: ReadRequest): StoredSeries[] {
  const { times } = series;
  const first = times.findIndex((time) => time >= from);
  const end = times.findLastIndex((time) => time < to) + 1;
  if (first < 0 || first >= end) {
    return [];
  }
  return [
    {
      ...series,
      times: times.slice(first, end),
      values: series.values.slice(first, end),
      ...(series.weights && { weights: series.weights.slice(first, end) }),
    },
  ];
}

/** Stable, so that slices stay in their order. */
function byKpi(a: StoredSeries, b: StoredSeries): number {
  return a.kpi < b.kpi ? -1 : a.kpi > b.kpi ? 1 : 0;
}
