import { readWithin } from './patience';
import type { RawRecord, Source } from './sources/source';

const window = { from: 0, to: 1 };
const record: RawRecord = { period: 2026, value: 1, dims: {} };
const sleep = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
const sourceOf = (read: Source['read']): Source => ({ origin: () => null, read });

async function count(source: Source, timeout: number, stop = new AbortController().signal, work = 0) {
  const sizes: number[] = [];
  for await (const batch of readWithin(source, window, timeout, stop)) {
    sizes.push(batch.length);
    await sleep(work);
  }
  return sizes.length;
}

test('a source that ignores its signal is given up all the same', async () => {
  const deaf = sourceOf(async function* () {
    yield [record];
    await new Promise(() => {});
  });
  await expect(count(deaf, 50)).rejects.toMatchObject({
    code: 'SOURCE_TIMEOUT',
    message: expect.stringContaining('50 ms'),
  });
});

test('a source hears that it is given up', async () => {
  let heard = false;
  const source = sourceOf(async function* (_, signal) {
    signal.addEventListener('abort', () => (heard = true));
    await new Promise(() => {});
    yield [];
  });
  await expect(count(source, 20)).rejects.toMatchObject({ code: 'SOURCE_TIMEOUT' });
  expect(heard).toBe(true);
});

test('only silence counts: neither many batches nor slow writing of them', async () => {
  const slow = sourceOf(async function* () {
    for (let i = 0; i < 5; i++) {
      await sleep(30);
      yield [record];
    }
  });
  expect(await count(slow, 100, undefined, 60)).toBe(5);
});

test('a stop ends a read between and within batches', async () => {
  const endless = sourceOf(async function* () {
    for (;;) {
      await sleep(5);
      yield [record];
    }
  });
  const stop = new AbortController();
  setTimeout(() => stop.abort(new Error('stopped')), 60);
  await expect(count(endless, 1000, stop.signal)).rejects.toThrow('stopped');
  await expect(count(endless, 1000, stop.signal)).rejects.toThrow('stopped');
});

test("a source's own failure is passed on", async () => {
  const broken = sourceOf(async function* () {
    yield [record];
    throw new Error('broken');
  });
  await expect(count(broken, 1000)).rejects.toThrow('broken');
});
