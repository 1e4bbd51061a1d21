/**
 * Notes each minute how collecting goes, in the book `collector`: for a month in the embedded store, in InfluxDB for as long as
 * its bucket keeps. The last day is remembered here as well, so that it can be shown while the store is away, and what could
 * not be written then is written once it is back.
 */
import type { Log } from '@kpi-monitor/collector/log';
import type { CollectorHistory, CollectorSource } from '@kpi-monitor/engine/collector-source';
import { asKpiError } from '@kpi-monitor/model/errors';
import {
  COLLECTOR_LINES,
  type CollectorLine,
  type CollectorState,
  succeededReads,
} from '@kpi-monitor/model/query/collector-frames';
import { DAY_MS } from '@kpi-monitor/model/time/civil';
import type { Point, Store } from '@kpi-monitor/store/store';

export interface CollectorNotesOptions {
  store: Pick<Store, 'name' | 'record' | 'recorded' | 'forget'>;
  state: () => CollectorState;
  /** of this collector among those that share a store, e.g. `collector_2` */
  name: string;
  clock: () => number;
  log: Log;
}

export interface CollectorNotes extends Pick<CollectorSource, 'history'> {
  start(): void;
  /** Resolves when all is still. */
  stop(): Promise<void>;
  /** Notes the minute that is over. */
  note(): Promise<void>;
}

const MINUTE_MS = 60_000;
const REMEMBERED_MS = DAY_MS;
export const KEPT_DAYS = 30;
/** points of a line in an answer, at most */
const MOST_POINTS = 1500;

/** Counted up; the others are what they are at a moment. */
const RATES: readonly CollectorLine[] = ['reads', 'failed', 'written', 'refused'];

type Note = { time: number; values: Record<CollectorLine, number> };

export function createCollectorNotes({ store, state, name, clock, log }: CollectorNotesOptions): CollectorNotes {
  const remembered: Note[] = [];
  let unwritten: Note[] = [];
  let before = countsOf(state());
  let forgotten = 0;
  let timer: NodeJS.Timeout | undefined;
  let running: Promise<void> = Promise.resolve();

  const note = async () => {
    const now = clock();
    const current = state();
    const counts = countsOf(current);
    const values = {
      ...gaugesOf(current, now),
      ...mapLines(RATES, (line) => Math.max(0, counts[line]! - before[line]!)),
    };
    before = counts;
    const time = Math.floor(now / MINUTE_MS) * MINUTE_MS;
    const one = { time, values: values as Note['values'] };
    remembered.push(one);
    while (remembered[0]!.time < now - REMEMBERED_MS) {
      remembered.shift();
    }
    unwritten = [...unwritten, one].filter((its) => its.time >= now - REMEMBERED_MS);
    await write(now);
  };

  const write = async (now: number) => {
    try {
      await store.record('collector', unwritten.flatMap(pointsOf));
      unwritten = [];
      if (now - forgotten > DAY_MS) {
        await store.forget('collector', now - KEPT_DAYS * DAY_MS);
        forgotten = now;
      }
    } catch (error) {
      log.debug({ code: asKpiError(error).code, waiting: unwritten.length }, 'how collecting goes is not written yet');
    }
  };

  const pointsOf = ({ time, values }: Note): Point[] =>
    COLLECTOR_LINES.map((line) => ({ kpi: name, v: 1, dims: { line }, time, value: values[line] }));

  const next = () => {
    timer = setTimeout(
      () => {
        running = note();
        next();
      },
      MINUTE_MS - (clock() % MINUTE_MS)
    );
    timer.unref();
  };

  return {
    note,
    start: next,
    async stop() {
      clearTimeout(timer);
      await running;
    },
    async history(lines, from, to): Promise<CollectorHistory> {
      const step = Math.max(1, Math.ceil((to - from) / MINUTE_MS / MOST_POINTS)) * MINUTE_MS;
      const found = new Map(lines.map((line) => [line, new Map<number, number>()] as const));
      let notice = '';
      const since = remembered[0]?.time ?? Infinity;
      if (from < since) {
        try {
          // Noted before this process began, or longer ago than it remembers.
          const request = { series: [{ kpi: name, v: 1 }], from, to: Math.min(to, since), where: { line: [...lines] } };
          for (const { dims, times, values } of await store.recorded('collector', request)) {
            const line = found.get(dims.line as CollectorLine);
            times.forEach((time, i) => line?.set(time, values[i]!));
          }
        } catch (error) {
          notice = `what was noted earlier is not shown: ${store.name}: ${asKpiError(error).message}`;
        }
      }
      for (const { time, values } of remembered) {
        if (time >= from && time < to) {
          lines.forEach((line) => found.get(line)!.set(time, values[line]));
        }
      }
      return { lines: new Map([...found].map(([line, points]) => [line, thinned(line, points, step)])), notice };
    },
  };
}

function countsOf({ sources, journal, pushes }: CollectorState): Record<string, number> {
  const sum = (of: (source: CollectorState['sources'][number]) => number) =>
    sources.reduce((total, source) => total + of(source), 0);
  return {
    reads: sum(succeededReads),
    failed: sum(({ readFailures }) => readFailures),
    written: journal.delivered,
    refused: sum(({ rejected }) => rejected) + pushes.rejected,
  };
}

function gaugesOf({ sources, journal }: CollectorState, now: number) {
  return {
    waiting: journal.entries,
    bytes: journal.bytes,
    lag: journal.oldest === null ? 0 : Math.max(0, (now - journal.oldest) / 1000),
    failing: sources.filter(({ lastError }) => lastError !== null).length,
  };
}

function mapLines(lines: readonly CollectorLine[], of: (line: CollectorLine) => number) {
  return Object.fromEntries(lines.map((line) => [line, of(line)]));
}

/** Rates as means a minute, the others as the most that there was in each step. */
function thinned(line: CollectorLine, points: ReadonlyMap<number, number>, step: number) {
  const steps = new Map<number, { sum: number; n: number; most: number }>();
  for (const [time, value] of points) {
    const start = Math.floor(time / step) * step;
    const { sum, n, most } = steps.get(start) ?? { sum: 0, n: 0, most: -Infinity };
    steps.set(start, { sum: sum + value, n: n + 1, most: Math.max(most, value) });
  }
  const times = [...steps.keys()].sort((a, b) => a - b);
  const values = times.map((time) => {
    const { sum, n, most } = steps.get(time)!;
    return RATES.includes(line) ? sum / n : most;
  });
  return { times, values };
}
