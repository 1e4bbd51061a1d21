/** Every change of state, a line each, in files that are bounded in size. */
import { appendFile, mkdir, readFile, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';

import type { Change, Episode } from '../src/services/alerting';

export interface History {
  /** Reads what a program before this one wrote. A line that was torn off is left out. */
  load(): Promise<void>;
  /** Remembered at once; rejects when it could not be written. */
  add(changes: readonly Change[]): Promise<void>;
  /** oldest first */
  changes(): readonly Change[];
}

export const MAX_BYTES = 5 * 1024 * 1024;
export const MAX_CHANGES = 20_000;

/** @param path `.kpi/alerting/history.jsonl`; when it grows beyond `maxBytes` it becomes `….1`, which is read as well */
export function createHistory(path: string, { maxBytes = MAX_BYTES, maxChanges = MAX_CHANGES } = {}): History {
  let known: Change[] = [];
  let turn = Promise.resolve();
  const append = async (changes: readonly Change[]) => {
    await mkdir(dirname(path), { recursive: true });
    const size = await stat(path).then(
      (found) => found.size,
      () => 0
    );
    if (size >= maxBytes) {
      await rename(path, `${path}.1`);
    }
    await appendFile(path, changes.map((change) => `${JSON.stringify(change)}\n`).join(''), { mode: 0o600 });
  };
  return {
    async load() {
      const files = await Promise.all([`${path}.1`, path].map((file) => readFile(file, 'utf8').catch(() => '')));
      known = files.flatMap((text) => text.split('\n').flatMap(readLine)).slice(-maxChanges);
    },
    add(changes) {
      if (changes.length === 0) {
        return Promise.resolve();
      }
      known = [...known, ...changes].slice(-maxChanges);
      turn = turn.catch(() => undefined).then(() => append(changes));
      return turn;
    },
    changes: () => known,
  };
}

function readLine(line: string): Change[] {
  try {
    const change = JSON.parse(line) as Change;
    return typeof change.at === 'number' && typeof change.key === 'string' ? [change] : [];
  } catch {
    return [];
  }
}

/** Who fired when and for how long, newest first. What fires while it recovers is one episode. */
export function episodesOf(changes: readonly Change[]): Episode[] {
  const open = new Map<string, Episode>();
  const all: Episode[] = [];
  for (const { at, rule, title, key, labels, to, toReason, summary } of changes) {
    const id = JSON.stringify([rule, key]);
    const current = open.get(id);
    const firing = to === 'Alerting' || to === 'Recovering';
    if (firing && !current) {
      const episode: Episode = { rule, title, labels, summary, from: at, to: null, reason: '' };
      open.set(id, episode);
      all.push(episode);
    } else if (!firing && current) {
      current.to = at;
      current.reason = toReason;
      open.delete(id);
    }
  }
  return all.sort((a, b) => b.from - a.from);
}
