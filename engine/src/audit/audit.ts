/** The audit trail: who changed what, through which program, and why; kept in the store's log `audit`, one chain for all. */
import type { AuditAnswer, AuditEntry } from '@kpi-monitor/model/query/judgement-answer';
import type { Store } from '@kpi-monitor/store/store';
import { Turns } from '@kpi-monitor/store/turns';

import { type AuditFact, type AuditRecord, chained, CHAIN_START, isIntact } from './chain';

export interface AuditFilter {
  kpi?: string;
  user?: string;
  /** half-open, epoch milliseconds */
  from?: number;
  to?: number;
  /** entries, newest first; default all */
  limit?: number;
  /** only entries older than that of this hash */
  before?: string;
}

export interface Audit {
  /**
   * Writes a record. Write it before what it is about, and note its hash there: then nothing is done that the trail does
   * not have, and what is cut off its end is missed.
   * @throws KpiError STORE_UNREACHABLE, STORE_REFUSED
   */
  record(fact: AuditFact): Promise<AuditEntry>;
  /** @throws KpiError STORE_UNREACHABLE */
  read(filter?: AuditFilter): Promise<AuditAnswer>;
}

/** All records are one chain, whatever KPI they are about. */
const ONE_CHAIN = '';

/** @param witnesses hashes that are noted beside what was done */
export function createAudit(
  store: Pick<Store, 'append' | 'entries'>,
  witnesses: () => Promise<readonly string[]>
): Audit {
  const turns = new Turns();
  /** the newest record; read once, since this process alone appends */
  let head: { sequence: number; hash: string } | null = null;

  const readAll = async () => {
    const entries = await store.entries('audit', ONE_CHAIN);
    return entries.sort((a, b) => a.revision - b.revision).map(({ data }) => data as unknown as AuditRecord);
  };

  const append = async (fact: AuditFact): Promise<AuditEntry> => {
    head ??= (await readAll()).at(-1) ?? { sequence: 0, hash: CHAIN_START };
    const record = chained(fact, head.sequence + 1, head.hash);
    try {
      await store.append('audit', { time: fact.time, kpi: ONE_CHAIN, data: { ...record } }, head.sequence);
    } catch (error) {
      // It may have been written all the same.
      head = null;
      throw error;
    }
    head = record;
    return entryOf(record);
  };

  return {
    record: (fact) => turns.take(() => append(fact)),

    async read({ kpi, user, from = -Infinity, to = Infinity, limit = Infinity, before } = {}) {
      // First what was done, then the trail: what is done meanwhile is in the trail already.
      const noted = await witnesses();
      const records = await readAll();
      const found = records
        .filter(
          (record) =>
            (kpi === undefined || record.kpi === kpi) &&
            (user === undefined || record.user === user) &&
            record.time >= from &&
            record.time < to
        )
        .reverse();
      const cut = before === undefined ? 0 : found.findIndex(({ hash }) => hash === before) + 1;
      return {
        entries: found.slice(cut, cut + limit).map(entryOf),
        total: found.length,
        intact: isIntact(records, noted),
      };
    },
  };
}

function entryOf({ time, user, client, role, action, kpi, what, reason, hash }: AuditRecord): AuditEntry {
  return { time, user, client, role, action, kpi, what, reason, hash };
}
