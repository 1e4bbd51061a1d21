/**
 * What the operators' command asks of a running instance: how collecting goes, what is stored key by key, that dead
 * letters are replayed, and that history is read.
 */
import { replay } from '@kpi-monitor/collector/replay/replay';
import { type Caller, identify, LOCAL, requireScope, type Scope, type Tokens } from '@kpi-monitor/engine/http/access';
import { answerErrors } from '@kpi-monitor/engine/http/errors';
import { ERRORS, type ErrorCode, KpiError } from '@kpi-monitor/model/errors';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { z } from 'zod';

import { createBackfills } from '../compose/backfills';

import { instanceState, type ObservedHouse } from './instance-state';

export interface CollectorRoutesOptions {
  house: ObservedHouse;
  /** null asks for none: whoever mounts this sees to who gets here */
  tokens: Tokens | null;
}

const storedRequest = z.strictObject({
  series: z.array(z.strictObject({ kpi: z.string().max(64), v: z.int() })).max(1),
  from: z.number(),
  to: z.number(),
  where: z.record(z.string(), z.array(z.string())).optional(),
  step: z.strictObject({ ms: z.number().positive(), fn: z.enum(['sum', 'count', 'last', 'min', 'max']) }).optional(),
});

const CODES = Object.keys(ERRORS) as [ErrorCode, ...ErrorCode[]];
const replayRequest = z.strictObject({
  kpis: z.array(z.string().max(64)).optional(),
  codes: z.array(z.enum(CODES)).optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  dryRun: z.boolean().optional(),
  overwrite: z.boolean().optional(),
  discard: z.boolean().optional(),
});

const backfillOrder = z.strictObject({
  kpis: z.array(z.string().max(64)).optional(),
  from: z.number().optional(),
  to: z.number().optional(),
  restart: z.boolean().optional(),
});

export async function collectorRoutes(app: FastifyInstance, options: CollectorRoutesOptions): Promise<void> {
  const { house, tokens } = options;
  answerErrors(app);
  const needs = (scope: Scope) => async (request: FastifyRequest) =>
    allowed(tokens ? identify(request.headers, tokens()) : LOCAL, scope);

  app.get('/api/collector/status', { onRequest: needs('read') }, async () => instanceState(house));

  app.post('/api/collector/stored', { onRequest: needs('read') }, async (request) =>
    house.store.read(parsed(storedRequest, request.body))
  );

  // One after the other: two that replay the same letter would both count it.
  let turn: Promise<unknown> = Promise.resolve();
  app.post('/api/collector/replay', { onRequest: needs('push') }, (request) => {
    const asked = parsed(replayRequest, request.body);
    const done = turn.then(() => replay(asked, { ...house, sink: house.intake.sink }));
    turn = done.catch(() => {});
    return done;
  });

  const backfills = createBackfills(house);
  app.addHook('preClose', () => backfills.close());
  app.post('/api/collector/backfill', { onRequest: needs('push') }, async (request) =>
    backfills.start(parsed(backfillOrder, request.body))
  );
  app.get('/api/collector/backfill/:id', { onRequest: needs('push') }, (request) => backfills.look(idOf(request)));
  app.delete('/api/collector/backfill/:id', { onRequest: needs('push') }, async (request) => {
    backfills.stop(idOf(request));
    return {};
  });
}

function idOf(request: FastifyRequest): string {
  return (request.params as { id: string }).id;
}

/** Dead letters are of all KPIs. @throws KpiError ACCESS_SCOPE */
function allowed(caller: Caller, scope: Scope): void {
  requireScope(caller, scope);
  if (scope === 'push' && caller.kpis) {
    throw new KpiError('ACCESS_SCOPE', `the token of \`${caller.client}\` may push some KPIs alone`, { scope });
  }
}

/** @throws KpiError REQUEST_INVALID */
function parsed<T extends z.ZodType>(schema: T, body: unknown): z.output<T> {
  const read = schema.safeParse(body);
  if (!read.success) {
    const places = read.error.issues.map(({ path, message }) => `${path.join('.') || 'body'}: ${message}`);
    throw new KpiError('REQUEST_INVALID', places.join('; '), { places });
  }
  return read.data;
}
