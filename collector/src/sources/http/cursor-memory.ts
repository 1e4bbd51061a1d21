/** Where a source goes on next time, on disk: written only once what came before it is safe. */
import { createHash } from 'node:crypto';
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { join } from 'node:path';

export interface CursorMemory {
  /** null when nothing is remembered */
  read(): Promise<string | null>;
  write(cursor: string): Promise<void>;
}

/**
 * @param folder for example `.kpi/cursors`
 * @param origin what the cursor belongs to: with another series version or expression, reading begins anew
 */
export function cursorFile(folder: string, kpi: string, origin: string): CursorMemory {
  const path = join(folder, `${kpi}.json`);
  const of = createHash('sha256').update(origin).digest('hex').slice(0, 16);
  return {
    async read() {
      try {
        const kept = JSON.parse(await readFile(path, 'utf8')) as { of: string; cursor: string };
        return kept.of === of && typeof kept.cursor === 'string' ? kept.cursor : null;
      } catch {
        // Not there, or cut off: reading all again is harmless.
        return null;
      }
    },
    async write(cursor) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = await open(`${path}.new`, 'w', 0o600);
      try {
        await file.writeFile(JSON.stringify({ of, cursor }));
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(`${path}.new`, path);
    },
  };
}

/** For as long as the process runs. */
export function cursorInMemory(): CursorMemory {
  let kept: string | null = null;
  return {
    read: async () => kept,
    async write(cursor) {
      kept = cursor;
    },
  };
}
