/** All records that a source gives for a window. */
import type { RawRecord, Source, Window } from '../src/sources/source';

export async function readAll(
  source: Source,
  window: Window = { from: -8.64e15, to: 8.64e15 },
  signal: AbortSignal = new AbortController().signal
): Promise<RawRecord[]> {
  const records: RawRecord[] = [];
  for await (const batch of source.read(window, signal)) {
    records.push(...batch);
  }
  return records;
}
