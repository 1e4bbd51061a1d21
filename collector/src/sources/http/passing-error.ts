import { type ErrorCode, KpiError } from '@kpi-monitor/model/errors';

/** A failure that may be over in a moment: a server that is busy or away for a restart, a connection that broke. */
export class PassingError extends KpiError {
  /** @param details `retryAfter`: milliseconds that the server asks to be left alone for */
  constructor(
    code: ErrorCode,
    message: string,
    details: { url: string; status?: number; retryAfter?: number },
    options?: ErrorOptions
  ) {
    super(code, message, details, options);
  }

  get retryAfter(): number | undefined {
    return this.details!.retryAfter as number | undefined;
  }
}
