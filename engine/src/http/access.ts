/** Who may ask: service tokens with scopes, and whether a stated user is believed. */
import { createHash, timingSafeEqual } from 'node:crypto';

import { KpiError } from '@kpi-monitor/model/errors';
import { type Role, ROLES } from '@kpi-monitor/model/query/judgement-answer';

export const SCOPES = ['read', 'write', 'admin', 'push', 'act-as'] as const;
export type Scope = (typeof SCOPES)[number];

export interface TokenRule {
  /** of the client, for logs */
  name: string;
  /** SHA-256 of the token, hexadecimal; see `hashToken`. The token itself is kept nowhere. */
  sha256: string;
  scopes: readonly Scope[];
  /** ids, or their beginnings as `shop_*`, that it may push; all when absent */
  kpis?: readonly string[];
  /** the instant from which on it no longer counts */
  until?: number;
}

/** The tokens that count, asked at each request, since they may be changed meanwhile. */
export type Tokens = () => readonly TokenRule[];

/** Who a request comes from. */
export interface Caller {
  /** name of the token's rule, or `local` where no tokens are asked for */
  client: string;
  user: string;
  role: Role;
  scopes: readonly Scope[];
  /** as in its `TokenRule` */
  kpis?: readonly string[];
}

/** What a request says about itself; names of headers in lower case. */
export type Headers = Readonly<Record<string, string | string[] | undefined>>;

/** Where the process alone can reach it (standalone on loopback), everybody is the one local user. */
export const LOCAL: Caller = { client: 'local', user: 'local', role: 'Admin', scopes: SCOPES };

export function hashToken(token: string): string {
  return digest(token).toString('hex');
}

/**
 * The caller behind a request's headers.
 * @throws KpiError ACCESS_TOKEN
 */
export function identify(headers: Headers, rules: readonly TokenRule[], now = Date.now()): Caller {
  const given = /^(?:Bearer|Token) +(\S+)$/i.exec(one(headers.authorization))?.[1];
  if (given === undefined) {
    throw new KpiError('ACCESS_TOKEN', 'the request carries no token; send `Authorization: Bearer <token>`');
  }
  const hash = digest(given);
  // Every rule is compared, so that the time taken tells nothing about which of them came near.
  const [rule] = rules.filter((candidate) => timingSafeEqual(hash, stored(candidate)));
  if (!rule) {
    throw new KpiError('ACCESS_TOKEN', 'the token is not one that this engine knows');
  }
  if (rule.until !== undefined && now >= rule.until) {
    throw new KpiError('ACCESS_TOKEN', `the token of \`${rule.name}\` has run out; make a new one by \`kpi token\``);
  }
  const believed = rule.scopes.includes('act-as');
  const role = ROLES.find((known) => known === one(headers['x-kpi-role'])) ?? 'Viewer';
  return {
    client: rule.name,
    user: (believed && unescaped(one(headers['x-kpi-user'])).slice(0, 200)) || rule.name,
    role: believed ? role : roleOf(rule),
    scopes: rule.scopes,
    ...(rule.kpis && { kpis: rule.kpis }),
  };
}

/** A program that speaks for nobody may what its token may. */
function roleOf({ scopes }: TokenRule): Role {
  return scopes.includes('admin') ? 'Admin' : scopes.includes('write') ? 'Editor' : 'Viewer';
}

/** @throws KpiError ACCESS_SCOPE */
export function requireScope(caller: Caller, scope: Scope): void {
  if (!caller.scopes.includes(scope)) {
    throw new KpiError('ACCESS_SCOPE', `the token of \`${caller.client}\` lacks the scope \`${scope}\``, { scope });
  }
}

/** @throws KpiError ACCESS_SCOPE */
export function requirePushOf(caller: Caller, kpi: string): void {
  const may = ({ kpis }: Caller) =>
    !kpis || kpis.some((one) => (one.endsWith('*') ? kpi.startsWith(one.slice(0, -1)) : kpi === one));
  if (!may(caller)) {
    const message = `the token of \`${caller.client}\` may not push \`${kpi.slice(0, 80)}\`; nothing of the request is kept`;
    throw new KpiError('ACCESS_SCOPE', message, { scope: 'push', kpi: kpi.slice(0, 80) });
  }
}

export function hasRole(caller: Caller, least: Role): boolean {
  return ROLES.indexOf(caller.role) >= ROLES.indexOf(least);
}

/**
 * @param what it is that takes this role, as what somebody does: "acknowledges alerts"
 * @throws KpiError ACCESS_ROLE
 */
export function requireRole(caller: Caller, least: Role, what: string): void {
  if (!hasRole(caller, least)) {
    const message = `an ${least} ${what}, and \`${caller.user}\` is a ${caller.role} here`;
    throw new KpiError('ACCESS_ROLE', message, { role: caller.role, needs: least });
  }
}

/** A login may hold any character, a header may not: Grafana's backend escapes it as in an address. */
function unescaped(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

function digest(text: string): Buffer {
  return createHash('sha256').update(text).digest();
}

function stored(rule: TokenRule): Buffer {
  const bytes = Buffer.from(rule.sha256, 'hex');
  if (bytes.length !== 32) {
    throw new KpiError('CONFIG_SECRET', `the token hash of \`${rule.name}\` is no SHA-256 in hexadecimal`);
  }
  return bytes;
}

function one(header: string | string[] | undefined): string {
  return (Array.isArray(header) ? header[0] : header) ?? '';
}
