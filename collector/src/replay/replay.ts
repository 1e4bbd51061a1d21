/**
 * Gives records that were refused another chance, after the catalogue was mended: those that fit it now are stored, and
 * only then taken out of the dead letters. Whatever breaks it off, a record is in one place or in both, never in none.
 */
import type { Catalogue } from '@kpi-monitor/model/catalogue/catalogue';
import type { ErrorCode } from '@kpi-monitor/model/errors';
import type { Calendar } from '@kpi-monitor/model/time/calendar';
import { dimsKey } from '@kpi-monitor/store/points';
import type { Point, Store } from '@kpi-monitor/store/store';

import type { DeadLetter, DeadLetterFile, KeptLetter } from '../dead-letters';
import type { Sink } from '../journal/sink';

import { createRecheck } from './recheck';

export interface ReplayRequest {
  /** ids of KPIs; all when absent */
  kpis?: readonly string[];
  codes?: readonly ErrorCode[];
  /** when they were refused, epoch milliseconds, half-open */
  from?: number;
  to?: number;
  /** only say what would be done */
  dryRun?: boolean;
  /** also where the store has a value for the same period and dimensions by now */
  overwrite?: boolean;
  /** take them away, without storing anything */
  discard?: boolean;
}

export interface ReplayOptions {
  catalogue: Catalogue;
  calendar: Calendar;
  store: Pick<Store, 'read'>;
  sink: Sink;
  deadLetters: DeadLetterFile;
  clock: () => number;
}

/** `replayed`, `discarded`: or would be, in a dry run. `held`: there is a value by now. `refused`: it does not fit yet. */
export type Fate = 'replayed' | 'discarded' | 'held' | 'refused';

export interface Replayed {
  letter: DeadLetter;
  /** how often the same record lies there */
  times: number;
  fate: Fate;
  /** of one that is refused */
  reason: { code: ErrorCode; message: string } | null;
}

export interface ReplayReport {
  dryRun: boolean;
  /** the newest first */
  records: Replayed[];
  /** whether all that was replayed is in the store already; else it waits in the journal */
  isStored: boolean;
}

/** Points that are stored before their letters are taken away. */
const PART = 2000;

interface Group extends Replayed {
  ids: string[];
  point: Point | null;
}

/** @throws KpiError STORE_UNREACHABLE, JOURNAL_FULL, JOURNAL_DISK; then what was not replayed yet is still there */
export async function replay(request: ReplayRequest, options: ReplayOptions): Promise<ReplayReport> {
  const { dryRun = false, discard = false, overwrite = false } = request;
  const { deadLetters, sink, clock } = options;
  const groups = grouped((await deadLetters.list()).filter(({ letter }) => isWanted(letter, request)));
  let isStored = true;
  if (discard) {
    groups.forEach((group) => (group.fate = 'discarded'));
    if (!dryRun) {
      await deadLetters.remove(new Set(groups.flatMap(({ ids }) => ids)));
    }
  } else {
    recheck(groups, options);
    await holdBack(groups, overwrite, options.store);
    const going = groups.filter(({ fate }) => fate === 'replayed');
    for (let first = 0; first < going.length && !dryRun; first += PART) {
      const part = going.slice(first, first + PART);
      const points = part.map(({ point }) => point!);
      isStored = (await sink.put({ kind: 'points', at: clock(), points })).isStored && isStored;
      await deadLetters.remove(new Set(part.flatMap(({ ids }) => ids)));
    }
  }
  const records = groups.map(({ letter, times, fate, reason }) => ({ letter, times, fate, reason }));
  return { dryRun, records, isStored };
}

function isWanted({ kpi, code, at }: DeadLetter, { kpis, codes, from, to }: ReplayRequest): boolean {
  const time = Date.parse(at);
  return (
    (!kpis || kpis.includes(kpi)) &&
    (!codes || codes.includes(code)) &&
    (from === undefined || time >= from) &&
    (to === undefined || time < to)
  );
}

/** Each re-read after a restart lists the same bad rows again: equal records are one. Newest first. */
function grouped(kept: readonly KeptLetter[]): Group[] {
  const groups = new Map<string, Group>();
  for (const { id, letter } of [...kept].reverse()) {
    const key = `${letter.kpi} ${letter.code} ${JSON.stringify(letter.record)}`;
    const known = groups.get(key);
    if (known) {
      known.ids.push(id);
      known.times++;
    } else {
      groups.set(key, { letter, times: 1, fate: 'refused', reason: null, ids: [id], point: null });
    }
  }
  return [...groups.values()];
}

/** The newest record of a period and its dimensions counts, so that an older one of the same key is refused. */
function recheck(groups: readonly Group[], { catalogue, calendar, clock }: ReplayOptions): void {
  const check = createRecheck(catalogue, calendar, clock());
  for (const group of groups) {
    const checked = check(group.letter);
    if ('point' in checked) {
      Object.assign(group, { fate: 'replayed', point: checked.point });
    } else {
      group.reason = checked;
    }
  }
}

/** A record lay there while the world went on: the source may have sent the right value since. */
async function holdBack(groups: readonly Group[], overwrite: boolean, store: Pick<Store, 'read'>): Promise<void> {
  const going = groups.filter(({ point }) => point !== null);
  for (const kpi of overwrite ? [] : new Set(going.map(({ letter }) => letter.kpi))) {
    const its = going.filter(({ letter }) => letter.kpi === kpi);
    const times = its.map(({ point }) => point!.time).sort((a, b) => a - b);
    const { v } = its[0]!.point!;
    const stored = await store.read({ series: [{ kpi, v }], from: times[0]!, to: times.at(-1)! + 1 });
    const held = new Map(
      stored.flatMap(({ dims, times: at, values }) => at.map((time, i) => [keyOf({ time, dims }), values[i]!] as const))
    );
    for (const group of its) {
      const value = held.get(keyOf(group.point!));
      // An equal one is from a replay that was broken off before its letter was taken away.
      if (value !== undefined && value !== group.point!.value) {
        group.fate = 'held';
      }
    }
  }
}

function keyOf({ time, dims }: Pick<Point, 'time' | 'dims'>): string {
  return `${time} ${dimsKey(dims)}`;
}
