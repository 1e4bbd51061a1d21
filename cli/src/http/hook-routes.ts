/** Where other systems post their events: `POST /api/hooks/:hook`. The signature is the proof; no token is asked for. */
import type { Hooks } from '@kpi-monitor/collector/push/hooks';
import { answerErrors } from '@kpi-monitor/engine/http/errors';
import { KpiError } from '@kpi-monitor/model/errors';
import type { FastifyInstance } from 'fastify';

import { limitRate } from './rate-limit';

export interface HookOptions {
  hooks: Hooks;
  /** events a minute that one address may post to one hook; no limit when absent */
  perMinute?: number;
}

/** Of an event; GitHub's largest are cut off at more, but say nothing about a KPI. */
export const MOST_EVENT_BYTES = 2 * 1024 * 1024;
/** Seconds. */
const TRY_AGAIN = 30;

interface HookParams {
  hook: string;
}

export async function hookRoutes(app: FastifyInstance, { hooks, perMinute }: HookOptions): Promise<void> {
  answerErrors(app);
  await limitRate(app, {
    perMinute,
    // Nobody has proved anything yet: whoever posts rubbish is not to keep away who signs.
    sender: ({ ip, params }) => `${ip} at ${(params as HookParams).hook}`,
    remedy: 'post fewer events, or raise `http.pushes_per_minute`',
  });
  app.removeAllContentTypeParsers();
  // The signature is over the bytes as they came.
  app.addContentTypeParser('*', { parseAs: 'buffer', bodyLimit: MOST_EVENT_BYTES }, (_request, body, done) =>
    done(null, body)
  );
  app.addHook('onError', async (_request, reply, error) => {
    if ('code' in error && String(error.code).startsWith('JOURNAL_')) {
      void reply.header('retry-after', TRY_AGAIN);
    }
  });
  app.post<{ Params: HookParams }>(
    '/api/hooks/:hook',
    {
      bodyLimit: MOST_EVENT_BYTES,
      // A stranger's body is not worth the memory.
      onRequest: async (request) => hooks.expect(request.params.hook, request.headers),
    },
    async (request, reply) => {
      if (request.headers['content-encoding'] !== undefined) {
        throw new KpiError('REQUEST_INVALID', 'the event is packed; let its sender post it as it is signed');
      }
      const body = Buffer.isBuffer(request.body) ? request.body : Buffer.alloc(0);
      const receipt = await hooks.take(request.params.hook, { body, headers: request.headers });
      void reply.status(receipt.rejected.length === 0 ? 200 : receipt.accepted > 0 ? 207 : 422);
      return receipt;
    }
  );
}
