/** A test kit: whether a source keeps to what the collector relies on. */
import { asKpiError } from '@kpi-monitor/model/errors';

import type { RawRecord, Source, Window } from '../source';

export interface KitResult {
  what: string;
  /** null when it holds */
  failure: string | null;
}

export interface KitOptions {
  window: Window;
  /** start of the period that a record is of, store time; null when it cannot be read */
  periodOf: (record: RawRecord) => number | null;
  /** milliseconds in which it has to stop once nobody waits */
  stopWithin?: number;
}

/** Reads the window three times, of which one is broken off. Never throws. */
export async function checkSource(
  source: Source,
  { window, periodOf, stopWithin = 2000 }: KitOptions
): Promise<KitResult[]> {
  let first: RawRecord[];
  try {
    first = await all(source, window);
  } catch (error) {
    const { code, message } = asKpiError(error);
    return [{ what: 'it reads', failure: `${code}: ${message}` }];
  }
  const broken = first.find((record) => record.broken !== undefined);
  const unread = first.find((record) => !record.broken && periodOf(record) === null);
  const outside = first.find((record) => {
    const period = periodOf(record);
    return period !== null && (period < window.from || period >= window.to);
  });
  const keys = first.map(keyOf);
  const twice = keys.find((key, i) => keys.indexOf(key) !== i);
  return [
    {
      what: 'it reads',
      failure: first.length > 0 ? null : 'it gives no record for the window; choose one that has some',
    },
    { what: 'records have period and value', failure: broken?.broken ?? null },
    { what: 'periods can be read', failure: unread ? `not ${JSON.stringify(unread.period)}` : null },
    { what: 'records lie in the window', failure: outside ? `not ${show(outside)}` : null },
    { what: 'one record for each period and dimensions', failure: twice ? `two for ${twice}` : null },
    { what: 'it gives the same again', failure: await again(source, window, first) },
    { what: 'it stops when nobody waits', failure: await stops(source, window, stopWithin) },
  ];
}

async function again(source: Source, window: Window, first: RawRecord[]): Promise<string | null> {
  try {
    const [one, other] = [first, await all(source, window)].map((records) => records.map(show).sort());
    const different = one!.find((text, i) => text !== other![i]) ?? other![one!.length];
    return different === undefined ? null : `a second read differs, e.g. in ${different}`;
  } catch (error) {
    return asKpiError(error).message;
  }
}

async function stops(source: Source, window: Window, within: number): Promise<string | null> {
  const stop = new AbortController();
  const reading = all(source, window, stop.signal).then(
    () => null,
    () => null
  );
  stop.abort(new Error('nobody waits'));
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<string>((resolve) => {
    timer = setTimeout(resolve, within, `it was still reading after ${within} ms; heed \`signal\``);
  });
  const failure = await Promise.race([reading, late]);
  clearTimeout(timer);
  return failure;
}

async function all(source: Source, window: Window, signal = new AbortController().signal): Promise<RawRecord[]> {
  const records: RawRecord[] = [];
  for await (const batch of source.read(window, signal)) {
    records.push(...batch);
  }
  return records;
}

const keyOf = ({ period, dims }: RawRecord) => JSON.stringify([period, dims]);
const show = ({ period, value, weight, dims }: RawRecord) =>
  JSON.stringify({ period, value, weight, ...dims }, (_, inner: unknown) =>
    typeof inner === 'bigint' ? `${inner}` : inner
  );
