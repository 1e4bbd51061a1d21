import { getMaxListeners } from 'node:events';

import { cached } from './cached';
import { contentKey } from './content-key';
import type { Work } from './work';

/** Work that is done when it is told to, and counts what reaches it. */
function slowWork() {
  const runs: Array<{ finish: (value: unknown) => void; signal?: AbortSignal }> = [];
  const work: Work = {
    run: (_name, _input, { signal } = {}) =>
      new Promise((resolve, reject) => {
        runs.push({ finish: resolve as never, signal });
        signal?.addEventListener('abort', () => reject(signal.reason as Error));
      }),
    close: () => Promise.resolve(),
  };
  return { work, runs };
}

const series = (first: number) => ({ values: Float64Array.of(first, 2, NaN), seasons: [], horizon: 1 });

describe('cached work', () => {
  it('does equal work once, also while it is under way', async () => {
    const { work, runs } = slowWork();
    const kept = cached(work);
    const both = Promise.all([kept.run('fit', series(1)), kept.run('fit', series(1))]);
    expect(runs).toHaveLength(1);
    runs[0]!.finish('done');
    expect(await both).toEqual(['done', 'done']);
    expect(await kept.run('fit', series(1))).toBe('done');
    void kept.run('fit', series(3));
    expect(runs).toHaveLength(2);
  });

  it('goes on as long as somebody waits, and stops with the last', async () => {
    const { work, runs } = slowWork();
    const kept = cached(work);
    const [first, second] = [new AbortController(), new AbortController()];
    const one = kept.run('fit', series(1), { signal: first.signal });
    const other = kept.run('fit', series(1), { signal: second.signal });
    first.abort();
    await expect(one).rejects.toThrow();
    expect(runs[0]!.signal!.aborted).toBe(false);
    second.abort();
    await expect(other).rejects.toThrow();
    expect(runs[0]!.signal!.aborted).toBe(true);
    void kept.run('fit', series(1));
    expect(runs).toHaveLength(2);
  });

  it('lets one request wait for much at once, without a warning of a leak', () => {
    const kept = cached(slowWork().work);
    const { signal } = new AbortController();
    Array.from({ length: 16 }, (_, i) => void kept.run('fit', series(i), { signal }));
    expect(getMaxListeners(signal)).toBe(Infinity);
  });

  it('does not keep a failure', async () => {
    let runs = 0;
    const kept = cached({
      run: () => {
        runs += 1;
        return Promise.reject(new Error('out of memory'));
      },
      close: () => Promise.resolve(),
    });
    await expect(kept.run('fit', series(1))).rejects.toThrow('out of memory');
    await expect(kept.run('fit', series(1))).rejects.toThrow('out of memory');
    expect(runs).toBe(2);
  });
});

describe('the key of content', () => {
  it('tells numbers, their places and everything else apart', () => {
    const keys = [
      contentKey('fit', series(1)),
      contentKey('fit', series(1.0000000000000002)),
      contentKey('fit', { ...series(1), horizon: 2 }),
      contentKey('correlate', series(1)),
      contentKey('fit', { ...series(1), values: [1, 2, null] }),
    ];
    expect(new Set(keys).size).toBe(keys.length);
    expect(contentKey('fit', series(1))).toBe(keys[0]);
    // A window on a larger buffer is its own content alone.
    expect(contentKey(Float64Array.of(0, 1, 2).subarray(1))).toBe(contentKey(Float64Array.of(1, 2)));
  });
});
