/** Reads every KPI of a catalogue from its source into the store, on a schedule, for as long as it runs. */
import { setMaxListeners } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';

import { type Catalogue, type Kpi, kpiOf } from '@kpi-monitor/model/catalogue/catalogue';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { isCivil } from '@kpi-monitor/model/time/grain';
import { periodNow } from '@kpi-monitor/model/time/period';
import type { Store } from '@kpi-monitor/store/store';

import type { Backfilled } from './backfilled';
import type { DeadLetters } from './dead-letters';
import { milliseconds } from './duration';
import { Job, type ReadReport } from './job';
import { listRefused } from './journal/refused';
import { directSink, type OnStored, restatements, type Sink } from './journal/sink';
import { type Log, SILENT } from './log';
import { createLedger, type Ledger } from './quality/ledger';
import type { Connections } from './sources/connection';
import { createSource } from './sources/create';
import { isRead, type Window } from './sources/source';
import { type Counter, countersOf, type SourceStatus } from './status';
import { createTurnstile } from './turnstile';
import { cutWindow, HISTORY_PART } from './window';

export interface CollectorOptions {
  catalogue: Catalogue;
  calendar: Calendar;
  /** opened already, and closed by whoever opened it */
  store: Store;
  /** asked when a source is made; default none */
  connections?: () => Connections;
  /** the folder of the catalogue, which paths of files are relative to */
  catalogueFolder: string;
  /** see `SourceContext` */
  cursorFolder?: string;
  /** where points go; default straight into the store */
  sink?: Sink;
  /** notes what is refused and late; default into the store */
  ledger?: Ledger;
  deadLetters: DeadLetters;
  log?: Log;
  /** epoch milliseconds; default the system's */
  clock?: () => number;
  /** puts secrets in for `${env:…}` and `${file:…}` just before they are used; default: leaves texts as they are */
  resolve?: (text: string) => string;
  /** masks in a text the secrets that were put in; default: leaves texts as they are */
  redact?: (text: string) => string;
  /** whether this collector reads it, where several share a catalogue; default all */
  collects?: (kpi: Kpi) => boolean;
  /** reads that run at once, default 4 */
  parallel?: number;
}

export interface BackfillRequest {
  /** ids; default all that are collected */
  kpis?: readonly string[];
  /** civil dates, half-open [from, to); default: where the source's history begins, and the running period's end */
  from?: number;
  to?: number;
  onProgress?: (progress: BackfillProgress) => void;
  /** windows that are finished, which are not read again; default none, and nothing is remembered */
  finished?: Pick<Backfilled, 'of' | 'add'>;
  signal?: AbortSignal;
}

export interface BackfillProgress {
  kpi: string;
  /** windows that were read, of all KPIs */
  done: number;
  total: number;
  points: number;
  rejected: number;
}

export interface BackfillReport {
  kpi: string;
  /** windows, and those of them that were finished before */
  windows: number;
  resumed: number;
  points: number;
  rejected: number;
  /** the first failure; what was read before it is stored */
  error: KpiError | null;
}

export interface Collector {
  /** Begins reading, each KPI on its own schedule; what has no history yet gets it first. */
  start(): void;
  /** Breaks off what is being read and resolves when all is still. */
  stop(): Promise<void>;
  /**
   * Reads by another catalogue, and by the connections as they are now: KPIs that are as they were go on undisturbed,
   * reads of those that were changed or removed are broken off.
   * @throws KpiError KPI_SOURCE when a source cannot work; then nothing has changed
   */
  exchange(catalogue: Catalogue): { begun: string[]; ended: string[] };
  /** Reads what is due now, of all KPIs or some. @throws KpiError KPI_UNKNOWN, KPI_SOURCE for one without a source */
  runOnce(kpis?: readonly string[]): Promise<ReadReport[]>;
  /** Reads a stretch of history, piece by piece. @throws KpiError KPI_UNKNOWN, KPI_SOURCE, QUERY_RANGE */
  backfill(request?: BackfillRequest): Promise<BackfillReport[]>;
  /** One entry a collected KPI, in the catalogue's order. */
  status(): SourceStatus[];
  counters(): Counter[];
  /** Told after each change that it has made to the store itself, without a `sink`; returns what ends that. */
  onWritten(listener: OnStored): () => void;
}

const MAX_JITTER = 30_000;

/** @throws KpiError KPI_SOURCE when a source of the catalogue cannot work; see `checkSources` for all of them at once */
export function createCollector(options: CollectorOptions): Collector {
  const { calendar, store, deadLetters, log = SILENT, clock = Date.now, parallel = 4 } = options;
  const { collects = () => true } = options;
  let { catalogue } = options;
  const listeners = new Set<OnStored>();
  const tell: OnStored = (written) => listeners.forEach((listener) => listener(written));
  const sources = {
    calendar,
    clock,
    get connections() {
      return options.connections?.() ?? {};
    },
    catalogueFolder: options.catalogueFolder,
    cursorFolder: options.cursorFolder,
    resolve: options.resolve ?? ((text: string) => text),
  };
  const context = {
    calendar,
    store,
    deadLetters,
    log,
    clock,
    redact: options.redact,
    ledger: options.ledger ?? createLedger({ store, calendar, log, clock }),
    sink:
      options.sink ??
      directSink({
        store,
        isRestatement: restatements(() => catalogue, calendar),
        onStored: tell,
        onRefused: listRefused(deadLetters, log, clock),
      }),
  };
  let jobs = new Map<string, Job>();
  /** what each was made from */
  const origins = new WeakMap<Job, string>();
  /** Those of KPIs that are as they were, and so are their connections, go on. */
  const jobsOf = (next: Catalogue): Map<string, Job> => {
    const made = new Map<string, Job>();
    const { connections } = sources;
    for (const kpi of next.byId.values()) {
      if (isRead(kpi) && collects(kpi)) {
        const origin = originOf(kpi, connections);
        const known = jobs.get(kpi.id);
        const goesOn = known && origins.get(known) === origin;
        const job = goesOn ? known : new Job(kpi, createSource(kpi, sources), context);
        origins.set(job, origin);
        made.set(kpi.id, job);
      }
    }
    return made;
  };
  jobs = jobsOf(catalogue);
  const turnstile = createTurnstile(parallel);
  let running: { stop: AbortController; loops: Map<Job, Loop> } | null = null;

  const chosen = (ids: readonly string[] | undefined): Job[] =>
    ids === undefined
      ? [...jobs.values()]
      : [...new Set(ids.flatMap((id) => collectedBehind(id)))].map((id) => jobs.get(id)!);

  /** A formula is read by reading its inputs. */
  const collectedBehind = (id: string): string[] => {
    const kpi = kpiOf(catalogue, id);
    return isRead(kpi) ? [id].filter((its) => jobs.has(its)) : kpi.inputs.flatMap(collectedBehind);
  };

  const loop = async (job: Job, stop: AbortSignal) => {
    while (!stop.aborted) {
      await turnstile(() => (stop.aborted ? Promise.resolve(null) : job.runDue(stop)));
      await pause(job, stop);
    }
    job.status.state = 'stopped';
    job.status.nextRun = null;
  };

  const pause = async (job: Job, stop: AbortSignal) => {
    const wait = job.wait + Math.random() * jitterOf(job);
    const until = Date.now() + wait;
    job.status.nextRun = clock() + wait;
    while (!stop.aborted && Date.now() < until) {
      // A timer of more than 24 days fires at once.
      await sleep(Math.min(until - Date.now(), 86_400_000), undefined, { signal: stop }).catch(() => {});
    }
  };

  /** @param before what has to be over first: two must not read one KPI */
  const begin = (job: Job, loops: Map<Job, Loop>, before?: Promise<void>) => {
    const stop = new AbortController();
    job.status.state = 'idle';
    const done = (before ?? Promise.resolve()).then(() => loop(job, stop.signal)).then(() => void loops.delete(job));
    loops.set(job, { stop, done });
  };

  return {
    start() {
      if (!running) {
        running = { stop: new AbortController(), loops: new Map() };
        setMaxListeners(0, running.stop.signal);
        for (const job of jobs.values()) {
          begin(job, running.loops);
        }
      }
    },
    async stop() {
      const ending = running;
      running = null;
      const reason = new KpiError('INTERNAL', 'the collector is being stopped');
      ending?.stop.abort(reason);
      const loops = [...(ending?.loops.values() ?? [])];
      loops.forEach((one) => one.stop.abort(reason));
      await Promise.all(loops.map(({ done }) => done));
    },
    exchange(next) {
      const before = jobs;
      jobs = jobsOf(next);
      catalogue = next;
      const ended = [...before.values()].filter((job) => jobs.get(job.kpi.id) !== job);
      const begun = [...jobs.values()].filter((job) => before.get(job.kpi.id) !== job);
      for (const job of ended) {
        running?.loops.get(job)?.stop.abort(new KpiError('INTERNAL', 'its KPI was changed or removed'));
      }
      for (const job of running ? begun : []) {
        const old = before.get(job.kpi.id);
        begin(job, running!.loops, old && running!.loops.get(old)?.done);
      }
      return { begun: begun.map(({ kpi }) => kpi.id), ended: ended.map(({ kpi }) => kpi.id) };
    },
    runOnce(kpis) {
      const { signal } = running?.stop ?? new AbortController();
      return Promise.all(chosen(kpis).map((job) => turnstile(() => job.runDue(signal))));
    },
    async backfill({ kpis, from, to, onProgress, finished, signal = new AbortController().signal } = {}) {
      if (from !== undefined && to !== undefined && from >= to) {
        throw new KpiError('QUERY_RANGE', 'the backfill ends before it begins; `to` should be later than `from`');
      }
      const plans = chosen(kpis).map((job) => ({ job, windows: windowsOf(job, from, to) }));
      const progress = {
        done: 0,
        total: plans.reduce((sum, plan) => sum + plan.windows.length, 0),
        points: 0,
        rejected: 0,
      };
      const run = async ({ job, windows }: (typeof plans)[number]): Promise<BackfillReport> => {
        const { kpi } = job;
        const counts = { windows: windows.length, resumed: 0, points: 0, rejected: 0 };
        const report: BackfillReport = { kpi: kpi.id, ...counts, error: null };
        const count = (points: number, rejected: number) => {
          report.points += points;
          report.rejected += rejected;
          progress.points += points;
          progress.rejected += rejected;
        };
        for (const window of windows) {
          const before = finished?.of(kpi, window);
          if (before) {
            report.resumed++;
            count(before.points, before.rejected);
          } else if (!report.error && !signal.aborted) {
            const { points, zeros, rejected, error } = await job.runWindow(window, signal);
            const refused = Object.values(rejected).reduce((a, b) => a + b, 0);
            count(points + zeros, refused);
            report.error = error;
            if (!error) {
              await finished?.add(kpi, window, { points: points + zeros, rejected: refused });
            }
          }
          progress.done++;
          onProgress?.({ kpi: job.kpi.id, ...progress });
        }
        return report;
      };
      return Promise.all(plans.map((plan) => turnstile(() => run(plan))));
    },
    status: () =>
      [...jobs.values()].map((job) => ({
        ...job.status,
        rejectedByCode: { ...job.status.rejectedByCode },
        failuresByCode: { ...job.status.failuresByCode },
      })),
    counters: () => countersOf([...jobs.values()].map((job) => job.status)),
    onWritten(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };

  function windowsOf(job: Job, from: number | undefined, to: number | undefined): Window[] {
    const { kpi } = job;
    const store = (date: number) => (isCivil(kpi.grain) ? date : calendar.toInstant(date));
    const end = to === undefined ? periodNow(clock(), kpi.grain, calendar).end : store(to);
    const start = from === undefined ? job.origin() : store(from);
    if (start === null) {
      const message = `\`${kpi.id}\` is read by ${kpi.source!.kind}, which does not say where its history begins; give --from, or set the source's \`since\``;
      throw new KpiError('QUERY_RANGE', message, { kpi: kpi.id });
    }
    // Files are parsed as a whole for any window of them, and a source that resumes is read from its beginning: one
    // window is enough.
    return job.readsFiles || job.resumes
      ? [{ from: start, to: end }]
      : [...cutWindow({ from: start, to: end }, kpi, calendar, HISTORY_PART)];
  }
}

interface Loop {
  stop: AbortController;
  done: Promise<void>;
}

function originOf(kpi: Kpi, connections: Connections): string {
  const { source } = kpi;
  return JSON.stringify([kpi, source && 'connection' in source ? connections[source.connection] : null]);
}

function jitterOf(job: Job): number {
  const { jitter, every } = job.kpi.source!;
  const most = jitter === undefined ? Math.min(milliseconds(every) / 10, MAX_JITTER) : milliseconds(jitter);
  return job.status.failures === 0 ? most : Math.min(most, job.wait / 2);
}
