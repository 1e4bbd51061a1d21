/**
 * Records that vouch for each other: each carries the SHA-256 of the one before it and of itself, so that one that was
 * changed, removed or put elsewhere breaks the chain from there on.
 */
import { createHash } from 'node:crypto';

import type { AuditEntry } from '@kpi-monitor/model/query/judgement-answer';

/** What somebody did. */
export type AuditFact = Omit<AuditEntry, 'hash'>;

export interface AuditRecord extends AuditFact {
  /** counts up from 1 */
  sequence: number;
  /** hexadecimal */
  hash: string;
}

/** What the first record follows. */
export const CHAIN_START = '0'.repeat(64);

/** The record of a fact that follows one with that hash. */
export function chained(fact: AuditFact, sequence: number, previous: string): AuditRecord {
  return { ...fact, sequence, hash: hashOf({ ...fact, sequence }, previous) };
}

/**
 * Whether records are all there, as they were written and in the order in which they were.
 * @param records as they are kept
 * @param witnesses hashes that are noted elsewhere: the chain alone cannot tell that its end was cut off
 */
export function isIntact(records: readonly AuditRecord[], witnesses: readonly string[] = []): boolean {
  let previous = CHAIN_START;
  for (const [index, { hash, ...rest }] of records.entries()) {
    if (rest.sequence !== index + 1 || hash !== hashOf(rest, previous)) {
      return false;
    }
    previous = hash;
  }
  const known = new Set(records.map(({ hash }) => hash));
  return witnesses.every((witness) => known.has(witness));
}

function hashOf(record: Omit<AuditRecord, 'hash'>, previous: string): string {
  return createHash('sha256').update(previous).update(canonical(record)).digest('hex');
}

/** JSON that is the same whatever order properties came in. */
function canonical(record: object): string {
  return JSON.stringify(Object.fromEntries(Object.entries(record).sort(([a], [b]) => (a < b ? -1 : 1))));
}
