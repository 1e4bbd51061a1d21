/**
 * For whoever keeps the process running, open to everybody: so they say that the store is away, and not where it is.
 *
 * `live` is whether the process answers at all; what else is away is no reason to start it again. `ready` is whether sending
 * it work makes sense: the store answers, or while it does not, values that come are kept for it. Each is also there under the
 * shorter name that it had first.
 */
import { ERRORS, KpiError } from '@kpi-monitor/model/errors';
import type { FastifyInstance } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import type { Engine } from '../engine';

import { errorBody } from './answer-schema';

export interface HealthRoutesOptions {
  engine: Pick<Engine, 'health'>;
  takesValues?: () => boolean;
}

const live = z.object({ status: z.literal('ok') });
const ready = z.object({
  status: z.literal('ok'),
  store: z.enum(['answers', 'away']).describe('`away`: queries are answered with an error'),
  values: z.enum(['taken', 'refused', 'none']).describe('what becomes of values that are sent; `none`: it takes none'),
});

export function healthRoutes(routes: FastifyInstance, { engine, takesValues }: HealthRoutesOptions): void {
  const api = routes.withTypeProvider<ZodTypeProvider>();
  const values = () => (takesValues === undefined ? 'none' : takesValues() ? 'taken' : 'refused');

  for (const url of ['/api/health/live', '/live']) {
    api.get(url, {
      schema: { summary: 'Whether the process runs', security: [], response: { 200: live } },
      handler: async () => ({ status: 'ok' as const }),
    });
  }

  for (const url of ['/api/health/ready', '/ready']) {
    api.get(url, {
      schema: {
        summary: 'Whether the store answers, or values are kept for it meanwhile',
        security: [],
        response: { 200: ready, 503: errorBody },
      },
      handler: async () => {
        try {
          await engine.health();
          return { status: 'ok' as const, store: 'answers' as const, values: values() } as const;
        } catch (error) {
          if (values() === 'taken') {
            return { status: 'ok' as const, store: 'away' as const, values: 'taken' } as const;
          }
          const code = error instanceof KpiError ? error.code : 'INTERNAL';
          throw new KpiError(code, ERRORS[code][1]);
        }
      },
    });
  }
}
