/** Back-tests of alert rules over HTTP. They change nothing, so reading is enough. */
import type { BacktestRun } from '@kpi-monitor/model/query/backtest-answer';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import type { Engine } from '../engine';

import type { Scope } from './access';
import { errorBody } from './answer-schema';

interface Mount {
  engine: Pick<Engine, 'backtests'>;
  needs: (scope: Scope) => (request: FastifyRequest) => Promise<void>;
}

const body = z.strictObject({
  rule: z.string().max(262_144).optional().describe('YAML of a Grafana alert rule file, or of one rule'),
  uid: z.string().max(64).optional().describe('of a provisioned rule, or of one in `rule`'),
  from: z.string().max(64).describe('epoch milliseconds, an ISO 8601 date or instant, or now-1y'),
  to: z.string().max(64).default('now'),
  kpis: z.array(z.string().max(64)).max(1000).optional(),
});

const rules = z.object({
  rules: z.array(z.object({ uid: z.string(), title: z.string(), severity: z.string(), isPaused: z.boolean() })),
});

const run = z.object({
  id: z.string(),
  state: z.enum(['running', 'done', 'failed', 'stopped']),
  done: z.int().describe('evaluations'),
  of: z.int(),
  answer: z.looseObject({}).nullable().describe('once it is done'),
  error: errorBody.nullable(),
});
type Run = z.output<typeof run>;

export function backtestRoutes(app: FastifyInstance, { engine, needs }: Mount): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  const params = z.object({ id: z.string().max(64) });
  const response = {
    200: run,
    400: errorBody,
    401: errorBody,
    403: errorBody,
    404: errorBody,
    413: errorBody,
    503: errorBody,
  };
  const sent = (one: BacktestRun) => one as unknown as Run;
  api.get('/api/alerts/rules', {
    onRequest: needs('read'),
    schema: {
      summary: 'Provisioned alert rules, which can be back-tested by their uid',
      response: { 200: rules, 401: errorBody, 403: errorBody },
    },
    handler: async () => engine.backtests.rules(),
  });
  api.post('/api/alerts/backtest', {
    onRequest: needs('read'),
    schema: { summary: 'Runs an alert rule over history', body, response },
    handler: async (request) => sent(await engine.backtests.start(request.body)),
  });
  api.get('/api/alerts/backtest/:id', {
    onRequest: needs('read'),
    schema: { summary: 'How far a back-test is, and what it found', params, response },
    handler: async (request) => sent(await engine.backtests.look(request.params.id)),
  });
  api.delete('/api/alerts/backtest/:id', {
    onRequest: needs('read'),
    schema: { summary: 'Stops a back-test', params, response },
    handler: async (request) => sent(engine.backtests.stop(request.params.id)),
  });
}
