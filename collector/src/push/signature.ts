/** Whether an event comes from who it says: HMAC-SHA256 over the bytes as they arrived, compared in constant time. */
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';

import type { WebhookSignature } from '@kpi-monitor/model/catalogue/source-schema';
import { KpiError } from '@kpi-monitor/model/errors';

import { milliseconds } from '../duration';

export interface SignedEvent {
  /** as it arrived, to the byte */
  body: Buffer;
  /** names in lower case */
  headers: IncomingHttpHeaders;
}

const DIGEST_BYTES = 32;
/** A sender may sign by its old and its new secret; more signatures than this are nobody's. */
const MOST_SIGNATURES = 16;

/**
 * @param secret the text that the sender was given
 * @returns the signature that fits, which names the event where it has no id of its own
 * @throws KpiError HOOK_SIGNATURE without a signature that fits, HOOK_OLD for one of another time than now
 */
export function verifySignature(config: WebhookSignature, secret: string, event: SignedEvent, now: number): string {
  const candidates = partsOf(event, config.header, config.prefix);
  if (candidates.length === 0) {
    throw new KpiError('HOOK_SIGNATURE', `the event has no signature in the header ${config.header}`);
  }
  const timestamp = config.timestamp ? partsOf(event, config.timestamp.header, config.timestamp.prefix)[0] : undefined;
  if (config.timestamp && timestamp === undefined) {
    throw new KpiError('HOOK_SIGNATURE', `the event has no time in the header ${config.timestamp.header}`);
  }
  const key = config.secret_encoding === 'base64' ? Buffer.from(secret.replace(/^whsec_/, ''), 'base64') : secret;
  const hmac = createHmac('sha256', key);
  for (const part of config.signs.split(/(\{body\}|\{timestamp\}|\{id\})/)) {
    hmac.update(
      part === '{body}'
        ? event.body
        : part === '{timestamp}'
          ? (timestamp ?? '')
          : part === '{id}'
            ? headerOf(event, config.id_header ?? '')
            : part
    );
  }
  const wanted = hmac.digest();
  let fitting: string | null = null;
  for (const candidate of candidates.slice(0, MOST_SIGNATURES)) {
    const given = Buffer.from(candidate, config.encoding);
    if (given.length === DIGEST_BYTES && timingSafeEqual(given, wanted)) {
      fitting = wanted.toString('hex');
    }
  }
  if (fitting === null) {
    throw new KpiError('HOOK_SIGNATURE', 'the signature is not that of this event; is the secret that of the sender?');
  }
  if (config.timestamp) {
    refuseOld(timestamp!, milliseconds(config.timestamp.tolerance), now);
  }
  return fitting;
}

/** @throws KpiError HOOK_OLD: somebody may have recorded it, to send it once more */
function refuseOld(timestamp: string, tolerance: number, now: number): void {
  // Milliseconds have had thirteen digits since 2001.
  const at = /^\d{1,11}$/.test(timestamp)
    ? Number(timestamp) * 1000
    : /^\d{13}$/.test(timestamp)
      ? Number(timestamp)
      : Date.parse(timestamp);
  const off = Math.abs(now - at);
  if (!(off <= tolerance)) {
    const text = Number.isNaN(off) ? 'at no time that can be read' : `${Math.round(off / 1000)} s from now`;
    throw new KpiError('HOOK_OLD', `the event was signed ${text}; are the clocks right?`);
  }
}

/** What a header has after the prefix: `sha256=…`, or one of `t=…,v1=…,v1=…`. */
function partsOf(event: SignedEvent, header: string, prefix: string): string[] {
  return headerOf(event, header)
    .split(prefix.includes(',') ? /\s+/ : /[\s,]+/)
    .filter((part) => part.startsWith(prefix) && part.length > prefix.length)
    .map((part) => part.slice(prefix.length));
}

function headerOf({ headers }: SignedEvent, name: string): string {
  const value = headers[name.toLowerCase()];
  return Array.isArray(value) ? value.join(',') : (value ?? '');
}
