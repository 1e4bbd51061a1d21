/** Records that were refused, one JSON object a line, for people to read and to mend at the source. */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, open, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { ErrorCode } from '@kpi-monitor/model/errors';

import { jsonOf } from './validation/shown';

export interface DeadLetter {
  /** when it was refused, ISO 8601 */
  at: string;
  kpi: string;
  code: ErrorCode;
  /** why, and what to do */
  message: string;
  /** `line 12`, `row 3` */
  where?: string;
  record: unknown;
}

export interface DeadLetters {
  /** the file that letters are added to */
  readonly path: string;
  /**
   * Adds letters that this process has not written yet: each re-read of a window meets the same bad rows again.
   * Resolves to how many were new.
   */
  add(letters: readonly DeadLetter[]): Promise<number>;
}

/** A letter as it lies in the file. */
export interface KeptLetter {
  /** tells it apart from all others, for as long as it lies there */
  id: string;
  letter: DeadLetter;
}

export interface DeadLetterFile extends DeadLetters {
  /** All that are kept, oldest first; lines that are none are left out. */
  list(): Promise<KeptLetter[]>;
  /** Takes letters away, each file at once: whatever breaks it off, those that stay are still there. */
  remove(ids: ReadonlySet<string>): Promise<number>;
}

export const MAX_BYTES = 10 * 1024 * 1024;
export const KEPT_FILES = 3;
const REMEMBERED = 50_000;
const RECORD_LENGTH = 2000;

/**
 * @param path e.g. `.kpi/dead-letters.jsonl`; when it grows beyond `maxBytes` it becomes `….1`, that `….2`, and the
 *   oldest of `kept` files is given up
 */
export function createDeadLetters(path: string, { maxBytes = MAX_BYTES, kept = KEPT_FILES } = {}): DeadLetterFile {
  const written = new Set<string>();
  let turn = Promise.resolve();

  const append = async (letters: readonly DeadLetter[]) => {
    await mkdir(dirname(path), { recursive: true });
    const size = await stat(path).then(
      (found) => found.size,
      () => 0
    );
    if (size >= maxBytes) {
      await rotate(path, kept);
    }
    const text = letters.map((letter) => `${JSON.stringify({ ...letter, record: bounded(letter.record) })}\n`).join('');
    // Records may hold what only the operator should see.
    await appendFile(path, text, { mode: 0o600 });
  };

  const files = Array.from({ length: kept }, (_, n) => (n === 0 ? path : `${path}.${n}`)).reverse();
  const inTurn = <T>(work: () => Promise<T>): Promise<T> => {
    const done = turn.then(work);
    turn = done.then(
      () => {},
      () => {}
    );
    return done;
  };

  return {
    path,
    list: () => inTurn(async () => (await Promise.all(files.map(linesOf))).flat().flatMap(letterOf)),
    remove: (ids) =>
      inTurn(async () => {
        let removed = 0;
        for (const file of files) {
          removed += await rewrite(file, (line) => !ids.has(idOf(line)));
        }
        // What is met again was mended once, and is news.
        written.clear();
        return removed;
      }),
    add(letters) {
      const fresh = letters.filter((letter) => {
        const key = `${letter.kpi} ${letter.code} ${letter.where ?? ''} ${JSON.stringify(bounded(letter.record))}`;
        return !written.has(key) && written.add(key);
      });
      if (written.size > REMEMBERED) {
        written.clear();
      }
      if (fresh.length === 0) {
        return Promise.resolve(0);
      }
      return inTurn(() => append(fresh)).then(() => fresh.length);
    },
  };
}

async function linesOf(path: string): Promise<string[]> {
  const text = await readFile(path, 'utf8').catch(() => '');
  return text.split('\n').filter(Boolean);
}

function idOf(line: string): string {
  return createHash('sha256').update(line).digest('hex').slice(0, 16);
}

function letterOf(line: string): KeptLetter[] {
  try {
    return [{ id: idOf(line), letter: JSON.parse(line) as DeadLetter }];
  } catch {
    // Cut off when the process was killed.
    return [];
  }
}

/** Resolves to how many lines went. */
async function rewrite(path: string, stays: (line: string) => boolean): Promise<number> {
  const lines = await linesOf(path);
  const staying = lines.filter(stays);
  if (staying.length < lines.length) {
    const draft = `${path}.new`;
    const file = await open(draft, 'w', 0o600);
    try {
      await file.writeFile(staying.map((line) => `${line}\n`).join(''));
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(draft, path);
  }
  return lines.length - staying.length;
}

async function rotate(path: string, kept: number): Promise<void> {
  for (let n = kept - 1; n >= 1; n--) {
    await rename(n === 1 ? path : `${path}.${n - 1}`, `${path}.${n}`).catch(() => {});
  }
}

/** The record, or its beginning, without what JSON cannot hold. */
function bounded(record: unknown): unknown {
  const text = jsonOf(record);
  return text.length > RECORD_LENGTH ? `${text.slice(0, RECORD_LENGTH)}…` : JSON.parse(text);
}
