/**
 * The engine's HTTP API as a Fastify plugin: `/api/*`, `/openapi.json`, `/metrics`, `/api/health/live`, `/api/health/ready`. The engine's own
 * server asks for tokens; standalone mounts it without, behind its own guard.
 */
import swagger from '@fastify/swagger';
import { KpiError } from '@kpi-monitor/model/errors';
import type { Role } from '@kpi-monitor/model/query/judgement-answer';
import { queryRequest } from '@kpi-monitor/model/query/query-schema';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  jsonSchemaTransform,
  serializerCompiler,
  validatorCompiler,
  type ZodTypeProvider,
} from 'fastify-type-provider-zod';
import { z } from 'zod';

import type { Engine } from '../engine';
import type { Metrics } from '../metrics';

import { type Caller, identify, LOCAL, requireRole, requireScope, type Scope, type Tokens } from './access';
import { catalogueAnswer, errorBody, healthAnswer, membersAnswer, queryBody, queryResponse } from './answer-schema';
import { backtestRoutes } from './backtest-routes';
import { handlingRoutes } from './handling-routes';
import { healthRoutes } from './health-routes';
import { answerErrors, logError, notFound } from './errors';
import { judgementRoutes } from './judgement-routes';

export interface RoutesOptions {
  engine: Engine;
  version: string;
  metrics?: Metrics;
  /** Whether values that come now are kept though the store is away; absent where none are taken. */
  takesValues?: () => boolean;
  /** null asks for none: everybody is the local user, and whoever mounts this sees to who gets here */
  tokens: Tokens | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    caller: Caller;
  }
}

/** Register it with a context of its own (no `fastify-plugin`), so that its error handler stays inside. */
export async function engineRoutes(instance: FastifyInstance, options: RoutesOptions): Promise<void> {
  const { engine, metrics, tokens, version } = options;
  const app = instance.withTypeProvider<ZodTypeProvider>();
  app.setValidatorCompiler(validatorCompiler);
  app.setSerializerCompiler(serializerCompiler);
  // JSON only: a form or a plain text can be sent by any web page without asking first.
  app.removeContentTypeParser('text/plain');
  answerErrors(app as unknown as FastifyInstance);
  app.decorateRequest('caller');
  app.addHook('onRequest', async (request) => {
    request.caller = LOCAL;
  });
  const needs =
    (scope: Scope, role?: Role, what = '') =>
    async (request: FastifyRequest) => {
      request.caller = tokens ? identify(request.headers, tokens()) : LOCAL;
      requireScope(request.caller, scope);
      if (role) {
        requireRole(request.caller, role, what);
      }
    };
  const refusals = { 400: errorBody, 401: errorBody, 403: errorBody, 503: errorBody };

  await app.register(swagger, {
    openapi: {
      openapi: '3.1.0',
      info: { title: 'KPI Monitor engine', description: 'Where KPIs stand, as Grafana data frames', version },
      components: { securitySchemes: { token: { type: 'http', scheme: 'bearer' } } },
      ...(tokens && { security: [{ token: [] }] }),
    },
    transform: jsonSchemaTransform,
  });

  await app.register(async (routes: FastifyInstance) => {
    const api = routes.withTypeProvider<ZodTypeProvider>();

    api.post('/api/ds/query', {
      bodyLimit: engine.limits.body,
      onRequest: needs('read'),
      schema: {
        summary: 'Answers queries as data frames, each on its own',
        body: queryBody,
        response: { 200: queryResponse, ...refusals, 413: errorBody },
      },
      // Described by `queryBody`, read by `queryRequest`: each query is checked on its own, and answers with its error.
      validatorCompiler: () => (body) => {
        const read = queryRequest.safeParse(body);
        return read.success ? { value: read.data } : { error: read.error };
      },
      // Frames are made here and are large: they are written, not checked again.
      serializerCompiler: () => JSON.stringify,
      handler: (request, reply) => {
        const body = request.body as z.output<typeof queryRequest>;
        const onError = (refId: string, error: KpiError) => logError(request.log, error, { refId });
        const answer = engine.answer(body, { signal: cancelledWith(reply), onError });
        return answer as Promise<z.output<typeof queryResponse>>;
      },
    });

    api.get('/api/catalogue', {
      onRequest: needs('read'),
      schema: { summary: 'Categories and KPIs', response: { 200: catalogueAnswer, ...refusals } },
      handler: () => engine.catalogue(),
    });

    api.get('/api/dimensions/:dimension/members', {
      onRequest: needs('read'),
      schema: {
        summary: 'Members of a dimension that have values, sorted',
        params: z.object({ dimension: z.string().max(64) }),
        querystring: z.object({ kpis: z.string().max(10_000).optional().describe('ids, separated by commas') }),
        response: { 200: membersAnswer, ...refusals, 404: errorBody },
      },
      handler: ({ params, query }) => engine.members(params.dimension, listed(query.kpis)),
    });

    handlingRoutes(routes, { engine, needs });

    judgementRoutes(routes, { engine, needs, cancelledWith });
    backtestRoutes(routes, { engine, needs });
    api.get('/api/health', {
      onRequest: needs('read'),
      schema: {
        summary: 'Whether the engine and its store answer',
        response: { ...refusals, 200: healthAnswer, 503: healthAnswer },
      },
      handler: async (request, reply) => {
        try {
          return await engine.health();
        } catch (error) {
          if (!(error instanceof KpiError)) {
            throw error;
          }
          request.log.error({ code: error.code }, error.message);
          return reply.status(503).send({ status: 'error' as const, ...error.body });
        }
      },
    });

    healthRoutes(routes, { engine, takesValues: options.takesValues });

    if (metrics) {
      api.get('/metrics', {
        onRequest: needs('read'),
        schema: {
          summary: "Prometheus' metrics",
          response: {
            200: { description: 'in the text format', content: { 'text/plain': { schema: z.string() } } },
            ...refusals,
          },
        },
        handler: async (_, reply) => {
          void reply.type(metrics.contentType);
          return metrics.text();
        },
      });
    }

    api.get('/openapi.json', { schema: { hide: true }, handler: () => routes.swagger() });
  });
}

/** Answers whatever no route did. */
export function refuseTheRest(app: FastifyInstance): void {
  app.setNotFoundHandler((request) => {
    throw notFound(request.url);
  });
}

function listed(ids: string | undefined): string[] {
  return (ids ?? '')
    .split(',')
    .map((id) => id.trim())
    .filter(Boolean);
}

/** Aborted when the reader goes away before the answer is complete. */
function cancelledWith(reply: FastifyReply): AbortSignal {
  const controller = new AbortController();
  reply.raw.once('close', () => {
    if (!reply.raw.writableEnded) {
      controller.abort();
    }
  });
  return controller.signal;
}
