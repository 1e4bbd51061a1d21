/**
 * What of many files is to be read.
 *
 * What the files hold together is what the KPI has. Where a changed file has records, or had them, the files that
 * overlap it are read again, and that stretch replaces what is stored. Of two files with the same period and members
 * the one that changed last counts. What a file held that is gone stays: files are moved away when they are done with.
 */
import { asKpiError, type KpiError } from '@kpi-monitor/model/errors';

import type { FileChanges, FilePart, RawRecord, Window } from '../source';

import { type FoundFile, unsettled } from './files';
import { ALL_TIMES, type FileRecords, stillWritten } from './records';
import type { Span } from './span';

export interface ChangesContext {
  records: FileRecords;
  newSpan: () => Span;
  /** milliseconds that a file has to rest */
  settle: number;
  /** epoch milliseconds */
  now: number;
}

/**
 * @param files the newest first
 * @returns null when there is nothing to read
 * @throws KpiError SOURCE_FORMAT when all that is new is still being written
 */
export async function changesOf(
  files: readonly FoundFile[],
  known: readonly FilePart[],
  also: Window | null,
  context: ChangesContext,
  signal: AbortSignal
): Promise<FileChanges | null> {
  const { records, settle, now } = context;
  const before = new Map(known.map((part) => [part.name, part]));
  const fresh = files.filter((file) => {
    const { mark, again = Infinity } = before.get(file.name) ?? {};
    return mark !== records.markOf(file) || again <= now;
  });
  if (fresh.length === 0 && !also) {
    return null;
  }
  const changes = new Changes(context);
  (await unsettled(fresh, settle, signal)).forEach((file) => changes.leaveOut(file, stillWritten(file)));
  const ready = changes.without(fresh);
  if (ready.length === 0 && changes.failure && !also) {
    throw changes.failure;
  }
  const names = new Set(files.map(({ name }) => name));
  const gone = known.filter(({ name, from, to }) => from < to && !names.has(name));
  if (ready.length === files.length && gone.length === 0) {
    changes.files = files;
    return changes;
  }
  const spans = [...(also ? [also] : []), ...ready.flatMap(({ name }) => before.get(name) ?? [])];
  for (const file of ready) {
    spans.push(...(await changes.scan(file, signal)));
  }
  const window = hullOf(spans);
  const overlaps = ({ from, to }: Window) => from < window.to && to > window.from;
  const freshOnes = new Set(fresh);
  changes.window = window;
  changes.isPartial ||= gone.some(overlaps);
  changes.files = changes.without(files).filter((file) => freshOnes.has(file) || overlaps(before.get(file.name)!));
  return changes;
}

class Changes implements FileChanges {
  window: Window | null = null;
  isPartial = false;
  failure: KpiError | null = null;
  files: readonly FoundFile[] = [];
  readonly parts: FilePart[] = [];
  private readonly leftOut = new Set<FoundFile>();

  constructor(private readonly context: ChangesContext) {}

  leaveOut(file: FoundFile, why: unknown): void {
    this.leftOut.add(file);
    this.failure ??= asKpiError(why);
    this.isPartial = true;
  }

  without(files: readonly FoundFile[]): FoundFile[] {
    return files.filter((file) => !this.leftOut.has(file));
  }

  /** The stretch that a file has records in, when it has any. */
  async scan(file: FoundFile, signal: AbortSignal): Promise<Window[]> {
    const span = this.context.newSpan();
    try {
      for await (const batch of this.context.records.of(file, ALL_TIMES, signal)) {
        span.see(batch);
      }
    } catch (error) {
      signal.throwIfAborted();
      this.leaveOut(file, error);
    }
    return span.window ? [span.window] : [];
  }

  /** One file that fails does not keep the others away; one alone does. */
  async *read(window: Window, signal: AbortSignal): AsyncGenerator<RawRecord[]> {
    const { records, newSpan } = this.context;
    for (const file of this.files) {
      const span = newSpan();
      try {
        for await (const batch of records.of(file, window, signal)) {
          span.see(batch);
          yield batch;
        }
        this.parts.push({ name: file.name, mark: records.markOf(file), ...span.part });
      } catch (error) {
        signal.throwIfAborted();
        if (this.files.length === 1) {
          throw error;
        }
        this.leaveOut(file, error);
      }
    }
  }
}

/** From the first to the last; nothing when there is none. */
function hullOf(spans: readonly Window[]): Window {
  const filled = spans.filter(({ from, to }) => from < to);
  return filled.length === 0
    ? { from: 0, to: 0 }
    : { from: Math.min(...filled.map(({ from }) => from)), to: Math.max(...filled.map(({ to }) => to)) };
}
