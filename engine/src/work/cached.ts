/** Work whose results are kept by what they were made from, and done once however many ask at a time. */
import { setMaxListeners } from 'node:events';

import { contentKey } from './content-key';
import type { Work } from './work';

interface Running {
  result: Promise<unknown>;
  waiting: number;
  stop: AbortController;
}

const KEPT = 300;

export function cached(work: Work): Work {
  const done = new Map<string, unknown>();
  const running = new Map<string, Running>();

  const start = (key: string, make: (signal: AbortSignal) => Promise<unknown>): Running => {
    const stop = new AbortController();
    const result = make(stop.signal)
      .then((value) => {
        done.set(key, value);
        if (done.size > KEPT) {
          done.delete(done.keys().next().value!);
        }
        return value;
      })
      .finally(() => {
        if (running.get(key)?.stop === stop) {
          running.delete(key);
        }
      });
    const one = { result, waiting: 0, stop };
    running.set(key, one);
    return one;
  };

  return {
    async run(name, input, { signal } = {}) {
      signal?.throwIfAborted();
      const key = contentKey(name, input);
      if (done.has(key)) {
        const value = done.get(key);
        done.delete(key);
        done.set(key, value);
        return value as never;
      }
      const one = running.get(key) ?? start(key, (own) => work.run(name, input, { signal: own }));
      one.waiting += 1;
      try {
        return (await unlessAborted(one.result, signal)) as never;
      } finally {
        one.waiting -= 1;
        // The last one who wanted it has left.
        if (one.waiting === 0 && running.get(key) === one) {
          running.delete(key);
          one.result.catch(() => undefined);
          one.stop.abort();
        }
      }
    },
    close: () => work.close(),
  };
}

function unlessAborted<T>(result: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) {
    return result;
  }
  return new Promise((resolve, reject) => {
    const leave = () => reject(signal.reason as Error);
    // One request waits for many pieces of work at once: Node takes more than ten listeners for a leak.
    setMaxListeners(Infinity, signal);
    signal.addEventListener('abort', leave, { once: true });
    result.then(resolve, reject).finally(() => signal.removeEventListener('abort', leave));
  });
}
