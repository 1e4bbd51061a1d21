/** Records that were refused, one JSON object a line, for people to read and to mend at the source. */
import { appendFile, mkdir, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { ErrorCode } from '@kpi-monitor/model/errors';

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

export const MAX_BYTES = 10 * 1024 * 1024;
export const KEPT_FILES = 3;
const REMEMBERED = 50_000;
const RECORD_LENGTH = 2000;

/**
 * @param path e.g. `.kpi/dead-letters.jsonl`; when it grows beyond `maxBytes` it becomes `….1`, that `….2`, and the
 *   oldest of `kept` files is given up
 */
export function createDeadLetters(path: string, { maxBytes = MAX_BYTES, kept = KEPT_FILES } = {}): DeadLetters {
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

  return {
    path,
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
      const done = turn.then(() => append(fresh));
      turn = done.catch(() => {});
      return done.then(() => fresh.length);
    },
  };
}

async function rotate(path: string, kept: number): Promise<void> {
  for (let n = kept - 1; n >= 1; n--) {
    await rename(n === 1 ? path : `${path}.${n - 1}`, `${path}.${n}`).catch(() => {});
  }
}

function bounded(record: unknown): unknown {
  const text = JSON.stringify(record) ?? 'null';
  return text.length > RECORD_LENGTH ? `${text.slice(0, RECORD_LENGTH)}…` : record;
}
