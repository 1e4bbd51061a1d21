/** Reads a source batch by batch and loses patience when it stays silent, even if it does not heed its signal. */
import { KpiError } from '@kpi-monitor/model/errors';

import type { RawRecord, Source, Window } from './sources/source';

/**
 * @param timeout milliseconds that the source may take for each batch; what is done with a batch does not count
 * @throws KpiError SOURCE_TIMEOUT, and what the source throws
 */
export async function* readWithin(
  source: Pick<Source, 'read'>,
  window: Window,
  timeout: number,
  stop: AbortSignal
): AsyncGenerator<RawRecord[]> {
  const end = new AbortController();
  let giveUp: (reason: unknown) => void = () => {};
  const abort = (reason: unknown) => {
    end.abort(reason);
    giveUp(reason);
  };
  const onStop = () => abort(stop.reason);
  const onSilence = () => {
    const message = `the source was silent for ${timeout} ms; make it faster, or raise its timeout`;
    abort(new KpiError('SOURCE_TIMEOUT', message, { timeout }));
  };
  stop.throwIfAborted();
  // Not `AbortSignal.any`: on Node 20 each one stays in the memory of a signal that lives as long as the process.
  stop.addEventListener('abort', onStop, { once: true });
  const batches = source.read(window, end.signal)[Symbol.asyncIterator]();
  const next = async () => {
    const given = new Promise<never>((_, reject) => (giveUp = reject));
    const timer = setTimeout(onSilence, timeout);
    try {
      return await Promise.race([batches.next(), given]);
    } finally {
      clearTimeout(timer);
      giveUp = () => {};
    }
  };
  try {
    for (let batch = await next(); !batch.done; batch = await next()) {
      yield batch.value;
      stop.throwIfAborted();
    }
  } finally {
    stop.removeEventListener('abort', onStop);
    // Not awaited: a source that hangs would hang us with it.
    void Promise.resolve(batches.return?.()).catch(() => {});
  }
}
