/** Acknowledgements and notes over HTTP: `/api/kpis/:id/acknowledge` and `/api/kpis/:id/notes`. */
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { ZodTypeProvider } from 'fastify-type-provider-zod';
import { z } from 'zod';

import type { Engine } from '../engine';

import type { Scope } from './access';
import { errorBody } from './answer-schema';

/** characters of a note */
const TEXT = 2000;

/** Periods that a note can be about, in the bounds of what can be asked at all. */
const PERIODS = { from: Date.UTC(1900, 0, 1), to: Date.UTC(2199, 11, 31) };

const alert = z.object({
  since: z.number().describe("start of the alert's first period: goes back with an acknowledgement"),
  sinceText: z.string(),
  level: z.union([z.literal(0), z.literal(1), z.literal(2), z.literal(3)]),
  levelText: z.string(),
  valueText: z.string(),
  targetText: z.string(),
  raisedAt: z.number().describe('instant from which it could be known, epoch milliseconds'),
  acknowledged: z.object({ by: z.string(), at: z.number(), text: z.string() }).nullable(),
  waitedHours: z.number().describe('working hours that somebody is waited for'),
  allowedHours: z
    .number()
    .nullable()
    .describe('working hours before it is escalated; null for a warning, which never is'),
});

const remark = z.object({
  revision: z.int(),
  kind: z.enum(['acknowledgement', 'note']),
  at: z.number(),
  by: z.string(),
  role: z.string(),
  text: z.string(),
  period: z.number().nullable(),
  periodText: z.string(),
  levelText: z.string(),
  withdrawn: z.object({ by: z.string(), at: z.number() }).nullable(),
  mayWithdraw: z.boolean(),
});

const notesAnswer = z.object({
  kpi: z.string(),
  name: z.string(),
  you: z.object({ user: z.string(), mayWrite: z.boolean() }),
  alert: alert.nullable().describe('the one that goes on'),
  remarks: z.array(remark).describe('newest first'),
});

export interface HandlingRoutesOptions {
  engine: Engine;
  needs(scope: Scope): (request: FastifyRequest) => Promise<void>;
}

export function handlingRoutes(app: FastifyInstance, { engine, needs }: HandlingRoutesOptions): void {
  const api = app.withTypeProvider<ZodTypeProvider>();
  const refusals = { 400: errorBody, 401: errorBody, 403: errorBody, 404: errorBody, 503: errorBody };
  const params = z.object({ id: z.string().max(64) });
  const { handling } = engine;

  api.get('/api/kpis/:id/notes', {
    onRequest: needs('read'),
    schema: {
      summary: "A KPI's open alert, and what people wrote about its alerts",
      params,
      response: { 200: notesAnswer, ...refusals },
    },
    handler: ({ params: { id }, caller }) => handling.notes(id, caller),
  });

  api.post('/api/kpis/:id/acknowledge', {
    onRequest: needs('write'),
    schema: {
      summary: 'Takes the open alert on, at its level (Editor)',
      params,
      body: z.strictObject({
        since: z.number().optional().describe('the alert that was seen: refused when another one is open'),
        note: z.string().trim().max(TEXT).optional(),
      }),
      response: { 200: notesAnswer, ...refusals, 409: errorBody },
    },
    handler: ({ params: { id }, body, caller }) => handling.acknowledge(id, body, caller),
  });

  api.post('/api/kpis/:id/notes', {
    onRequest: needs('write'),
    schema: {
      summary: 'Writes a note (Editor)',
      params,
      body: z.strictObject({
        text: z.string().trim().min(1).max(TEXT),
        period: z.number().min(PERIODS.from).max(PERIODS.to).optional().describe('start of the period it is about'),
      }),
      response: { 200: notesAnswer, ...refusals },
    },
    handler: ({ params: { id }, body, caller }) => handling.note(id, body, caller),
  });

  api.delete('/api/kpis/:id/notes/:revision', {
    onRequest: needs('write'),
    schema: {
      summary: "Withdraws an acknowledgement or a note (Editor; others' Admin)",
      params: params.extend({ revision: z.coerce.number().int().positive() }),
      response: { 200: notesAnswer, ...refusals },
    },
    handler: ({ params: { id, revision }, caller }) => handling.withdraw(id, revision, caller),
  });
}
