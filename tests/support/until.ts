import { performance } from 'node:perf_hooks';

/**
 * Waits for what a test is about: looks at once, then less and less often, twice a second in the end.
 *
 * @param what it waits for, or what is to be said when that does not come
 * @throws when it did not come in `ms` milliseconds; what the look throws
 */
export async function until<T>(
  what: string | (() => string),
  look: () => Promise<T> | T,
  ms = 120_000
): Promise<Exclude<T, null | undefined | false>> {
  const end = performance.now() + ms;
  for (let rest = 10; ; rest = Math.min(2 * rest, 500)) {
    const found = await look();
    if (found) {
      return found as Exclude<T, null | undefined | false>;
    }
    if (performance.now() > end) {
      throw new Error(`${typeof what === 'string' ? what : what()} did not come within ${ms / 1000} s`);
    }
    await pause(rest);
  }
}

export function pause(ms: number): Promise<void> {
  return new Promise((done) => setTimeout(done, ms));
}
