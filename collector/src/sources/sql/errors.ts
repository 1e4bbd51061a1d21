/** What PostgreSQL and its driver throw, as coded errors that name the connection and never its address or password. */
import { KpiError } from '@kpi-monitor/model/errors';

const UNREACHABLE = new Set([
  'ECONNREFUSED',
  'ENOTFOUND',
  'EHOSTUNREACH',
  'ETIMEDOUT',
  'ECONNRESET',
  'EPIPE',
  'EAI_AGAIN',
  'ENOENT',
]);

export interface QueryPlace {
  connection: string;
  /** milliseconds */
  timeout: number;
  /** characters that were put before the query, which positions count */
  before: number;
}

export function asSourceError(error: unknown, { connection, timeout, before }: QueryPlace): KpiError {
  if (error instanceof KpiError) {
    return error;
  }
  const {
    code = '',
    message,
    position,
    hint,
  } = error as {
    code?: string;
    message: string;
    position?: string;
    hint?: string;
  };
  const details = { connection, sqlState: code };
  const options = { cause: error };
  // 57014 is the statement's own time-out, 57P01 to 57P03 a server that goes down or is not up yet.
  if (code === '57014') {
    const text = `the query on \`${connection}\` took longer than ${timeout} ms; make it faster, or raise the source's timeout`;
    return new KpiError('SOURCE_TIMEOUT', text, details, options);
  }
  if (UNREACHABLE.has(code) || code.startsWith('08') || /^57P0[123]$/.test(code) || code === '53300' || code === '') {
    const why = message || code || 'no answer';
    return new KpiError(
      'SOURCE_UNREACHABLE',
      `the database \`${connection}\` cannot be reached: ${why}`,
      details,
      options
    );
  }
  const where = position ? ` (at character ${Number(position) - before} of the query)` : '';
  const advice = hint ? `; ${hint}` : '';
  const text = `the database \`${connection}\` refused: ${message}${where}${advice}`;
  return new KpiError('SOURCE_REFUSED', text, details, options);
}
