/** The standing work on one KPI: read it when it is due, remember how that went, wait longer after a failure. */
import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';
import { asKpiError, type ErrorCode, KpiError } from '@kpi-monitor/model/errors';
import { periodNow } from '@kpi-monitor/model/time/period';

import { milliseconds } from './duration';
import { FileMemory } from './file-memory';
import { KpiReader, type Outcome, type ReaderContext } from './reader';
import { EVERYTHING, type Source, type Window } from './sources/source';
import type { SourceStatus } from './status';
import { currentWindow, cutWindow, HISTORY_PART } from './window';

export interface ReadReport extends Outcome {
  kpi: string;
  /** null when there was no need to read, or it failed before a window was known */
  window: Window | null;
  error: KpiError | null;
}

/** A failed read is tried again after this, doubled for each further failure, up to `LONGEST_WAIT` or `every`. */
export const FIRST_WAIT = 1000;
export const LONGEST_WAIT = 5 * 60_000;

export class Job {
  readonly status: SourceStatus;
  private readonly reader: KpiReader;
  private readonly files: FileMemory;
  private hasHistory = false;
  /** how far the first long read has come, store time */
  private historyUntil = -Infinity;
  /** of the last time that the store said so */
  private known: number | null | undefined;
  /** milliseconds, by the source that was read last */
  private askedToWait = 0;
  private turn: Promise<unknown> = Promise.resolve();

  constructor(
    readonly kpi: Kpi,
    private readonly source: Source,
    private readonly context: ReaderContext
  ) {
    this.reader = new KpiReader(kpi, source, context);
    this.files = new FileMemory(kpi, context.store, context.clock);
    this.status = {
      kpi: kpi.id,
      source: kpi.source!.kind,
      state: 'stopped',
      lastRead: null,
      lastSuccess: null,
      lastError: null,
      waiting: null,
      failures: 0,
      reads: 0,
      readFailures: 0,
      readWaits: 0,
      failuresByCode: {},
      points: 0,
      rejected: 0,
      rejectedByCode: {},
      zeros: 0,
      nextRun: null,
    };
  }

  /** Reads what is due; never throws, and never while another read of this KPI is under way. */
  runDue(stop: AbortSignal): Promise<ReadReport> {
    return this.inTurn(() => this.attempt(() => this.readDue(stop), stop));
  }

  /** Reads one window, whatever is due. */
  runWindow(window: Window, stop: AbortSignal): Promise<ReadReport> {
    return this.inTurn(() => this.attempt(() => this.readWindow(window, stop), stop));
  }

  /** Where the history of this source begins, store time; null when it has no beginning of its own. */
  origin(): number | null {
    return this.source.origin(this.context.clock());
  }

  /** see `Source` */
  get resumes(): boolean {
    return this.source.resumes === true;
  }

  /** Whether any read goes through whole files. */
  get readsFiles(): boolean {
    return this.source.changes !== undefined;
  }

  /** Milliseconds until the next read, without jitter. */
  get wait(): number {
    const every = milliseconds(this.kpi.source!.every);
    const { failures } = this.status;
    const own = failures === 0 ? every : Math.min(every, LONGEST_WAIT, FIRST_WAIT * 2 ** Math.min(failures - 1, 20));
    return Math.max(own, this.askedToWait);
  }

  private inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.turn.then(work);
    this.turn = done.catch(() => {});
    return done;
  }

  private async readDue(stop: AbortSignal): Promise<{ window: Window | null; outcome: Outcome }> {
    const { kpi, source } = this;
    const { calendar, clock } = this.context;
    if (source.changes) {
      return this.readFiles(source.changes.bind(source), stop);
    }
    const newest = await this.newest();
    const current = currentWindow(kpi, newest, clock(), calendar);
    const window = source.resumes ? { from: EVERYTHING, to: current.to } : current;
    const origin = source.origin(clock());
    if (origin === null || (await this.isHistoryThere())) {
      return this.readWindow(window, stop, newest);
    }
    const read = await this.readHistory({ from: Math.min(origin, window.from), to: window.to }, stop);
    await this.markHistory(read.window, read.outcome);
    return read;
  }

  /** In parts, so that years are not asked of a source at once; not again for those that were read when a later one failed. */
  private async readHistory(window: Window, stop: AbortSignal): Promise<{ window: Window; outcome: Outcome }> {
    const whole: Outcome = { points: 0, zeros: 0, rejected: {} };
    for (const part of cutWindow(window, this.kpi, this.context.calendar, HISTORY_PART)) {
      if (part.to <= this.historyUntil) {
        continue;
      }
      const { points, zeros, rejected } = await this.reader.read(part, stop, null);
      whole.points += points;
      whole.zeros += zeros;
      for (const [code, count] of Object.entries(rejected) as Array<[ErrorCode, number]>) {
        whole.rejected[code] = (whole.rejected[code] ?? 0) + count;
      }
      this.historyUntil = part.to;
    }
    return { window, outcome: whole };
  }

  /** What is new in the files; where absent rows are zeros, the window of any other read, too. */
  private async readFiles(
    changesSince: NonNullable<Source['changes']>,
    stop: AbortSignal
  ): Promise<{ window: Window | null; outcome: Outcome }> {
    const { kpi } = this;
    const { calendar, clock } = this.context;
    const fillsZeros = kpi.source?.missing === 'zero';
    const known = await this.files.known();
    const newest = fillsZeros ? await this.newest() : await this.newest().catch(() => null);
    const due = fillsZeros ? currentWindow(kpi, newest, clock(), calendar) : null;
    const changes = await changesSince(known, due, stop);
    if (!changes) {
      return { window: null, outcome: { points: 0, zeros: 0, rejected: {} } };
    }
    const window = changes.window ?? { from: EVERYTHING, to: periodNow(clock(), kpi.grain, calendar).end };
    const outcome = await this.reader.read(window, stop, newest, changes);
    await this.files.remember(changes.parts);
    if (changes.failure) {
      throw changes.failure;
    }
    return { window, outcome };
  }

  /** Start of the newest stored period. While the store is away, the one before: then more is read, and nothing missed. */
  private async newest(): Promise<number | null> {
    const { id, version } = this.kpi;
    try {
      this.known = (await this.context.store.latest([{ kpi: id, v: version }])).get(id) ?? null;
    } catch (error) {
      if (this.known === undefined) {
        throw error;
      }
    }
    return this.known;
  }

  /**
   * Whether the first long read of this series version was finished once. Values alone do not tell: it may have been
   * broken off half-way.
   */
  private async isHistoryThere(): Promise<boolean> {
    if (!this.hasHistory) {
      const entries = await this.context.store.entries('quality', this.kpi.id);
      this.hasHistory = entries.some(({ data }) => data.event === 'history read' && data.v === this.kpi.version);
    }
    return this.hasHistory;
  }

  private async markHistory(window: Window, outcome: Outcome): Promise<void> {
    const data = { event: 'history read', v: this.kpi.version, ...window, points: outcome.points };
    await this.context.store.append('quality', { time: this.context.clock(), kpi: this.kpi.id, data });
    this.hasHistory = true;
  }

  private async readWindow(
    window: Window,
    stop: AbortSignal,
    newest: number | null = null
  ): Promise<{ window: Window; outcome: Outcome }> {
    return { window, outcome: await this.reader.read(window, stop, newest) };
  }

  private async attempt(
    work: () => Promise<{ window: Window | null; outcome: Outcome }>,
    stop: AbortSignal
  ): Promise<ReadReport> {
    const { status, context, kpi } = this;
    status.state = 'reading';
    status.nextRun = null;
    let report: ReadReport;
    try {
      const { window, outcome } = await work();
      report = { kpi: kpi.id, window, ...outcome, error: null };
      this.succeeded(outcome);
    } catch (thrown) {
      const error = masked(asKpiError(thrown), context.redact);
      report = { kpi: kpi.id, window: null, points: 0, zeros: 0, rejected: {}, error };
      if (!stop.aborted) {
        this[error.code === 'SOURCE_NOT_READY' ? 'waits' : 'failed'](error);
      }
    }
    status.reads++;
    status.lastRead = context.clock();
    status.state = status.waiting ? 'waiting' : 'idle';
    return report;
  }

  private succeeded(outcome: Outcome): void {
    const { status, context, kpi } = this;
    if (status.failures > 0) {
      context.log.info({ kpi: kpi.id, source: status.source, failures: status.failures }, 'reading again');
    }
    if (status.waiting) {
      const waited = context.clock() - status.waiting.since;
      context.log.info({ kpi: kpi.id, source: status.source, waited }, 'its source is ready');
    }
    status.lastSuccess = context.clock();
    this.recovered(null);
    status.points += outcome.points;
    status.zeros += outcome.zeros;
    let refused = 0;
    for (const [code, count] of Object.entries(outcome.rejected) as Array<[ErrorCode, number]>) {
      status.rejectedByCode[code] = (status.rejectedByCode[code] ?? 0) + count;
      refused += count;
    }
    status.rejected += refused;
    const about = { kpi: kpi.id, points: outcome.points, zeros: outcome.zeros };
    context.log.debug(about, 'read');
    if (refused > 0) {
      context.log.warn(
        { ...about, rejected: outcome.rejected, file: context.deadLetters.path },
        'records were refused'
      );
    }
  }

  /** It could be reached, and is asked again after `every`. */
  private waits({ message }: KpiError): void {
    const { status, context, kpi } = this;
    const since = status.waiting?.since ?? context.clock();
    const about = { kpi: kpi.id, source: status.source, since };
    context.log[status.waiting ? 'debug' : 'info'](about, `waits for its source: ${message}`);
    status.readWaits++;
    this.recovered({ since, message });
  }

  private recovered(waiting: SourceStatus['waiting']): void {
    this.askedToWait = 0;
    Object.assign(this.status, { waiting, lastError: null, failures: 0 });
  }

  private failed(error: KpiError): void {
    const { status, context, kpi } = this;
    status.waiting = null;
    status.failures++;
    this.askedToWait = Number(error.details?.retryAfter ?? 0);
    status.readFailures++;
    status.failuresByCode[error.code] = (status.failuresByCode[error.code] ?? 0) + 1;
    const isNews = status.lastError?.code !== error.code;
    status.lastError = { code: error.code, message: error.message };
    const about = {
      kpi: kpi.id,
      source: status.source,
      code: error.code,
      failures: status.failures,
      retryIn: this.wait,
    };
    // Somebody who reads the log wants the first of a hundred equal failures, not all of them.
    context.log[isNews ? 'warn' : 'debug'](about, `cannot be read: ${error.message}`);
  }
}

/** Systems quote what they were sent when they refuse it: no password gets into a status, a log or a page that way. */
function masked(error: KpiError, redact: (text: string) => string = (text) => text): KpiError {
  const details = error.details && (JSON.parse(redact(JSON.stringify(error.details))) as Record<string, unknown>);
  return new KpiError(error.code, redact(error.message), details, { cause: error.cause });
}
