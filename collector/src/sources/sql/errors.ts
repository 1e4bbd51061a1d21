/** What databases and their drivers throw, as coded errors that name the connection and never its password. */
import { KpiError } from '@kpi-monitor/model/errors';

const AWAY = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ETIMEDOUT',
  'ECONNRESET',
  'EPIPE',
  'EAI_AGAIN',
  'ENOENT',
]);

/** Whether a driver says that the network, and not the database, is to blame. */
export const isNetworkError = (code: string) => AWAY.has(code);

export interface QueryPlace {
  connection: string;
  /** milliseconds */
  timeout: number;
}

export function timedOut({ connection, timeout }: QueryPlace, cause?: unknown): KpiError {
  const text = `the query on \`${connection}\` took longer than ${timeout} ms; make it faster, or raise the source's timeout`;
  return new KpiError('SOURCE_TIMEOUT', text, { connection }, { cause });
}

export function unreachable({ connection }: QueryPlace, why: string, cause?: unknown): KpiError {
  const text = `the database \`${connection}\` cannot be reached: ${why}`;
  return new KpiError('SOURCE_UNREACHABLE', text, { connection }, { cause });
}

/** @param advice what to do about it, when something is known */
export function refused(
  { connection }: QueryPlace,
  { why, advice, state }: { why: string; advice?: string | null; state?: string },
  cause?: unknown
): KpiError {
  const text = `the database \`${connection}\` refused: ${why}${advice ? `; ${advice}` : ''}`;
  return new KpiError('SOURCE_REFUSED', text, { connection, ...(state && { sqlState: state }) }, { cause });
}

export const CHECK_LOGIN = 'check user and password of the connection';
export const READ_ONLY = 'a source may read and never write';

/** An address that is none may hold a password, so it is not quoted. */
export function unreadableUrl(place: QueryPlace, example: string): KpiError {
  const why = `its url is not of the form ${example}; characters such as @ and / in a password are written %40 and %2F`;
  return unreachable(place, why);
}

/**
 * The error without the secret, in case that a driver quotes it.
 * @param url of the connection, secrets put in
 */
export function withoutPassword(error: KpiError, url: string): KpiError {
  const raw = /^[^/]*\/\/[^:/@]*:([^/]*)@/.exec(url)?.[1];
  const secrets = [raw, raw && decoded(raw)].filter((secret): secret is string => !!secret && secret.length > 2);
  if (!secrets.some((secret) => error.message.includes(secret))) {
    return error;
  }
  const message = secrets.reduce((text, secret) => text.replaceAll(secret, '***'), error.message);
  return new KpiError(error.code, message, error.details);
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
