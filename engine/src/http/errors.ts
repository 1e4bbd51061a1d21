/** Every error leaves by one door: `{code, message, details}` with the code's HTTP status. */
import { asKpiError, ERRORS, type ErrorBody, KpiError } from '@kpi-monitor/model/errors';
import type { FastifyError, FastifyInstance } from 'fastify';
import { hasZodFastifySchemaValidationErrors } from 'fastify-type-provider-zod';

export function answerErrors(app: FastifyInstance): void {
  app.setErrorHandler((thrown: FastifyError, request, reply) => {
    const error = codedError(thrown);
    if (error.status >= 500) {
      request.log.error({ err: thrown, code: error.code }, error.message);
    } else {
      request.log.info({ code: error.code }, error.message);
    }
    return reply.status(error.status).send(publicBody(error));
  });
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
