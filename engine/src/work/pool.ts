/** Tasks in threads of their own. */
import { availableParallelism } from 'node:os';

import type { Work } from './work';

const IDLE_MS = 60_000;

/** @param file the bundled `worker.ts` */
export async function createPool(file: URL): Promise<Work> {
  // Loaded only where threads are used: programs that answer once do without.
  const { Tinypool } = await import('tinypool');
  // One core stays for those who ask.
  const maxThreads = Math.max(1, availableParallelism() - 1);
  const pool = new Tinypool({ filename: file.href, minThreads: 0, maxThreads, idleTimeout: IDLE_MS });
  return {
    async run(name, input, { signal } = {}) {
      signal?.throwIfAborted();
      try {
        return (await pool.run({ name, input }, { signal: signal ?? null })) as never;
      } catch (error) {
        signal?.throwIfAborted();
        throw error;
      }
    },
    close: () => pool.destroy(),
  };
}
