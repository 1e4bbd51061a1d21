/** Trying again what may be over in a moment, and waiting as long as a server asks for. */
import { setTimeout as sleep } from 'node:timers/promises';

import { PassingError } from './passing-error';

/** Before the first repeat, milliseconds; doubled for each further one. */
export const FIRST_PAUSE = 500;
/** Longer than this nothing waits inside of a read: it fails, and the next one comes no earlier than was asked for. */
export const LONGEST_PAUSE = 60_000;

export interface Patience {
  /** how often it is tried again after a failure that may pass */
  retries: number;
  /** epoch milliseconds after which no further attempt begins */
  until: number;
  /** default `FIRST_PAUSE` */
  firstPause?: number;
  signal: AbortSignal;
}

/** @throws what the last attempt threw; at once for what is no `PassingError` */
export async function retrying<T>(
  work: () => Promise<T>,
  { retries, until, firstPause, signal }: Patience
): Promise<T> {
  for (let failures = 0; ; failures++) {
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof PassingError) || failures >= retries) {
        throw error;
      }
      // Sources that failed together should not come again together.
      const own = Math.min(LONGEST_PAUSE, (firstPause ?? FIRST_PAUSE) * 2 ** failures * (0.75 + Math.random() / 2));
      const pause = Math.max(own, error.retryAfter ?? 0);
      if (pause > LONGEST_PAUSE || Date.now() + pause > until) {
        throw error;
      }
      await sleep(pause, undefined, { signal }).catch(() => signal.throwIfAborted());
    }
  }
}

/** Most that a server may ask for. */
const A_DAY = 86_400_000;

/**
 * Milliseconds of a `Retry-After` header, which has seconds or a date (RFC 9110, 10.2.3); at most a day, undefined when
 * it says neither.
 */
export function retryAfterOf(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? '';
  const wait = /^\d+$/.test(text) ? Number(text) * 1000 : Date.parse(text) - now;
  return Number.isFinite(wait) ? Math.min(Math.max(wait, 0), A_DAY) : undefined;
}
