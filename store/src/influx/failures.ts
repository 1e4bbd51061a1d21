/** What InfluxDB's failures mean for whoever asked; no message ever holds the token. */
import type { HttpError } from '@influxdata/influxdb-client';
import { KpiError } from '@kpi-monitor/model/errors';

/** An answer that is none: `faulty` when the fault lies in what was sent, else who or what is at fault. */
export function refused(
  error: HttpError,
  place: string,
  bucket: string,
  faulty: 'RECORD_REFUSED' | 'STORE_REFUSED'
): KpiError {
  const { statusCode: status } = error;
  const reason = reasonOf(error);
  // Seconds; a server that is asked too much says how long to leave it alone.
  const retryAfter = Math.ceil(error.retryAfter() / 1000);
  const details = { status, ...(retryAfter > 0 && { retryAfter }) };
  const fail = (code: KpiError['code'], message: string) => new KpiError(code, message, details, { cause: error });
  if (status === 401 || status === 403) {
    const about = bucket && ` for ${bucket}`;
    return fail(
      'STORE_REFUSED',
      `${place} refuses the token${about} (${reason}); check it and what it may read and write`
    );
  }
  if (status === 404 && bucket) {
    return fail('STORE_REFUSED', `${place}: ${missing(bucket)} (${reason})`);
  }
  if (status === 400 || status === 413 || status === 422) {
    return fail(faulty, faulty === 'RECORD_REFUSED' ? reason : `${place}: ${reason}`);
  }
  const passing = status >= 500 || status === 429;
  return fail(passing ? 'STORE_UNREACHABLE' : 'STORE_REFUSED', `${place} answers ${status}: ${reason}`);
}

/** No answer at all. */
export function unreachable(error: unknown, place: string, timeoutMs: number): KpiError {
  const reasons: Record<string, string> = {
    ECONNREFUSED: 'connection refused; is it running?',
    ENOTFOUND: 'there is no such host',
    ECONNRESET: 'it closed the connection',
  };
  const late = /Abort|Timeout|TimedOut/.test(error instanceof Error ? error.name : '');
  const otherwise = reasons[codeOf(error)] ?? (error instanceof Error ? error.message : String(error));
  const reason = late ? `no answer within ${timeoutMs} ms` : otherwise;
  return new KpiError('STORE_UNREACHABLE', `${place} cannot be reached: ${reason}`, undefined, { cause: error });
}

/** What to do about a bucket that is not there; a shard of a year, since a query pays for each shard that it touches. */
export function missing(bucket: string): string {
  const command = `influx bucket create --name '${bucket}' --retention 0 --shard-group-duration 52w`;
  return `there is no bucket \`${bucket}\` that the token may see; create it (${command}) and let the token read and write it`;
}

/** The code of a system error, or ''. */
export function codeOf(error: unknown): string {
  return String((error as { code?: unknown } | null)?.code ?? '');
}

function reasonOf(error: HttpError): string {
  try {
    const body = JSON.parse(error.body ?? '') as { error?: string; message?: string };
    return body.error ?? body.message ?? error.message;
  } catch {
    return error.body || error.statusMessage || error.message;
  }
}
