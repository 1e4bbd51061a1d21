/** Which windows a backfill has finished, on disk: one that was killed goes on where it was, and reads nothing twice. */
import { createHash } from 'node:crypto';
import { type FileHandle, mkdir, open, readFile, rm } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Kpi } from '@kpi-monitor/model/catalogue/catalogue';

import type { Window } from './sources/source';

export interface FinishedWindow {
  points: number;
  rejected: number;
}

export interface Backfilled {
  /** when the windows that are known were finished, the oldest; null when none is */
  readonly since: number | null;
  /** Null when it was not read yet, or by another definition of the KPI. */
  of(kpi: Kpi, window: Window): FinishedWindow | null;
  /** Resolves once that is on the disk. */
  add(kpi: Kpi, window: Window, finished: FinishedWindow): Promise<void>;
  /** Everything is read: the next backfill begins anew. */
  forget(): Promise<void>;
  close(): Promise<void>;
}

/** After so long a source may say something else of the same past. */
const BELIEVED = 3 * 86_400_000;

interface Line extends FinishedWindow {
  at: number;
  key: string;
}

/** @param path e.g. `.kpi/backfill.jsonl`; its folder is made */
export async function openBackfilled(path: string, clock: () => number = Date.now): Promise<Backfilled> {
  const text = await readFile(path, 'utf8').catch(() => '');
  const lines = text
    .split('\n')
    .flatMap(lineOf)
    .filter(({ at }) => clock() - at < BELIEVED);
  const known = new Map(lines.map((line) => [line.key, line]));
  let file: FileHandle | null = null;
  let turn = Promise.resolve();
  const append = async (line: Line) => {
    if (!file) {
      await mkdir(dirname(path), { recursive: true });
      file = await open(path, 'a', 0o600);
      // A line that was cut off by a kill must not take the next one with it.
      await file.appendFile(text === '' || text.endsWith('\n') ? '' : '\n');
    }
    await file.appendFile(`${JSON.stringify(line)}\n`);
    await file.datasync();
  };
  return {
    since: lines.length > 0 ? Math.min(...lines.map(({ at }) => at)) : null,
    of: (kpi, window) => known.get(keyOf(kpi, window)) ?? null,
    add(kpi, window, { points, rejected }) {
      turn = turn.then(() => append({ at: clock(), key: keyOf(kpi, window), points, rejected }));
      return turn;
    },
    async forget() {
      await turn;
      await file?.close();
      file = null;
      known.clear();
      await rm(path, { force: true });
    },
    async close() {
      await turn.catch(() => {});
      await file?.close();
      file = null;
    },
  };
}

/** What a window gives depends on how its KPI is read and checked. */
function keyOf(kpi: Kpi, { from, to }: Window): string {
  const { id, version, source, dimensions, grain, valid, aggregate } = kpi;
  const how = JSON.stringify([version, source, dimensions, grain, valid, aggregate]);
  return `${id} ${from} ${to} ${createHash('sha256').update(how).digest('hex').slice(0, 16)}`;
}

function lineOf(text: string): Line[] {
  try {
    const line = JSON.parse(text) as Line;
    return typeof line.key === 'string' ? [line] : [];
  } catch {
    return [];
  }
}
