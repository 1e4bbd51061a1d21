/** Which events have been taken already, on disk: senders repeat what they are not sure of. */
import { createHash } from 'node:crypto';
import { appendFile, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';

export interface SeenEvents {
  has(event: string): Promise<boolean>;
  add(event: string): Promise<void>;
}

/** Of these the newest are remembered, twice as many at most. */
const REMEMBERED = 20_000;

/** @param path null remembers for as long as the process runs */
export function createSeenEvents(path: string | null): SeenEvents {
  let known: Promise<Set<string>> | null = null;
  let turn: Promise<unknown> = Promise.resolve();
  const load = async () => {
    const text = path === null ? '' : await readFile(path, 'utf8').catch(() => '');
    return new Set(text.split('\n').filter((line) => /^[0-9a-f]{32}$/.test(line)));
  };
  const keep = async (key: string, all: Set<string>) => {
    const isLong = all.size > 2 * REMEMBERED;
    if (isLong) {
      [...all].slice(0, all.size - REMEMBERED).forEach((old) => all.delete(old));
    }
    if (path === null) {
      return;
    }
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    if (isLong) {
      await writeFile(`${path}.new`, [...all, ''].join('\n'), { mode: 0o600 });
      await rename(`${path}.new`, path);
    } else {
      await appendFile(path, `${key}\n`, { mode: 0o600 });
    }
  };
  return {
    has: async (event) => (await (known ??= load())).has(keyOf(event)),
    async add(event) {
      const all = await (known ??= load());
      const key = keyOf(event);
      if (!all.has(key)) {
        all.add(key);
        await (turn = turn.then(() => keep(key, all)));
      }
    },
  };
}

function keyOf(event: string): string {
  return createHash('sha256').update(event).digest('hex').slice(0, 32);
}
