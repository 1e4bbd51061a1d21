/** How often one sender may come: of programs that push, and of systems that post events. */
import rateLimit from '@fastify/rate-limit';
import { KpiError } from '@kpi-monitor/model/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';

export interface RateLimit {
  /** requests a minute of each sender; no limit when absent */
  perMinute: number | undefined;
  /** requests of the same sender are counted together */
  sender: (request: FastifyRequest) => string;
  /** what they should do beside waiting */
  remedy: string;
}

/**
 * Refuses what comes too often with ACCESS_RATE and `Retry-After`, before its body is read. For the routes of `app` that
 * are registered later.
 */
export async function limitRate(app: FastifyInstance, { perMinute, sender, remedy }: RateLimit): Promise<void> {
  if (perMinute === undefined) {
    return;
  }
  await app.register(rateLimit, {
    max: perMinute,
    timeWindow: '1 minute',
    keyGenerator: sender,
    errorResponseBuilder: (request, { after }) => {
      const message = `\`${sender(request)}\` has sent ${perMinute} requests within a minute; wait ${after}, and ${remedy}`;
      return new KpiError('ACCESS_RATE', message, { perMinute });
    },
  });
}
