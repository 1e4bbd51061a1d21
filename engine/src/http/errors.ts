/** Every error leaves by one door: `{code, message, details}` with the code's HTTP status. */
import { asKpiError, ERRORS, type ErrorBody, KpiError } from '@kpi-monitor/model/errors';
import type { FastifyBaseLogger, FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';

export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((thrown: FastifyError, request, reply) => {
    if (thrown.name === 'AbortError') {
      request.log.info('the reader went away');
      return reply;
    }
    const error = codedError(thrown);
    logError(request.log, error);
    return reply.status(error.status).send(publicBody(error));
  });
}

/** An error of ours or of a system behind us is loud, one of the asker is not. */
export function logError(log: FastifyBaseLogger, error: KpiError, more: object = {}): void {
  if (error.status >= 500) {
    log.error({ ...more, code: error.code, err: error.cause ?? error }, error.message);
  } else {
    log.info({ ...more, code: error.code }, error.message);
  }
}

export function notFound(url: string): KpiError {
  return new KpiError('NOT_FOUND', `there is nothing at ${url.split('?')[0]!.slice(0, 200)}`);
}

/** What nobody foresaw may quote anything, so its text stays in the log. */
function publicBody(error: KpiError): ErrorBody {
  return error.code === 'INTERNAL' ? { code: error.code, message: ERRORS.INTERNAL[1] } : error.body;
}

function codedError(thrown: FastifyError): KpiError {
  if (thrown instanceof KpiError) {
    return thrown;
  }
  if (hasZodFastifySchemaValidationErrors(thrown)) {
    const places = thrown.validation.map(({ instancePath, message }) =>
      `${instancePath.replace(/^\//, '').replaceAll('/', '.') || thrown.validationContext}: ${message}`.trim()
    );
    return new KpiError('REQUEST_INVALID', places.join('; '), { places });
  }
  if (thrown.statusCode === 413) {
    return new KpiError(
      'QUERY_TOO_LARGE',
      'the request body is larger than the engine reads; send fewer queries at once'
    );
  }
  if (thrown.statusCode !== undefined && thrown.statusCode < 500) {
    return new KpiError('REQUEST_INVALID', thrown.message);
  }
  return asKpiError(thrown);
}
